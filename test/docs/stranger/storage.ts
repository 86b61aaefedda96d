import { keccak256 } from "./hash.ts";
import type { Batch, Status } from "./replay.ts";

/** Where both contracts keep their journal's head. */
export const headSlot = `0x${"0".repeat(64)}`;

export function batchSlot(root: string): string {
  return slotOf(root, 1);
}

export function statusSlot(leaf: string): string {
  return slotOf(leaf, 2);
}

export function batchWord({ agency, kind, count, time }: Batch): string {
  const code = Buffer.from(agency, "ascii").toString("hex");
  return `0x${code}${bits(kind, 8)}${bits(count, 32)}${bits(time, 40)}${bits(0, 32)}`;
}

export function statusWord({ effect, version, time, basis }: Status): string {
  const hashed = keccak256(Buffer.from(basis, "hex")).toString("hex").slice(0, 48);
  return `0x${bits(effect, 8)}${bits(version, 16)}${bits(time, 40)}${hashed}`;
}

function slotOf(key: string, slot: number): string {
  return `0x${keccak256(Buffer.from(key.slice(2) + bits(slot, 256), "hex")).toString("hex")}`;
}

function bits(value: number, count: number): string {
  return value.toString(16).padStart(count / 4, "0");
}
