import type { Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { Checkpoint } from "../../core/trust/bundle.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { readChain } from "./headers/read.ts";
import { divergence, type AuditDivergence } from "./report.ts";
import type { Trust } from "./trust.ts";

/**
 * Whether the node has the blocks whose hashes the trust file publishes; each header is hashed. That the other blocks are built on them is shown by all
 * headers alone.
 */
export async function compareCheckpoints(
  rpc: Rpc,
  { checkpoints }: Trust,
  keccak: Keccak,
): Promise<AuditDivergence | undefined> {
  const numbers = checkpoints.map(({ blockNumber }) => blockNumber);
  const headers = numbers.length === 0 ? [] : await readChain(rpc, numbers, keccak);
  for (const header of headers) {
    const differs = checkpointFault(header, checkpoints);
    if (differs !== undefined) return differs;
  }
  return undefined;
}

/** A height whose hash is published has that one. */
export function checkpointFault(
  { number, hash }: { readonly number: number; readonly hash: Hex },
  checkpoints: readonly Checkpoint[],
): AuditDivergence | undefined {
  const checkpoint = checkpoints.find(({ blockNumber }) => blockNumber === number);
  if (checkpoint === undefined || checkpoint.blockHash === hash) return undefined;
  const what = "A block is not the one of the trust file's checkpoint";
  return divergence("CHECKPOINT_DIFFERS", what, checkpoint.blockHash, hash, { block: number });
}
