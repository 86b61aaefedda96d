import type { Field, Kind } from "../../core/kinds/kind.ts";

export type JsonSchema = { readonly [name: string]: unknown };

const formats: Readonly<Record<string, JsonSchema>> = {
  uscc: { type: "string", pattern: "^[0-9A-HJ-NPQRTUWXY]{18}$" },
  orgCode: { type: "string", pattern: "^[0-9A-Z]{8}[0-9X]$" },
  date: { type: "string", format: "date" },
  boolean: { type: "boolean" },
  recordRef: { type: "string", maxLength: 256 },
  digest: { type: "string", pattern: "^[0-9a-f]{64}$" },
  hex32: { type: "string", pattern: "^[0-9a-f]{64}$" },
};

/** The JSON Schema of a kind's content: its shapes. Check characters and rules across fields are in the notes, and in the answers. */
export function contentSchema(kind: Kind): JsonSchema {
  return { title: `${kind.kind} (${kind.zh})`, ...objectOf(kind.fields) };
}

function objectOf(fields: readonly Field[]): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

function fieldSchema(field: Field): JsonSchema {
  const { zh, visibility, visibilityForPersons, note, required } = field;
  const persons = visibilityForPersons === undefined ? "" : `, of persons ${visibilityForPersons}`;
  const description = `${zh}; ${visibility}${persons}${note === undefined ? "" : `; ${note}`}`;
  const shape = shapeOf(field);
  // An absent field and one that is null are the same commitment, so both are taken.
  return required ? { ...shape, description } : { anyOf: [shape, { type: "null" }], description };
}

function shapeOf(field: Field): JsonSchema {
  switch (field.type) {
    case "string":
    case "documentNumber":
      return { type: "string", minLength: field.min ?? 1, maxLength: field.max };
    case "enum":
      return { type: "string", enum: field.values };
    case "enum[]":
      return { type: "array", items: { type: "string", enum: field.values }, ...items(field) };
    case "string[]":
      return { type: "array", items: { type: "string", minLength: 1, maxLength: field.itemMax }, ...items(field) };
    case "object[]":
      return { type: "array", items: objectOf(field.fields), ...items(field) };
    case "integer":
      return { type: "integer", minimum: field.min, maximum: field.max };
    case "decimal":
      return { type: "string", pattern: decimalPattern(field.precision, field.scale) };
    default:
      return formats[field.type] ?? {};
  }
}

function items({ min, max }: { min?: number; max?: number }): JsonSchema {
  return { ...(min !== undefined && { minItems: min }), ...(max !== undefined && { maxItems: max }) };
}

function decimalPattern(precision: number, scale: number): string {
  const whole = `(0|[1-9]\\d{0,${precision - scale - 1}})`;
  return scale === 0 ? `^${whole}$` : `^${whole}\\.\\d{${scale}}$`;
}
