import type { CompiledQuery, Insertable, Kysely, Selectable } from "kysely";

import type { RunCompiled } from "./sqlite.ts";
import type { RecordFilesTable, RecordsTable, Tables } from "./tables.ts";

export type RecordRow = Selectable<RecordsTable>;
export type NewRecord = Omit<Insertable<RecordsTable>, "seq" | "batch_id">;

/** What no two records share; `amends` is empty for the first version of a record. */
export interface RecordKey {
  agency: string;
  kind: number;
  record_id: string;
  amends: Uint8Array;
}

/** Inserts one record; false, and nothing written, if its key is taken. */
export type InsertRecord = (run: RunCompiled, row: NewRecord) => boolean;

const columns = [
  "digest",
  "leaf",
  "agency",
  "kind",
  "record_id",
  "schema_version",
  "algorithm",
  "amends",
  "document_number",
  "content",
  "files",
  "seed",
  "accepted_at",
] as const satisfies readonly (keyof NewRecord)[];

/** Compiles the insert once: it is the one statement that runs tens of thousands of times a second. */
export function prepareInsert(db: Kysely<Tables>): InsertRecord {
  const empty = new Uint8Array();
  const blank: NewRecord = {
    digest: empty,
    leaf: empty,
    agency: "",
    kind: 0,
    record_id: "",
    schema_version: 0,
    algorithm: "",
    amends: empty,
    document_number: null,
    content: null,
    files: "",
    seed: null,
    accepted_at: 0,
  };
  const compiled: CompiledQuery = db
    .insertInto("records")
    .columns([...columns])
    .values(blank)
    .onConflict((conflict) => conflict.columns(["agency", "record_id", "kind", "amends"]).doNothing())
    .compile();
  return (run, row) =>
    run(
      compiled,
      columns.map((column) => row[column]),
    ) === 1;
}

/** Notes which files a record carries. */
export async function insertFiles(tx: Kysely<Tables>, files: readonly Insertable<RecordFilesTable>[]): Promise<void> {
  if (files.length === 0) return;
  await tx
    .insertInto("record_files")
    .values(files)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export function findByDigest(db: Kysely<Tables>, digest: Uint8Array): Promise<RecordRow | undefined> {
  return db.selectFrom("records").selectAll().where("digest", "=", digest).executeTakeFirst();
}

export function findByKey(db: Kysely<Tables>, key: RecordKey): Promise<RecordRow | undefined> {
  return versions(db, key).where("amends", "=", key.amends).executeTakeFirst();
}

/** Every version of a record, the first one first. */
export function findVersions(db: Kysely<Tables>, key: Omit<RecordKey, "amends">): Promise<RecordRow[]> {
  return versions(db, key).orderBy("seq").execute();
}

/** The version that amends `row`; there is one at most. */
export function findSuccessor(db: Kysely<Tables>, row: RecordRow): Promise<RecordRow | undefined> {
  return findByKey(db, { ...row, amends: row.digest });
}

function versions(db: Kysely<Tables>, key: Omit<RecordKey, "amends">) {
  return db
    .selectFrom("records")
    .selectAll()
    .where("agency", "=", key.agency)
    .where("record_id", "=", key.record_id)
    .where("kind", "=", key.kind);
}

/** What a list asks for; each is looked up by an index. */
export type RecordQuery =
  | { by: "document"; kind: number; documentNumber: string }
  | { by: "file"; sha256: Uint8Array }
  | { by: "record-id"; agency: string; recordId: string };

/** At most `limit` records that were accepted after the one with sequence number `after`, in the order of their acceptance. */
export function listRecords(
  db: Kysely<Tables>,
  query: RecordQuery,
  after: number,
  limit: number,
): Promise<RecordRow[]> {
  const page = db.selectFrom("records").selectAll("records").where("seq", ">", after).orderBy("seq").limit(limit);
  switch (query.by) {
    case "document":
      return page.where("document_number", "=", query.documentNumber).where("kind", "=", query.kind).execute();
    case "file":
      return page
        .innerJoin("record_files", "record_files.digest", "records.digest")
        .where("record_files.sha256", "=", query.sha256)
        .where("record_files.is_public", "=", 1)
        .execute();
    case "record-id":
      return page.where("agency", "=", query.agency).where("record_id", "=", query.recordId).execute();
  }
}
