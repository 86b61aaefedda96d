import { keccak256 } from "./hash.ts";
import type { Event } from "./logs.ts";

/** The head of a contract's journal before its first event. */
export function seed(chainId: number, address: string): string {
  const tag = keccak256(Buffer.from("hufu.journal.v1")).toString("hex");
  return hashOf([tag, chainId.toString(16), address.slice(2).toLowerCase()]);
}

/** `blockTime` in seconds. */
export function entry({ topic0, arguments: given }: Event, blockTime: number): string {
  const words = given.flatMap(({ type, value }) => {
    if (type === "bytes32[]") return [];
    const isHashed = type === "bytes" || type === "string";
    return [isHashed ? keccak256(Buffer.from(value, "hex")).toString("hex") : value];
  });
  return hashOf([topic0.slice(2), blockTime.toString(16), ...words]);
}

export function extended(head: string, next: string): string {
  return hashOf([head.slice(2), next.slice(2)]);
}

function hashOf(words: readonly string[]): string {
  const bytes = Buffer.from(words.map((word) => word.padStart(64, "0")).join(""), "hex");
  return `0x${keccak256(bytes).toString("hex")}`;
}
