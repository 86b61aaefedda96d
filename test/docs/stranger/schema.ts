import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "./json.ts";

export type Visibility = "public" | "masked" | "withheld";

export interface Field extends JsonObject {
  readonly name: string;
  readonly type: string;
  readonly visibility: Visibility;
}

export interface Schema extends JsonObject {
  readonly id: number;
  readonly kind: string;
  readonly version: number;
  readonly fields: readonly Field[];
}

/** The published schema of a kind, read as a file: data, not program. */
export function readSchema(kind: string): Schema {
  const file = join(import.meta.dirname, "../../../core/kinds", `${kind}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Schema; // as: the page says what a schema is
}
