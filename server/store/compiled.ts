import type { CompiledQuery } from "kysely";

/** A query that was compiled once, with other parameters, in the order of those that it was compiled with. */
export function rebind<O>(compiled: CompiledQuery<O>, parameters: readonly unknown[]): CompiledQuery<O> {
  return { ...compiled, parameters };
}
