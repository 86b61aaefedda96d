import type { JsonObject, JsonValue } from "./parse.ts";
import { isList } from "./shape.ts";

/**
 * The RFC 8785 (JCS) text: no white space, names in the order of their UTF-16 code units, numbers and strings as
 * ECMAScript writes them. The value must come from core/json/parse.ts or be made of such values: then JSON.stringify of
 * a string is what RFC 8785 wants.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "0" : String(value);
  return isList(value) ? canonicalArray(value) : canonicalObject(value);
}

function canonicalArray(items: readonly JsonValue[]): string {
  let text = "[";
  for (let i = 0; i < items.length; i++) {
    if (i > 0) text += ",";
    text += canonicalJson(items[i] ?? null);
  }
  return `${text}]`;
}

function canonicalObject(object: JsonObject): string {
  let text = "{";
  for (const name of Object.keys(object).sort()) {
    if (text.length > 1) text += ",";
    text += `${JSON.stringify(name)}:${canonicalJson(object[name] ?? null)}`;
  }
  return `${text}}`;
}
