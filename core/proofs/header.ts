import { to0x, type Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { proofError } from "./fault.ts";
import { decodeRlp, encodeRlp, scalarOf, type RlpItem } from "./rlp.ts";

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

/** Where extraData stands among the items. */
export const extraDataItem = 12;

/** Parses the RLP of a header: 15 fields, and whatever newer forks add. Throws HEADER_MALFORMED and the codes of RLP. */
export function parseHeader(raw: Uint8Array): BlockHeader {
  const list = decodeRlp(raw);
  if (list instanceof Uint8Array || !list.every(isBytes)) throw malformed("it is no list of fields");
  const items: readonly Uint8Array[] = list;
  const sized = (index: number, length: number): Uint8Array => sizedItem(items, index, length);
  for (const index of [1, 4, 5]) sized(index, 32);
  sized(6, 256);
  for (const index of [9, 10]) scalarItem(items, index);
  return {
    parentHash: sized(0, 32),
    coinbase: to0x(sized(2, 20)),
    stateRoot: sized(3, 32),
    difficulty: scalarItem(items, 7),
    number: safeNumber(items, 8),
    timestamp: safeNumber(items, 11),
    extraData: items[extraDataItem] ?? new Uint8Array(),
    mixHash: sized(13, 32),
    nonce: sized(14, 8),
    raw,
    items,
  };
}

/** The RLP of a header of these fields, for whoever has them from JSON. Integers are their shortest bytes. */
export function encodeHeader(items: readonly Uint8Array[]): Uint8Array {
  return encodeRlp(items);
}

/** Keccak of the whole header: the block's hash everywhere but under QBFT. */
export function plainHash(header: BlockHeader, keccak: Keccak): Uint8Array {
  return keccak.hash(header.raw);
}

/** Keccak of the header with `extraData` in the place of its own. */
export function hashWithExtra(header: BlockHeader, extraData: Uint8Array, keccak: Keccak): Uint8Array {
  return keccak.hash(encodeHeader(header.items.with(extraDataItem, extraData)));
}

function isBytes(item: RlpItem): item is Uint8Array {
  return item instanceof Uint8Array;
}

function sizedItem(items: readonly Uint8Array[], index: number, length: number): Uint8Array {
  const item = items[index];
  if (item?.length !== length) throw malformed(`its field ${index} is not ${length} bytes long`);
  return item;
}

function scalarItem(items: readonly Uint8Array[], index: number): bigint {
  const value = scalarOf(items[index]);
  if (value === undefined) throw malformed(`field ${index} is no integer in its shortest form`);
  return value;
}

function safeNumber(items: readonly Uint8Array[], index: number): number {
  const value = Number(scalarItem(items, index));
  if (!Number.isSafeInteger(value)) throw malformed(`field ${index} is larger than any chain has it`);
  return value;
}

function malformed(what: string): Error {
  return proofError("HEADER_MALFORMED", `The header is malformed: ${what}.`);
}
