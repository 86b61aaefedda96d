import type { CompiledQuery, Insertable, Kysely } from "kysely";

import type { RunCompiled } from "./sqlite.ts";
import type { AccessLogTable, Tables } from "./tables.ts";

export type AccessRow = Omit<Insertable<AccessLogTable>, "id">;

/** Appends a row; it holds who, when, what was done to which digest and how it ended, never content or a name. */
export type LogAccess = (run: RunCompiled, row: AccessRow) => void;

const columns = [
  "at",
  "agency",
  "key_id",
  "action",
  "digest",
  "outcome",
] as const satisfies readonly (keyof AccessRow)[];

/** Compiles the insert once: every write of a record has its row. */
export function prepareAccessLog(db: Kysely<Tables>): LogAccess {
  const blank: AccessRow = { at: 0, agency: null, key_id: null, action: "", digest: null, outcome: "" };
  const compiled: CompiledQuery = db
    .insertInto("access_log")
    .columns([...columns])
    .values(blank)
    .compile();
  return (run, row) => {
    run(
      compiled,
      columns.map((column) => row[column]),
    );
  };
}
