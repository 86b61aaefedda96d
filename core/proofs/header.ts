import type { Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";

/** A block's header as its RLP has it. Whether anybody sealed it is another question. */
export interface BlockHeader {
  readonly parentHash: Uint8Array;
  readonly coinbase: Hex;
  readonly stateRoot: Uint8Array;
  readonly difficulty: bigint;
  readonly number: number;
  /** seconds since 1970 */
  readonly timestamp: number;
  readonly extraData: Uint8Array;
  readonly mixHash: Uint8Array;
  /** 8 bytes */
  readonly nonce: Uint8Array;
  readonly raw: Uint8Array;
  /** the 15 fields of every header and the newer ones, in their order */
  readonly items: readonly Uint8Array[];
}

/** Parses the RLP of a header: 15 fields, and whatever newer forks add. */
export function parseHeader(raw: Uint8Array): BlockHeader {
  throw new Error(`not yet: ${raw.length}`);
}

/** The RLP of a header of these fields, for whoever has them from JSON. Integers are their shortest bytes. */
export function encodeHeader(items: readonly Uint8Array[]): Uint8Array {
  throw new Error(`not yet: ${items.length}`);
}

/** Keccak of the whole header: the block's hash everywhere but under QBFT. */
export function plainHash(header: BlockHeader, keccak: Keccak): Uint8Array {
  return keccak.hash(header.raw);
}
