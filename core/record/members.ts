import { pointerTo, type Fault, type FaultCode } from "../error.ts";
import type { JsonValue } from "../json/parse.ts";
import type { Field, ObjectListField } from "../kinds/kind.ts";
import { describe } from "./describe.ts";
import { itemFault, textFault, type ValueFault } from "./values.ts";

/** What is read, and the faults found on the way. */
export interface Reading {
  /** the kind's name, for messages */
  readonly owner: string;
  readonly faults: Fault[];
}

/**
 * The members of an object that are as `fields` want them; null if `value` is no object. Every other one leaves a
 * fault.
 */
export function readMembers(
  fields: readonly Field[],
  value: unknown,
  pointer: string,
  reading: Reading,
): Record<string, JsonValue> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    report(reading, pointer, {
      code: "WRONG_TYPE",
      message: "must be an object with the fields as its members",
      params: { type: "object" },
    });
    return null;
  }
  const given = value as Readonly<Record<string, unknown>>; // as: any object can be asked for its members
  const members: Record<string, JsonValue> = {};
  let known = 0;
  for (const field of fields) {
    const raw = given[field.name];
    if (raw !== undefined) known++;
    if (raw === undefined || raw === null) {
      if (field.required) report(reading, pointerTo(pointer, field.name), missing(field));
      continue;
    }
    const read = readValue(field, raw, pointer, reading);
    if (read !== null) members[field.name] = read;
  }
  if (Object.keys(given).length !== known) reportUnknown(fields, given, pointer, reading);
  return members;
}

function missing(field: Field): ValueFault {
  return {
    code: "MISSING_FIELD",
    message: `is required: write ${field.zh} (${describe(field)})`,
    params: { field: field.name },
  };
}

function report({ faults }: Reading, pointer: string, fault: ValueFault): void {
  faults.push({ ...fault, pointer });
}

function reportUnknown(fields: readonly Field[], given: object, pointer: string, reading: Reading): void {
  for (const [name, member] of Object.entries(given)) {
    if (fields.some((field) => field.name === name)) continue;
    if (member === undefined) continue;
    const meant = fields.find((field) => isMeant(field, name));
    const mend = meant ? `write ${meant.name}` : "remove it";
    const at = pointerTo(pointer, name.toWellFormed());
    report(reading, at, { code: "UNKNOWN_FIELD", message: `is not a field of ${reading.owner}: ${mend}` });
  }
}

/** Whether a wrong name is a field's in another case, its Chinese name or its code in the 双公示 template. */
function isMeant(field: Field, name: string): boolean {
  return field.name.toLowerCase() === name.toLowerCase() || field.zh === name || field.code === name;
}

/** The value as the field wants it, or null after a fault. */
function readValue(field: Field, raw: unknown, parent: string, reading: Reading): JsonValue {
  switch (field.type) {
    case "boolean":
      if (typeof raw === "boolean") return raw;
      return refuse(field, parent, reading, wrongType(field));
    case "integer":
      if (typeof raw !== "number" || !Number.isSafeInteger(raw))
        return refuse(field, parent, reading, wrongType(field));
      if (raw < field.min)
        return refuse(field, parent, reading, {
          code: "TOO_SMALL",
          message: `must be at least ${field.min}`,
          params: { min: field.min },
        });
      if (raw > field.max)
        return refuse(field, parent, reading, {
          code: "TOO_LARGE",
          message: `must be at most ${field.max}`,
          params: { max: field.max },
        });
      return raw;
    case "enum[]":
    case "string[]":
    case "object[]":
      return readList(field, raw, pointerTo(parent, field.name), reading);
    default: {
      if (typeof raw !== "string") return refuse(field, parent, reading, wrongType(field));
      const fault = textFault(field, raw);
      return fault === null ? raw : refuse(field, parent, reading, fault);
    }
  }
}

function refuse(field: Field, parent: string, reading: Reading, fault: ValueFault): null {
  report(reading, pointerTo(parent, field.name), fault);
  return null;
}

function wrongType(field: Field): ValueFault {
  return { code: "WRONG_TYPE", message: `must be ${describe(field)}`, params: { type: field.type } };
}

type ListField = Extract<Field, { type: "enum[]" | "string[]" }> | ObjectListField;

function readList(field: ListField, raw: unknown, pointer: string, reading: Reading): JsonValue {
  const before = reading.faults.length;
  if (!Array.isArray(raw)) {
    report(reading, pointer, wrongType(field));
    return null;
  }
  const items: readonly unknown[] = raw;
  const { min = 0, max = Infinity } = field;
  if (items.length < min) reportCount(reading, pointer, "TOO_SHORT", `needs at least ${min} items`, { min });
  if (items.length > max) {
    reportCount(reading, pointer, "TOO_LONG", `takes at most ${max} items: remove some`, { max });
    return null;
  }
  const read = Array.from(items, (item, i) => readItem(field, item, pointerTo(pointer, i), reading));
  return reading.faults.length === before ? read : null;
}

function reportCount(
  reading: Reading,
  pointer: string,
  code: FaultCode,
  message: string,
  params: Record<string, number>,
): void {
  report(reading, pointer, { code, message, params });
}

/** null after a fault: the whole list is then refused. */
function readItem(field: ListField, item: unknown, pointer: string, reading: Reading): JsonValue {
  if (field.type === "object[]") return readMembers(field.fields, item, pointer, reading);
  const fault = itemFault(field, item);
  if (fault === null) return item as string; // as: everything else leaves a fault
  report(reading, pointer, fault);
  return null;
}
