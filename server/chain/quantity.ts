import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";

/** The values of JSON-RPC. A node is not trusted: each reader throws NODE_ANSWER for whatever is not what it wants. */

export function quantity(value: unknown, what: string): bigint {
  if (typeof value !== "string" || !/^0x[0-9a-f]{1,64}$/i.test(value)) throw badAnswer(`${what} is no quantity`);
  return BigInt(value);
}

/** A quantity up to 2^53. */
export function count(value: unknown, what: string): number {
  const number = Number(quantity(value, what));
  if (!Number.isSafeInteger(number)) throw badAnswer(`${what} is beyond 2^53`);
  return number;
}

/** Whole bytes in lower case; exactly `length` of them where it is given. */
export function hexData(value: unknown, what: string, length?: number): Hex {
  if (typeof value !== "string" || !/^0x(?:[0-9a-f]{2})*$/i.test(value)) throw badAnswer(`${what} is no hex data`);
  if (length !== undefined && value.length !== 2 + 2 * length) throw badAnswer(`${what} has not ${length} bytes`);
  return `0x${value.slice(2).toLowerCase()}`;
}

/** A field of an object; undefined where there is none. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) throw badAnswer("an object is wanted");
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

export function toQuantity(value: number | bigint): Hex {
  return `0x${value.toString(16)}`;
}

/** What was read comes from two branches of the chain: it is thrown away, and read again. Under Clique this is nobody's fault. */
export function chainMoved(): HufuError {
  return new HufuError("NODE_MOVED", "The chain went another way while it was read.");
}

export function badAnswer(why: string, cause?: unknown): HufuError {
  return new HufuError("NODE_ANSWER", `The chain's node answered what no node should: ${why}.`, { cause });
}
