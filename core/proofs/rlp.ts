import { concatBytes, hexToBytes } from "../bytes.ts";
import { proofError } from "./fault.ts";

/** Recursive Length Prefix: a string of bytes, or a list of items. Integers are their shortest big-endian bytes, 0 the empty string. */
export type RlpItem = Uint8Array | readonly RlpItem[];

/** A header, a node or an account nests no deeper than four lists: more is an attack on the stack. */
const DEEPEST = 16;

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/**
 * Reads one item that fills `bytes` whole; strings are views of it. Only the shortest form is accepted, so that encodeRlp gives the same
 * bytes back. Throws RLP_TRUNCATED, RLP_NOT_CANONICAL, RLP_TRAILING.
 */
export function decodeRlp(bytes: Uint8Array): RlpItem {
  const cursor = { bytes, at: 0 };
  const item = readItem(cursor, bytes.length, 0);
  if (cursor.at !== bytes.length) {
    throw proofError("RLP_TRAILING", `${bytes.length - cursor.at} bytes follow the RLP item`);
  }
  return item;
}

export function encodeRlp(item: RlpItem): Uint8Array {
  if (item instanceof Uint8Array) {
    const [first] = item;
    return item.length === 1 && first !== undefined && first < 0x80 ? item.slice() : prefixed(0x80, item);
  }
  return prefixed(0xc0, concatBytes(...item.map(encodeRlp)));
}

/** Reads an unsigned integer; undefined where it has leading zeros, is longer than 32 bytes, or is a list or missing. */
export function scalarOf(item: RlpItem | undefined): bigint | undefined {
  if (!(item instanceof Uint8Array) || item[0] === 0 || item.length > 32) return undefined;
  return item.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** The shortest big-endian bytes of an unsigned integer. */
export function scalarBytes(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array();
  const digits = value.toString(16);
  return hexToBytes(digits.length % 2 === 0 ? digits : `0${digits}`);
}

function readItem(cursor: Cursor, end: number, depth: number): RlpItem {
  const first = take(cursor, 1, end)[0] ?? 0;
  if (first < 0x80) return cursor.bytes.subarray(cursor.at - 1, cursor.at);
  if (first < 0xc0) return readString(cursor, first, end);
  const stop = readLength(cursor, first - 0xc0, end) + cursor.at;
  if (stop > end) throw truncated();
  if (depth === DEEPEST) throw proofError("RLP_NOT_CANONICAL", "RLP lists are nested too deep");
  const items: RlpItem[] = [];
  while (cursor.at < stop) items.push(readItem(cursor, stop, depth + 1));
  return items;
}

function readString(cursor: Cursor, first: number, end: number): Uint8Array {
  const length = readLength(cursor, first - 0x80, end);
  const text = take(cursor, length, end);
  if (length === 1 && (text[0] ?? 0) < 0x80) {
    throw proofError("RLP_NOT_CANONICAL", "an RLP byte below 128 has a length");
  }
  return text;
}

/** The length itself up to 55; beyond it, the number of the bytes that say the length. */
function readLength(cursor: Cursor, short: number, end: number): number {
  if (short <= 55) return short;
  const digits = take(cursor, short - 55, end);
  const length = digits.reduce((value, byte) => value * 256 + byte, 0);
  if (digits[0] === 0 || length <= 55)
    throw proofError("RLP_NOT_CANONICAL", "an RLP length is not in its shortest form");
  return length;
}

function take(cursor: Cursor, length: number, end: number): Uint8Array {
  if (length > end - cursor.at) throw truncated();
  cursor.at += length;
  return cursor.bytes.subarray(cursor.at - length, cursor.at);
}

function truncated(): Error {
  return proofError("RLP_TRUNCATED", "an RLP item is longer than what holds it");
}

function prefixed(base: number, payload: Uint8Array): Uint8Array {
  if (payload.length <= 55) return concatBytes(Uint8Array.of(base + payload.length), payload);
  const length = scalarBytes(BigInt(payload.length));
  return concatBytes(Uint8Array.of(base + 55 + length.length), length, payload);
}
