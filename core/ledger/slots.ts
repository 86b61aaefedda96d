import { concatBytes, hexToBytes, to0x, utf8, type Hex } from "../bytes.ts";
import { effectCode, type Effect } from "./effect.ts";
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

/** What the slot of a status holds: effect (8 bits) ‖ version (16) ‖ blockTime (40, seconds) ‖ first 192 bits of keccak256(basis). */
export function statusWord(
  status: { effect: Effect; version: number; blockTime: number; basis: string },
  keccak: Keccak,
): Hex {
  const { effect, version, blockTime, basis } = status;
  const basisHash = keccak.hash(hexToBytes(basis)).subarray(0, 24);
  return to0x(concatBytes(uint(effectCode(effect), 1), uint(version, 2), uint(blockTime, 5), basisHash));
}

function mappingSlot(key: Hex, slot: number, keccak: Keccak): Hex {
  return to0x(keccak.hash(concatBytes(hexToBytes(key), uint(slot, 32))));
}

function uint(value: number, bytes: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(2 * bytes, "0"));
}
