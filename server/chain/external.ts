import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { JsonObject } from "../../core/json/parse.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import { overridesOf } from "../../core/trust/genesis-config.ts";
import { askConsensus } from "./ask-consensus.ts";
import type { Chain, KnownChain } from "./chain.ts";
import { createFailover, nodeAt, type Failover } from "./failover.ts";
import { followValidators, noValidators, type Following } from "./following.ts";
import type { Log } from "./log.ts";
import { shownAddress } from "../web-address.ts";

export interface ExternalChainDeps extends SignatureTools {
  /** JSON-RPC addresses of nodes of the chain; the first is asked while it answers */
  readonly urls: readonly string[];
  /** the data folder */
  readonly data: string;
  /** what an earlier start wrote down; null: this is the first */
  readonly known: KnownChain | null;
  readonly genesisConfig: JsonObject | null;
  /** whose seal stands for validators on a chain without any */
  readonly sealer: Hex;
  readonly log: Log;
  /** tells the person who started it */
  readonly say: (sentence: string) => void;
  /** ends the waiting for a node */
  readonly signal: AbortSignal;
}

const ASK_EVERY_MS = 5_000;
/** Milliseconds from one look to the next at a chain that is only just beginning. */
const LOOK_EVERY_MS = 500;

/**
 * A chain whose nodes others run. At the first start it waits until a node answers, and until a Clique chain has blocks enough to take its period from,
 * if the genesis file does not say it; later it begins with what is known of the chain, for records are accepted while it is down. Throws STOPPING,
 * CHAIN_MISMATCH where all nodes hold another, CHAIN_FAILED, NODE_REFUSED, NODE_ANSWER.
 */
export async function openExternalChain(deps: ExternalChainDeps): Promise<Chain> {
  const { urls, log, genesisConfig } = deps;
  const rpc = createFailover(urls.map(nodeAt), { known: deps.known, log, now: () => performance.now(), every });
  const known = await meet(rpc, deps);
  const following = followingOf(rpc, known, deps);
  return {
    ...{ ...known, rpc, genesisConfig },
    url: () => rpc.url(),
    savedBlock: () => null,
    validators: () => following.now(),
    followed: (ms) => following.ready(ms),
    stop: () => following.stop(),
  };
}

function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}

async function meet(rpc: Failover, deps: ExternalChainDeps): Promise<KnownChain> {
  const where = deps.urls.map(shownAddress).join(", ");
  let isTold = false;
  for (;;) {
    let pause = ASK_EVERY_MS;
    try {
      const met = await ask(rpc, deps);
      if (met !== null) return met;
      if (!isTold) deps.say(young(where));
      isTold = true;
      pause = LOOK_EVERY_MS;
    } catch (error) {
      if (!(error instanceof HufuError) || error.code !== "NODE_UNREACHABLE") throw error;
      if (rpc.isElsewhere()) throw mismatch(where);
      if (deps.known !== null) {
        deps.say(`no node answers at ${where}; records are accepted, and anchored when one does (${error.message})`);
        return deps.known;
      }
      deps.say(`no node answers at ${where}; trying again every ${ASK_EVERY_MS / 1000} s (${error.message})`);
    }
    await sleep(pause, undefined, { signal: deps.signal }).catch(() => {
      throw new HufuError("STOPPING", "The gateway was stopped before its chain could be begun with.");
    });
  }
}

const young = (where: string): string =>
  `the chain at ${where} has too few blocks to tell its period; waiting for more. HUFU_GENESIS, which names its genesis file, says it at once`;

const mismatch = (where: string): HufuError =>
  new HufuError(
    "CHAIN_MISMATCH",
    `What answers at ${where} holds another chain than the one that this data folder was made for: give an address of its own chain, or another folder.`,
  );

/** null: it is too young to tell how it agrees on its blocks. */
async function ask(
  rpc: Failover,
  { known, genesisConfig, sealer, keccak }: ExternalChainDeps,
): Promise<KnownChain | null> {
  const consensus = await askConsensus({ rpc, keccak, sealer, config: genesisConfig, known: known?.consensus ?? null });
  if (consensus === null) return null;
  const { chainId, genesisHash } = rpc.identity();
  return { chainId, genesisHash, consensus };
}

function followingOf(
  rpc: Failover,
  { chainId, genesisHash, consensus }: KnownChain,
  deps: ExternalChainDeps,
): Following {
  if (consensus.type === "development") return noValidators;
  const { genesisConfig, keccak, recover, log, data } = deps;
  const overrides = genesisConfig === null ? [] : overridesOf(genesisConfig, consensus, chainId);
  const file = join(data, "validators.json");
  return followValidators({ ...{ rpc, genesisHash, consensus, overrides, file, keccak, recover }, log });
}
