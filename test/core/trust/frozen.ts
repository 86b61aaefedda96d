import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The text of a bundle of version 1 that was published before; every later program reads it. */
export function frozenText(name: "qbft" | "development"): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "vectors", "trust", `${name}.json`), "utf8");
}
