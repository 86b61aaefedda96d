import { keccak256 } from "./hash.ts";
import { bytesOf, decode, encode, isItems, numberOf, type Item } from "./rlp.ts";

/** A block's header; the members that a verdict rests on. */
export interface Header {
  readonly items: readonly Item[];
  readonly parentHash: Buffer;
  readonly coinbase: Buffer;
  readonly stateRoot: Buffer;
  readonly difficulty: bigint;
  readonly number: number;
  /** seconds */
  readonly time: number;
  readonly extraData: Buffer;
  readonly mixHash: Buffer;
  readonly nonce: Buffer;
}

const extraDataPlace = 12;
/** in bytes, by place */
const lengths: Readonly<Record<number, number>> = { 0: 32, 1: 32, 2: 20, 3: 32, 4: 32, 5: 32, 6: 256, 13: 32, 14: 8 };

/** Throws where the text is not the base64 of a header's RLP. */
export function readHeader(base64: string): Header {
  const items = decode(fromBase64(base64));
  if (!isItems(items) || items.length < 15) throw new Error("not a header");
  const bytes = (place: number, length?: number): Buffer => bytesOf(items[place], length);
  const number = (place: number): number => {
    const value = numberOf(items[place]);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error("a number beyond 2^53 - 1");
    return Number(value);
  };
  for (const place of items.keys()) bytes(place, lengths[place]);
  for (const place of [9, 10]) numberOf(items[place]);
  return {
    items,
    parentHash: bytes(0),
    coinbase: bytes(2),
    stateRoot: bytes(3),
    difficulty: numberOf(items[7]),
    number: number(8),
    time: number(11),
    extraData: bytes(extraDataPlace),
    mixHash: bytes(13),
    nonce: bytes(14),
  };
}

/** The hash of the RLP as it stands. */
export function plainHash({ items }: Header): Buffer {
  return keccak256(encode(items));
}

/** The hash with other extra data. */
export function hashWith({ items }: Header, extraData: Buffer): Buffer {
  return keccak256(encode(items.with(extraDataPlace, extraData)));
}

/** Throws for everything that is not base64 with padding and without unused bits. */
export function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw new Error("not base64");
  return bytes;
}

export function hexOf(bytes: Buffer): string {
  return `0x${bytes.toString("hex")}`;
}
