import { createKeccak, type Keccak } from "../../core/ledger/keccak.ts";
import { createReplay, type Replay } from "../../core/ledger/replay.ts";
import type { Recover } from "../../core/proofs/signature.ts";
import { followTrust, type TrustState } from "../../core/trust/anchor.ts";
import { overridesOf } from "../../core/trust/genesis-config.ts";
import { readHead } from "../../server/chain/block.ts";
import { createBlockCheck } from "./block-check.ts";
import { auditFault } from "./fault.ts";
import type { Findings } from "./findings.ts";
import type { HeaderRules } from "./headers/chain.ts";
import { createHeaderPool, type HeaderPool } from "./headers/pool.ts";
import type { AuditInput } from "./input.ts";
import type { ConfirmBlocks } from "./log-stream.ts";
import { createHeadTrail, type HeadTrail } from "./pinpoint/head-trail.ts";
import { firstHead } from "./pinpoint/journal.ts";
import { depthOf } from "./prove.ts";
import { wasmRecover } from "../../server/chain/recover.ts";
import { openState, type AuditState } from "./state/state.ts";
import { addressesIn } from "./trust.ts";

/** An audit under way: what it was given, what it works with, and what it has found. */
export interface Work extends Omit<AuditInput, "state" | "signal" | "to"> {
  readonly to: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly findings: Findings;
  readonly keccak: Keccak;
  readonly recover: Recover;
  readonly validators: TrustState;
  readonly pool: HeaderPool;
  readonly replay: Replay;
  readonly confirm: ConfirmBlocks;
  readonly trail: HeadTrail;
  readonly state: AuditState | null;
  /** blocks that have to stand on the audited one */
  readonly depth: number;
  /** null: not every header is read */
  readonly rules: HeaderRules | null;
}

/** Throws INVALID_PROOF for a trust file that does not prove its own validators, and what openState throws. */
export async function openWork(input: AuditInput, findings: Findings): Promise<Work> {
  const { rpc, trust, workers = 0, state, durable, to, signal } = input;
  const { consensus, chainId, publishedAt } = trust;
  const keccak = await createKeccak();
  const validators = followTrust(trust, { keccak, recover: wasmRecover });
  findings.validators = validators;
  const { ledger, agencies } = addressesIn(trust);
  const replay = createReplay({ chainId, ledger, agencies, keccak });
  findings.replay = replay;
  const trail = createHeadTrail();
  const seed = (address: typeof ledger) => firstHead(chainId, address, keccak);
  trail.add({ block: findings.from - 1, hash: null, ledger: seed(ledger), agencies: seed(agencies) });
  const pool = createHeaderPool({ consensus, keccak, workers });
  return {
    ...input,
    ...{ to, signal, findings, keccak, recover: wasmRecover, validators, pool, replay, trail },
    confirm: createBlockCheck({
      ...{ rpc, keccak, pool, consensus, validators, checkpoints: trust.checkpoints },
      publishedAt: publishedAt.blockNumber,
    }),
    state: state === undefined ? null : await openState(state, trust, findings.from, durable),
    depth: depthOf(consensus, validators),
    rules: input.allHeaders === true ? rulesOf(input, validators) : null,
  };
}

export async function closeWork({ pool, state }: Work): Promise<void> {
  await Promise.all([pool.close(), state?.close()]);
}

/** Blocks that a node may be behind another: news take their time. */
const mayLag = 3;

/**
 * The newest block that has enough on top, or the one that was asked for. Throws NODE_BEHIND where validators had gone further when the trust file
 * was made: what such a node has may hold, and is not how things are now.
 */
export async function newestBlock({
  rpc,
  trust,
  to,
  depth,
}: Pick<Work, "rpc" | "trust" | "to" | "depth">): Promise<number> {
  if (to !== undefined) return to;
  const { number } = await readHead(rpc);
  const { blockNumber } = trust.publishedAt;
  // A development chain that was killed goes back to its last dump.
  if (number >= blockNumber - mayLag || trust.consensus.type === "development") return number - depth;
  const sentence = `The node's newest block is ${number}, and the trust file was made at block ${blockNumber}: it lags behind, or is on a fork that the others have left.`;
  throw auditFault("NODE_BEHIND", `${sentence} Ask another node, or audit up to a block of its own (--to).`);
}

function rulesOf({ trust }: AuditInput, { sets }: TrustState): HeaderRules {
  const { consensus, chainId, genesis, checkpoints, publishedAt } = trust;
  const overrides = genesis.config === null ? [] : overridesOf(genesis.config, consensus, chainId);
  return { consensus, genesisHash: genesis.hash, sets, overrides, checkpoints, publishedAt: publishedAt.blockNumber };
}
