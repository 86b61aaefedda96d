import { existsSync, readFileSync } from "node:fs";

import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { parseTrustText, type TrustBundle } from "../../core/trust/bundle.ts";
import { deploymentBlock } from "../anchoring/enrolment.ts";
import type { ContractAddresses } from "../chain/ledger-contracts.ts";
import { replaceFile } from "../chain/replace-file.ts";
import type { Rpc } from "../chain/rpc.ts";
import { createTrustSource } from "../chain/trust.ts";
import type { Store } from "../store/open.ts";

export interface TrustFileDeps {
  /** trust.json */
  readonly file: string;
  readonly store: Store;
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly chainId: number;
  readonly addresses: ContractAddresses;
  /** whose seal stands for the embedded chain's validators */
  readonly sealer: Hex;
  /** milliseconds; only differences are used */
  readonly now: () => number;
}

/** A bundle that only its own gateway publishes: it is worth no more than the gateway, and verdicts say so. */
const publishers = [{ name: "a desk's own gateway", role: "gateway", validator: null, url: null }] as const;

/**
 * Writes the trust bundle of the embedded chain to its file, and answers what tells it from now on. While nothing in it changes it stays as the
 * file has it, and so do the words that somebody may have read out. Throws CHAIN_FAILED before the contracts are on the chain.
 */
export async function openTrust(deps: TrustFileDeps): Promise<() => Promise<TrustBundle>> {
  const { file, rpc, keccak, addresses, chainId, sealer, now } = deps;
  const block = await deploymentBlock(deps.store);
  if (block === null) throw new HufuError("CHAIN_FAILED", "The contracts are not on the chain yet.");
  const unchanging = { chainId, consensus: { type: "development", sealer }, deploymentBlock: block } as const;
  const trust = createTrustSource({
    ...{ rpc, keccak, addresses, now, config: null, before: readBefore(file) },
    facts: { ...unchanging, transitions: [], checkpoints: [], publishers },
  });
  replaceFile(file, `${JSON.stringify(await trust(), null, 2)}\n`);
  return trust;
}

/** null: there is none, or one that this program cannot read, and a new one takes its place. */
function readBefore(file: string): TrustBundle | null {
  if (!existsSync(file)) return null;
  try {
    return parseTrustText(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof HufuError) return null;
    throw error;
  }
}
