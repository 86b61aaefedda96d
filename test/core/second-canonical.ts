import { createRequire } from "node:module";

// as: the types of canonicalize describe its ES module, Node loads its CommonJS one
const canonicalize = createRequire(import.meta.url)("canonicalize") as (value: unknown) => string;

/** RFC 8785 by another program. */
export function secondCanonical(value: unknown): string {
  return canonicalize(value);
}
