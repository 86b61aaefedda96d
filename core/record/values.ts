import type { Fault } from "../error.ts";
import type { DecimalField, EnumListField, Field, TextListField } from "../kinds/kind.ts";
import { isDay, isOrgCode, isRecordRef, isUscc, normaliseDocumentNumber, USCC_PLACEHOLDER } from "./identifiers.ts";

/** A fault of a value that does not know yet where it stands. */
export type ValueFault = Omit<Fault, "pointer">;

/** The fields whose values are strings. */
export type StringValued = Exclude<Field, { type: "boolean" | "integer" | "enum[]" | "string[]" | "object[]" }>;

/** What is wrong with a string as the value of this field; null if nothing. */
export function textFault(field: StringValued, text: string): ValueFault | null {
  const lonely = lonelyFault(text);
  if (lonely) return lonely;
  switch (field.type) {
    case "string":
      return stringFault(text, field.min ?? 1, field.max);
    case "documentNumber":
      return stringFault(text, field.min ?? 1, field.max) ?? documentNumberFault(text);
    case "enum":
      return field.values.includes(text) ? null : notAllowed(field.values);
    case "decimal":
      return decimalFault(field, text);
    case "date":
      return isDay(text) ? null : wrong("INVALID_DATE", "must be a day that exists, written YYYY-MM-DD");
    case "uscc":
      return isUscc(text) || isPlaceholder(field, text)
        ? null
        : wrong("INVALID_USCC", codeMessage("unified social credit code (18 characters, GB 32100)"));
    case "orgCode":
      return isOrgCode(text)
        ? null
        : wrong("INVALID_ORG_CODE", codeMessage("organisation code (9 characters without a hyphen, GB 11714)"));
    case "recordRef":
      return isRecordRef(text)
        ? null
        : wrong("INVALID_RECORD_REF", "must be RECORDID of the same agency, or USCC/RECORDID");
    case "digest":
    case "hex32":
      return /^[0-9a-f]{64}$/.test(text) ? null : wrong("INVALID_HEX", "must be 64 lower-case hexadecimal digits");
  }
}

/** What is wrong with an item of a list of strings; null if nothing. */
export function itemFault(field: EnumListField | TextListField, item: unknown): ValueFault | null {
  if (typeof item !== "string") return { code: "WRONG_TYPE", message: "must be a string", params: { type: "string" } };
  if (field.type === "enum[]") return field.values.includes(item) ? null : notAllowed(field.values);
  return lonelyFault(item) ?? stringFault(item, 1, field.itemMax);
}

function lonelyFault(text: string): ValueFault | null {
  return text.isWellFormed()
    ? null
    : wrong("LONE_SURROGATE", "holds half of a surrogate pair: write the whole character");
}

function wrong(code: Fault["code"], message: string): ValueFault {
  return { code, message };
}

function codeMessage(name: string): string {
  return `is not a ${name}: its characters or its check character are wrong, compare it with the certificate`;
}

/** Where it may stand is a rule between fields. */
function isPlaceholder(field: Field, text: string): boolean {
  return field.name === "usccCode" && text === USCC_PLACEHOLDER;
}

function notAllowed(values: readonly string[]): ValueFault {
  const list = values.join(", ");
  return { code: "NOT_ALLOWED", message: `must be one of ${list}`, params: { values: list } };
}

/**
 * Control characters but tab and line ends, and those that turn the direction of text: what is read must be what is
 * shown.
 */
// eslint-disable-next-line no-control-regex -- these are what is refused
const notPrintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Something else than white space and what is drawn as nothing, such as a zero-width space. */
const shows = /[^\s\p{Default_Ignorable_Code_Point}]/u;

function stringFault(text: string, min: number, max: number): ValueFault | null {
  if (text.length > max && codePoints(text) > max)
    return { code: "TOO_LONG", message: `must have at most ${max} characters: shorten it`, params: { max } };
  if (text.length < 2 * min && codePoints(text) < min) return tooShort(min);
  if (!shows.test(text)) return tooShort(min);
  if (notPrintable.test(text))
    return wrong("NOT_PRINTABLE", "holds a control character or one that turns the direction of text: remove it");
  return null;
}

function tooShort(min: number): ValueFault {
  const mend = min <= 1 ? "leave the field out if there is nothing to say" : "write it in full";
  return { code: "TOO_SHORT", message: `must have at least ${min} characters that show: ${mend}`, params: { min } };
}

function codePoints(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) pairs++;
  return text.length - pairs;
}

function documentNumberFault(text: string): ValueFault | null {
  if (/[\p{L}\p{N}]/u.test(normaliseDocumentNumber(text))) return null;
  return wrong("INVALID_DOCUMENT_NUMBER", "must hold a letter or digit: write the number as it stands on the paper");
}

const plainDecimal = /^(?:0|[1-9]\d*)(?:\.(\d+))?$/;

function decimalFault({ precision, scale }: DecimalField, text: string): ValueFault | null {
  const fraction = plainDecimal.exec(text)?.[1] ?? "";
  const whole = precision - scale;
  if (plainDecimal.test(text) && fraction.length === scale && text.length - scale - (scale > 0 ? 1 : 0) <= whole)
    return null;
  const example = (12).toFixed(scale);
  return {
    code: "INVALID_DECIMAL",
    message: `must have at most ${whole} digits before the point and exactly ${scale} after it, without sign, exponent or leading zeros, such as "${example}"`,
    params: { whole, scale },
  };
}
