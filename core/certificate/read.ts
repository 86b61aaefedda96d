import { isBase64 } from "../base64.ts";
import type { Hex } from "../bytes.ts";
import { pointerTo, type Fault, type FaultCode } from "../error.ts";
import type { JsonValue } from "../json/parse.ts";
import { isList, isObject } from "../json/shape.ts";
import type { Disclosure } from "../record/disclosure.ts";
import { isDay } from "../record/identifiers.ts";

/** What a reader gives after it has added a fault for everything that is wrong with the value. */
export const refused = Symbol("refused");

export type Reader<T> = (value: JsonValue | undefined, pointer: string, faults: Fault[]) => T | typeof refused;

/** Nobody mends more by hand. */
export const MAX_FAULTS = 100;

function refuse(faults: Fault[], pointer: string, code: FaultCode, message: string): typeof refused {
  faults.push({ code, pointer, message });
  return refused;
}

/** Exactly these members. */
export function object<T extends object>(members: { readonly [K in keyof T]: Reader<T[K]> }): Reader<T> {
  const names = Object.keys(members) as (keyof T & string)[]; // as: the keys of a literal are its type's
  return (value, pointer, faults) => {
    if (!isObject(value)) return refuse(faults, pointer, "WRONG_TYPE", `must be an object with ${names.join(", ")}`);
    const before = faults.length;
    const entries = names.map((name) => {
      const at = pointerTo(pointer, name);
      const isGiven = Object.hasOwn(value, name);
      return [
        name,
        isGiven ? members[name](value[name], at, faults) : refuse(faults, at, "MISSING_FIELD", "is required"),
      ];
    });
    for (const name of Object.keys(value))
      if (!Object.hasOwn(members, name))
        refuse(faults, pointerTo(pointer, name), "UNKNOWN_FIELD", "is not known here: remove it");
    return faults.length === before ? (Object.fromEntries(entries) as T) : refused; // as: every member was read by its reader
  };
}

export function list<T>(item: Reader<T>, max: number): Reader<readonly T[]> {
  return (value, pointer, faults) => {
    if (!isList(value)) return refuse(faults, pointer, "WRONG_TYPE", "must be a list");
    if (value.length > max) return refuse(faults, pointer, "TOO_LONG", `has at most ${max} items`);
    const before = faults.length;
    const items = value.map((one, i) => item(one, pointerTo(pointer, i), faults));
    return faults.length === before ? (items as T[]) : refused; // as: no item left a fault
  };
}

export function orNull<T>(reader: Reader<T>): Reader<T | null> {
  return (value, pointer, faults) => (value === null ? null : reader(value, pointer, faults));
}

export function literal<const T extends string | number>(...values: readonly T[]): Reader<T> {
  return (value, pointer, faults) =>
    values.find((one) => one === value) ??
    refuse(faults, pointer, "NOT_ALLOWED", `must be ${values.map((one) => JSON.stringify(one)).join(" or ")}`);
}

export function integer(min: number, max: number): Reader<number> {
  return (value, pointer, faults) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : refuse(faults, pointer, "WRONG_TYPE", `must be an integer from ${min} to ${max}`);
}

/** A string of up to `max` UTF-16 code units. */
export function text(max: number): Reader<string> {
  return (value, pointer, faults) => {
    if (typeof value !== "string") return refuse(faults, pointer, "WRONG_TYPE", "must be a string");
    return value.length <= max ? value : refuse(faults, pointer, "TOO_LONG", `has at most ${max} characters`);
  };
}

function matching(isMatch: (text: string) => boolean, code: FaultCode, message: string): Reader<string> {
  return (value, pointer, faults) =>
    typeof value === "string" && isMatch(value) ? value : refuse(faults, pointer, code, message);
}

function hexOf(digits: number): Reader<Hex> {
  const pattern = new RegExp(`^0x[0-9a-f]{${digits}}$`);
  const read = matching(
    (value) => pattern.test(value),
    "INVALID_HEX",
    `must be 0x and ${digits} lower-case hexadecimal digits`,
  );
  return (value, pointer, faults) => read(value, pointer, faults) as Hex | typeof refused; // as: the pattern is Hex
}

const plainHex = (digits: number): Reader<string> =>
  matching(
    (value) => value.length === digits && /^[0-9a-f]*$/.test(value),
    "INVALID_HEX",
    `must be ${digits} lower-case hexadecimal digits`,
  );

/** Bytes as base64 with padding, of at most `max` bytes. The text is kept: whoever needs the bytes decodes them. */
export function base64(max: number): Reader<string> {
  const read = matching(isBase64, "INVALID_BASE64", "must be base64 with padding");
  return (value, pointer, faults) =>
    typeof value === "string" && value.length > 4 * Math.ceil(max / 3)
      ? refuse(faults, pointer, "TOO_LONG", `has at most ${max} bytes`)
      : read(value, pointer, faults);
}

/** Bytes of any number up to `max`, as 0x and lower-case digits. */
export function hexBytes(max: number): Reader<Hex> {
  const read = matching(
    (value) => value.length <= 2 + 2 * max && /^0x(?:[0-9a-f]{2})*$/.test(value),
    "INVALID_HEX",
    `must be 0x and the lower-case hexadecimal digits of at most ${max} bytes`,
  );
  return (value, pointer, faults) => read(value, pointer, faults) as Hex | typeof refused; // as: the pattern is Hex
}

const quantityText = matching(
  (value) => /^0x(?:0|[1-9a-f][0-9a-f]{0,63})$/.test(value),
  "INVALID_HEX",
  "must be 0x and at most 64 lower-case hexadecimal digits, without leading zeros",
);
/** A number of at most 256 bits, as JSON-RPC writes it. */
export const quantity: Reader<Hex> = (value, pointer, faults) =>
  quantityText(value, pointer, faults) as Hex | typeof refused; // as: the pattern is Hex

export const hash: Reader<Hex> = hexOf(64);
export const address: Reader<Hex> = hexOf(40);
export const digest: Reader<string> = plainHex(64);
const salt: Reader<string> = plainHex(32);

/**
 * The form of a unified social credit code. That its check character is right is for the checks: a wrong one is
 * altered, not unreadable.
 */
export const agency: Reader<string> = matching(
  (value) => /^[0-9A-Z]{18}$/.test(value),
  "INVALID_USCC",
  "must be 18 characters, a unified social credit code",
);

export const day: Reader<string> = matching(isDay, "INVALID_DATE", "must be a day that exists, written YYYY-MM-DD");

/** ISO 8601 in UTC, to the second or millisecond. */
export const instant: Reader<string> = matching(
  (value) =>
    /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/.test(value) && isDay(value.slice(0, 10)),
  "INVALID_DATE",
  "must be a time in UTC, written YYYY-MM-DDTHH:MM:SSZ",
);

const name = text(128);

/** The value is any JSON: the schema of the record's kind is a check of its own. */
export const disclosure: Reader<Disclosure> = (value, pointer, faults) => {
  if (!isList(value) || value.length !== 3)
    return refuse(faults, pointer, "WRONG_TYPE", "must be a list of salt, name and value");
  const readSalt = salt(value[0], `${pointer}/0`, faults);
  const readName = name(value[1], `${pointer}/1`, faults);
  return readSalt === refused || readName === refused ? refused : [readSalt, readName, value[2] ?? null];
};
