import { existsSync, readFileSync } from "node:fs";

import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { followTrust } from "../../core/trust/anchor.ts";
import { parseTrustText, type Checkpoint, type TrustBundle } from "../../core/trust/bundle.ts";
import { deploymentBlock } from "../anchoring/enrolment.ts";
import { readHead } from "../chain/block.ts";
import type { Chain } from "../chain/chain.ts";
import { readCheckpoints } from "../chain/checkpoints.ts";
import type { ContractAddresses } from "../chain/ledger-contracts.ts";
import { wasmRecover } from "../chain/recover.ts";
import { replaceFile } from "../chain/replace-file.ts";
import { createTrustSource, type TrustInput } from "../chain/trust.ts";
import { validatorsOf } from "../chain/validator-watch.ts";
import type { Store } from "../store/open.ts";

export interface TrustFileDeps {
  /** trust.json */
  readonly file: string;
  readonly store: Store;
  readonly chain: Pick<Chain, "rpc" | "chainId" | "genesisHash" | "consensus" | "genesisConfig" | "validators">;
  readonly keccak: Keccak;
  readonly addresses: ContractAddresses;
  /** milliseconds; only differences are used */
  readonly now: () => number;
}

/** A bundle that only its own gateway publishes: it is worth no more than the gateway, and verdicts say so. */
const publisher = { role: "gateway", validator: null, url: null } as const;

/**
 * Answers what tells the trust bundle of the chain, and keeps it in its file: while the ledger is as the file says it stays as it is, and so do the
 * words that somebody may have read out. So the file may be an institution's, which is then served word for word. What it answers
 * rejects with CHAIN_FAILED before the contracts are on the chain, and as the node does as long as there is no bundle at all.
 */
export function openTrust(deps: TrustFileDeps): () => Promise<TrustBundle> {
  const { file, chain, keccak, addresses, now } = deps;
  const before = readBefore(deps);
  const trust = createTrustSource({
    ...{ rpc: chain.rpc, keccak, addresses, now, config: chain.genesisConfig, before },
    facts: factsOf(deps, before),
  });
  let written = before;
  return async () => {
    const bundle = await trust();
    if (bundle !== written) replaceFile(file, `${JSON.stringify(bundle, null, 2)}\n`);
    written = bundle;
    return bundle;
  };
}

function factsOf(
  { store, chain, keccak }: TrustFileDeps,
  before: TrustBundle | null,
): () => Promise<TrustInput["facts"]> {
  const { rpc, chainId, consensus } = chain;
  /** as of the newest change of validators: that the chain grows changes no bundle; null: those of the file were not looked up yet */
  let checkpoints: readonly Checkpoint[] | null = null;
  let changes = before?.transitions.length ?? null;

  return async () => {
    const deployed = await deploymentBlock(store);
    if (deployed === null) throw new HufuError("CHAIN_FAILED", "The contracts are not on the chain yet.");
    const base = { chainId, consensus, deploymentBlock: deployed };
    if (consensus.type === "development") {
      const publishers = [{ ...publisher, name: "a desk's own gateway" }];
      return { ...base, transitions: [], checkpoints: [], publishers };
    }
    const { transitions } = validatorsOf(chain);
    const hasNew = transitions.length !== changes;
    if (checkpoints === null || hasNew) {
      const heights = (checkpoints ?? before?.checkpoints ?? []).map(({ blockNumber }) => blockNumber);
      const head = (await readHead(rpc)).number;
      checkpoints = await readCheckpoints({ rpc, keccak, head, before: heights, ...(!hasNew && { every: Infinity }) });
      changes = transitions.length;
    }
    return { ...base, transitions, checkpoints, publishers: [{ ...publisher, name: "the ledger's gateway" }] };
  };
}

/** null: there is none, or one of another chain, or one that this program cannot read or follow, and a new one takes its place. */
function readBefore({ file, chain, keccak }: TrustFileDeps): TrustBundle | null {
  if (!existsSync(file)) return null;
  try {
    const bundle = parseTrustText(readFileSync(file, "utf8"));
    if (bundle.chainId !== chain.chainId || bundle.genesis.hash !== chain.genesisHash) return null;
    followTrust(bundle, { keccak, recover: wasmRecover });
    return bundle;
  } catch (error) {
    if (error instanceof HufuError) return null;
    throw error;
  }
}
