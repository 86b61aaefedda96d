import type { Field } from "../kinds/kind.ts";

/** What a value of this field looks like, in words. */
export function describe(field: Field): string {
  switch (field.type) {
    case "string":
    case "documentNumber":
      return `a string of at most ${field.max} characters`;
    case "enum":
      return `one of ${field.values.join(", ")}`;
    case "enum[]":
      return `a list of ${field.values.join(", ")}`;
    case "string[]":
      return "a list of strings";
    case "object[]":
      return `a list of objects with ${field.fields.map(({ name }) => name).join(", ")}`;
    case "decimal":
      return `a string with digits, a point and ${field.scale} digits, such as "${(12).toFixed(field.scale)}"`;
    case "integer":
      return `an integer from ${field.min} to ${field.max}`;
    case "boolean":
      return "true or false";
    case "date":
      return "a string YYYY-MM-DD";
    case "uscc":
      return "a string of 18 characters, a unified social credit code";
    case "orgCode":
      return "a string of 9 characters, an organisation code";
    case "recordRef":
      return "a string RECORDID or USCC/RECORDID";
    case "digest":
    case "hex32":
      return "a string of 64 lower-case hexadecimal digits";
  }
}
