import { concatBytes, hexToBytes, to0x, utf8, type Hex } from "../bytes.ts";
import { effectCode, effectOf, type Effect } from "./effect.ts";
import type { Keccak } from "./keccak.ts";

/** Where both contracts keep the head of their journal. */
export const journalSlot: Hex = `0x${"0".repeat(64)}`;

/** The storage slot of a batch in the ledger: mapping slot 1. */
export function batchSlot(root: Hex, keccak: Keccak): Hex {
  return mappingSlot(root, 1, keccak);
}

/** The storage slot of a record's status in the ledger: mapping slot 2. */
export function statusSlot(leaf: Hex, keccak: Keccak): Hex {
  return mappingSlot(leaf, 2, keccak);
}

/** What the slot of a batch holds: agency (144 bits) ‖ kind (8) ‖ count (32) ‖ blockTime (40, seconds) ‖ 32 zero bits. */
export function batchWord(batch: { agency: string; kind: number; count: number; blockTime: number }): Hex {
  const { agency, kind, count, blockTime } = batch;
  return to0x(concatBytes(utf8(agency), uint(kind, 1), uint(count, 4), uint(blockTime, 5), new Uint8Array(4)));
}

/** What a batch's slot says; null where it is empty: nobody anchored the root. `blockTime` in seconds. */
export function parseBatchWord(word: Hex): { agency: string; kind: number; count: number; blockTime: number } | null {
  const bytes = hexToBytes(word);
  if (bytes.every((byte) => byte === 0)) return null;
  const agency = String.fromCharCode(...bytes.subarray(0, 18));
  return {
    agency,
    kind: number(bytes, 18, 1),
    count: number(bytes, 19, 4),
    blockTime: number(bytes, 23, 5),
  };
}

/** What the slot of a status holds: effect (8 bits) ‖ version (16) ‖ blockTime (40, seconds) ‖ first 192 bits of keccak256(basis). */
export function statusWord(
  status: { effect: Effect; version: number; blockTime: number; basis: string },
  keccak: Keccak,
): Hex {
  const { effect, version, blockTime, basis } = status;
  const basisHash = keccak.hash(hexToBytes(basis)).subarray(0, 24);
  return to0x(concatBytes(uint(effectCode(effect), 1), uint(version, 2), uint(blockTime, 5), basisHash));
}

/**
 * What a status' slot says; null where it is empty: the status was never set. `effect` is undefined where the contract would not have
 * written it. `basisHash`: the first 24 bytes of keccak256(basis), 48 hex digits.
 */
export function parseStatusWord(
  word: Hex,
): { effect: Effect | undefined; version: number; blockTime: number; basisHash: string } | null {
  const bytes = hexToBytes(word);
  if (bytes.every((byte) => byte === 0)) return null;
  return {
    effect: effectOf(number(bytes, 0, 1)),
    version: number(bytes, 1, 2),
    blockTime: number(bytes, 3, 5),
    basisHash: word.slice(2 + 16),
  };
}

function number(bytes: Uint8Array, offset: number, length: number): number {
  return bytes.subarray(offset, offset + length).reduce((value, byte) => value * 256 + byte, 0);
}

function mappingSlot(key: Hex, slot: number, keccak: Keccak): Hex {
  return to0x(keccak.hash(concatBytes(hexToBytes(key), uint(slot, 32))));
}

function uint(value: number, bytes: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(2 * bytes, "0"));
}
