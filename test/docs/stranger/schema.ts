import { existsSync, readFileSync } from "node:fs";
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
  return JSON.parse(readFileSync(fileOf(kind), "utf8")) as Schema; // as: the page says what a schema is
}

/** The schema that a record was written under; undefined where it was not published here. */
export function schemaOf(kind: string, version: number): Schema | undefined {
  if (!/^[a-z-]+$/.test(kind)) return undefined;
  const file = fileOf(kind);
  const schema = existsSync(file) ? readSchema(kind) : undefined;
  return schema?.version === version ? schema : undefined;
}

function fileOf(kind: string): string {
  return join(import.meta.dirname, "../../../core/kinds", `${kind}.json`);
}
