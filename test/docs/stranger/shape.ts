import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonical, type Json } from "./json.ts";

/** What the published JSON Schema of a file says, read as a file: data, not program. `largest`: characters of its RFC 8785 text. */
export function createShape(name: "certificate" | "trust", largest: number) {
  const file = join(import.meta.dirname, "../../../docs", `${name}.schema.json`);
  const schema = JSON.parse(readFileSync(file, "utf8")) as object; // as: the page says what it is
  const matches = new Ajv2020().compile(schema);
  return (value: Json): boolean => matches(value) && canonical(value).length <= largest;
}
