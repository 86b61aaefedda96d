import type { Keccak } from "../../core/ledger/keccak.ts";
import type { Checkpoint } from "../../core/trust/bundle.ts";
import { readHeaders } from "./header.ts";
import type { Rpc } from "./rpc.ts";

/** Blocks between checkpoints; every publisher takes the same ones. */
const CHECKPOINT_EVERY = 100_000;
/** A block this far below the head stays where it is, under any consensus. */
const SETTLED = 64;

export interface CheckpointsInput {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  /** the newest block */
  readonly head: number;
  /** heights of checkpoints that there were before */
  readonly before: readonly number[];
  readonly every?: number;
}

/** Checkpoints at each full number of blocks up to what is settled, and where there were some before, with the hashes that the node has there. */
export async function readCheckpoints(input: CheckpointsInput): Promise<Checkpoint[]> {
  const { rpc, keccak, head, before, every = CHECKPOINT_EVERY } = input;
  const numbers = new Set(before);
  for (let number = every; number <= head - SETTLED; number += every) numbers.add(number);
  const ascending = [...numbers].sort((a, b) => a - b);
  const headers = ascending.length === 0 ? [] : await readHeaders(rpc, ascending, keccak);
  return headers.map(({ number, hash }) => ({ blockNumber: number, blockHash: hash }));
}
