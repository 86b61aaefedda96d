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
  return {
    items,
    parentHash: bytes(0, 32),
    coinbase: bytes(2, 20),
    stateRoot: bytes(3, 32),
    difficulty: numberOf(items[7]),
    number: number(8),
    time: number(11),
    extraData: bytes(extraDataPlace),
    mixHash: bytes(13, 32),
    nonce: bytes(14, 8),
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
