import { isList, isObject, type Json } from "./json.ts";
import type { Field } from "./schema.ts";

/** Whether a value is what a field of the schema may hold; null where it need not be there. */
export function follows(field: Field, value: Json): boolean {
  if (value === null) return field["required"] !== true;
  return (rules[field.type] ?? (() => false))(value, field);
}

type Rule = (value: Json, field: Field) => boolean;

const isText: Rule = (value, field) => isPlain(value, Number(field["min"] ?? 1), field["max"]);
const isOneOf: Rule = (value, field) => {
  const values = field["values"];
  return typeof value === "string" && isList(values) && values.includes(value);
};
const isListOf =
  (item: Rule): Rule =>
  (value, field) =>
    isList(value) &&
    isWithin(value.length, Number(field["min"] ?? 0), field["max"]) &&
    value.every((one) => item(one, field));
const isLike =
  (pattern: RegExp): Rule =>
  (value) =>
    typeof value === "string" && pattern.test(value);

const rules: Readonly<Record<string, Rule>> = {
  string: isText,
  documentNumber: (value, field) =>
    isText(value, field) && typeof value === "string" && /[\p{L}\p{N}]/u.test(value.normalize("NFKC")),
  enum: isOneOf,
  "enum[]": isListOf(isOneOf),
  "string[]": isListOf((item, field) => isPlain(item, 1, field["itemMax"])),
  "object[]": isListOf(isItem),
  decimal: (value, { precision, scale }) => {
    if (typeof value !== "string" || !/^(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value)) return false;
    const [, fraction = ""] = value.split(".");
    return fraction.length === scale && value.replace(".", "").length <= Number(precision);
  },
  integer: (value, field) =>
    typeof value === "number" && Number.isInteger(value) && isWithin(value, Number(field["min"]), field["max"]),
  boolean: (value) => typeof value === "boolean",
  date: (value) => typeof value === "string" && isDay(value),
  uscc: (value, { name }) =>
    typeof value === "string" && (isUscc(value) || (name === "usccCode" && value === `${"0".repeat(17)}X`)),
  orgCode: (value) => typeof value === "string" && isOrgCode(value),
  digest: isLike(/^[0-9a-f]{64}$/),
  hex32: isLike(/^[0-9a-f]{64}$/),
  recordRef: (value) => {
    if (typeof value !== "string") return false;
    const slash = value.indexOf("/");
    return recordId.test(value.slice(slash + 1)) && (slash === -1 || isUscc(value.slice(0, slash)));
  },
};

function isItem(item: Json, field: Field): boolean {
  const fields = field["fields"] as readonly Field[]; // as: the page says what a schema is
  if (!isObject(item) || !Object.keys(item).every((name) => fields.some((one) => one.name === name))) return false;
  return fields.every((one) => follows(one, item[one.name] ?? null));
}

const recordId = /^[A-Za-z0-9\p{Script=Han}][A-Za-z0-9\p{Script=Han}._:〔〕()（）-]{0,127}$/u;
const shows = /[^\s\p{Default_Ignorable_Code_Point}]/u;
// eslint-disable-next-line no-control-regex -- these are what a string does not hold
const hides = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function isPlain(value: Json, min: number, max: Json | undefined): boolean {
  if (typeof value !== "string" || !shows.test(value) || hides.test(value)) return false;
  return isWithin([...value].length, min, max);
}

function isWithin(size: number, min: number, max: Json | undefined): boolean {
  return size >= min && size <= (typeof max === "number" ? max : Infinity);
}

function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return (
    /^(?!0000)\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
  );
}

const usccCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** GB 32100-2015: 17 characters, weighted by powers of 3 modulo 31, and the one that makes the sum a multiple. */
function isUscc(value: string): boolean {
  const numbers = Array.from(value, (one) => usccCharacters.indexOf(one));
  let sum = 0;
  numbers.slice(0, 17).forEach((one, i) => (sum += one * (3 ** i % 31)));
  return numbers.length === 18 && !numbers.includes(-1) && (sum + (numbers[17] ?? 0)) % 31 === 0;
}

/** GB 11714-1997: 8 characters, weighted, and the one that makes the sum a multiple of 11, 10 being X. */
function isOrgCode(value: string): boolean {
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(value)) return false;
  const weights = [3, 7, 9, 10, 5, 8, 4, 2, 1];
  const check = value[8] === "X" ? 10 : Number(value[8]);
  const numbers = [...Array.from(value.slice(0, 8), (one) => parseInt(one, 36)), check];
  return numbers.reduce((sum, one, i) => sum + one * (weights[i] ?? 0), 0) % 11 === 0;
}
