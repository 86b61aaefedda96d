import { HufuError } from "../error.ts";
import type { JsonObject, JsonValue } from "../json/parse.ts";
import { isList, isObject } from "../json/shape.ts";
import type { Field, Kind } from "./kind.ts";

/** How each property of a field is checked, and whether it may be left out (?). */
type Property = (value: JsonValue) => boolean;

const isText: Property = (value) => typeof value === "string" && value !== "";
const isCount: Property = (value) => Number.isInteger(value) && Number(value) >= 0;
const isTexts: Property = (value) => isList(value) && value.length > 0 && value.every(isText);
const isVisibility: Property = (value) => value === "public" || value === "masked" || value === "withheld";
const isFields: Property = (value) => isList(value) && value.length > 0 && value.every(isField);

const common: Readonly<Record<string, Property>> = {
  name: (value) => typeof value === "string" && /^[a-z][A-Za-z0-9]*$/.test(value),
  zh: isText,
  "code?": isText,
  type: isText,
  required: (value) => typeof value === "boolean",
  visibility: isVisibility,
  "visibilityForPersons?": isVisibility,
  "note?": isText,
};

const text = { max: isCount, "min?": isCount };
const choice = { values: isTexts, "zhValues?": isTexts };

const byType: Readonly<Record<Field["type"], Readonly<Record<string, Property>>>> = {
  string: text,
  documentNumber: text,
  uscc: {},
  orgCode: {},
  date: {},
  boolean: {},
  recordRef: {},
  digest: {},
  hex32: {},
  enum: choice,
  "enum[]": { ...choice, "min?": isCount, "max?": isCount },
  "string[]": { "min?": isCount, max: isCount, itemMax: isCount },
  decimal: { precision: isCount, scale: isCount, "unit?": isText },
  integer: { min: isCount, max: isCount },
  "object[]": { "min?": isCount, max: isCount, fields: isFields },
};

/** Whether `value` has every property of `shape`, each as it should be, and no other. */
function hasShape(value: JsonObject, shape: Readonly<Record<string, Property>>): boolean {
  const names = Object.keys(shape);
  const known = Object.keys(value).every((name) => name in shape || `${name}?` in shape);
  return known && names.every((name) => isProperty(value, name, shape[name]));
}

function isProperty(value: JsonObject, name: string, property: Property | undefined): boolean {
  const optional = name.endsWith("?");
  const member = value[optional ? name.slice(0, -1) : name];
  return member === undefined ? optional : property !== undefined && property(member);
}

function isField(value: JsonValue): boolean {
  if (!isObject(value) || typeof value["type"] !== "string" || !Object.hasOwn(byType, value["type"])) return false;
  const type = value["type"] as Field["type"]; // as: it is a key of byType
  const { values, zhValues } = value;
  if (isList(values) && isList(zhValues) && values.length !== zhValues.length) return false;
  return hasShape(value, { ...common, ...byType[type] });
}

const kindShape: Readonly<Record<string, Property>> = {
  id: (value) => isCount(value) && Number(value) >= 1 && Number(value) <= 255,
  kind: (value) => typeof value === "string" && /^[a-z][a-z-]*$/.test(value),
  zh: isText,
  version: (value) => isCount(value) && Number(value) >= 1,
  fields: isFields,
};

function isKind(value: JsonValue): value is JsonValue & Kind {
  return isObject(value) && hasShape(value, kindShape);
}

/**
 * Reads a schema file. Throws INVARIANT: a schema is part of the program, and a record's header binds its every letter.
 */
export function parseKind(value: JsonValue): Kind {
  if (isKind(value) && new Set(value.fields.map(({ name }) => name)).size === value.fields.length) return value;
  throw new HufuError("INVARIANT", "a schema file does not have the form of a kind");
}
