import { faultsError, pointerTo, type Fault } from "../error.ts";
import { fitsFastPath } from "./fast.ts";
import { findFault } from "./scan.ts";
import { isList } from "./shape.ts";

/** A value that has exactly one RFC 8785 text: no NaN, no undefined, no lone surrogate, no integer beyond 2^53 - 1. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [name: string]: JsonValue };

/** Arrays and objects within each other, at most. */
export const MAX_DEPTH = 64;

/**
 * Reads JSON (RFC 8259) that two programs cannot understand differently. Throws MALFORMED_JSON, with the pointer, for
 * text that is no JSON, for a key that stands twice in one object, a lone surrogate, a number that no double holds
 * (1e999, 1e-999) or whose integer part is not exact (beyond 2^53 - 1), and for more than {@link MAX_DEPTH} levels. A
 * key `__proto__` is a key like any other.
 */
export function parseJson(text: string): JsonValue {
  const members = fitsFastPath(text, MAX_DEPTH);
  const value = members === null ? undefined : tryParse(text);
  if (value !== undefined && countMembers(value) === members) return value;
  const fault = findFault(text, MAX_DEPTH);
  if (fault) throw faultsError("MALFORMED_JSON", [fault]);
  return JSON.parse(text) as JsonValue; // as: the scan found nothing that a JsonValue cannot hold
}

function tryParse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue; // as: what JSON.parse gives, less numbers, which countMembers looks at
  } catch {
    return undefined;
  }
}

/**
 * Members of all objects within `value`; NaN, which equals nothing, if a number in it needs a look at its text: 0 may
 * have been 1e-999.
 */
function countMembers(value: JsonValue): number {
  if (typeof value === "number") return isExact(value) && value !== 0 ? 0 : NaN;
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (isList(value)) {
    for (const item of value) count += countMembers(item);
    return count;
  }
  for (const name in value) {
    const member = value[name];
    count += typeof member === "string" ? 1 : 1 + countMembers(member ?? null);
  }
  return count;
}

function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/**
 * A copy of a value that something else has parsed or made. Throws MALFORMED_JSON with the pointer of every part that
 * JSON has no place for: undefined, functions, big integers, NaN, instances of classes, lone surrogates, what {@link
 * parseJson} refuses.
 */
export function toJsonValue(value: unknown): JsonValue {
  const faults: Fault[] = [];
  const copy = copyValue(value, "", 0, faults);
  if (faults.length > 0) throw faultsError("MALFORMED_JSON", faults);
  return copy;
}

function copyValue(value: unknown, pointer: string, depth: number, faults: Fault[]): JsonValue {
  const refuse = (code: Fault["code"], message: string): null => {
    faults.push({ code, pointer, message });
    return null;
  };
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string")
    return value.isWellFormed() ? value : refuse("LONE_SURROGATE", messages.LONE_SURROGATE);
  if (typeof value === "number") return isExact(value) ? value : refuse("NUMBER_NOT_EXACT", messages.NUMBER_NOT_EXACT);
  if (typeof value !== "object") return refuse("NOT_JSON", messages.NOT_JSON);
  if (depth === MAX_DEPTH) return refuse("TOO_DEEP", `lies deeper than ${MAX_DEPTH} levels: flatten it`);
  if (Array.isArray(value))
    return Array.from(value, (item, i) => copyValue(item, pointerTo(pointer, i), depth + 1, faults));
  if (!isPlain(value)) return refuse("NOT_JSON", messages.NOT_JSON);
  const entries = Object.entries(value).map(([name, member]): [string, JsonValue] => {
    const at = pointerTo(pointer, name);
    if (!name.isWellFormed())
      faults.push({ code: "LONE_SURROGATE", pointer: at.toWellFormed(), message: messages.LONE_SURROGATE });
    return [name, copyValue(member, at, depth + 1, faults)];
  });
  return Object.fromEntries(entries);
}

/**
 * Whether an object is one of a literal or of JSON.parse, perhaps of another realm: not a Date, Map or instance of a
 * class.
 */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (typeof prototype === "object" && Object.getPrototypeOf(prototype) === null);
}

const messages = {
  LONE_SURROGATE: "holds half of a surrogate pair, which has no UTF-8: remove it or write the whole character",
  NUMBER_NOT_EXACT: "is a number that a double does not hold exactly: write it as a string",
  NOT_JSON: "is not a JSON value: leave it out or write null",
} as const;
