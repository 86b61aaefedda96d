import type { Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import type { BlockHeader } from "./header.ts";

/** A proposal to add a validator or to drop one. */
export interface Vote {
  readonly subject: Hex;
  readonly direction: "add" | "drop";
}

/** The extraData of a QBFT header. */
export interface QbftExtra {
  readonly vanity: Uint8Array;
  /** in the header's order */
  readonly validators: readonly Hex[];
  readonly vote: Vote | null;
  readonly round: number;
  readonly seals: readonly Uint8Array[];
}

export function parseQbftExtra(extraData: Uint8Array): QbftExtra {
  throw new Error(`not yet: ${extraData.length}`);
}

/** The block's hash: without seals and as if it were of round 0, so that it is the same whoever sealed it. The genesis block is hashed as it is. */
export function qbftBlockHash(header: BlockHeader, keccak: Keccak): Uint8Array {
  throw new Error(`not yet: ${header.number} ${typeof keccak}`);
}

/** What the seals sign: the header without seals, of the round in which it was sealed, or of `round`. */
export function qbftSealHash(header: BlockHeader, keccak: Keccak, round?: number): Uint8Array {
  throw new Error(`not yet: ${header.number} ${typeof keccak} ${round}`);
}
