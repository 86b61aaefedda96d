import { hexToBytes } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { normaliseDocumentNumber } from "../../core/record/identifiers.ts";
import { prepareAccessLog } from "../store/access.ts";
import type { Caller } from "../store/keys.ts";
import type { Store } from "../store/open.ts";
import { findBatchStage } from "../store/anchors.ts";
import { findByDigest, listRecords, type RecordQuery, type RecordRow } from "../store/records.ts";
import { stateOf, viewRecord, type Audience, type RecordState, type RecordView, type ViewDeps } from "./view.ts";

/** What somebody looks for. */
export type Search = { kind: string; documentNumber: string } | { file: string } | { agency: string; recordId: string };

export interface Page {
  records: RecordView[];
  /** to be sent back for the records after these; null: there are no more */
  next: string | null;
}

export interface Lookup {
  /** Throws RECORD_NOT_FOUND. */
  find(digest: string, caller: Caller | null): Promise<RecordView>;
  /** The row and how much of it the caller may see. Throws RECORD_NOT_FOUND. */
  findRow(digest: string, caller: Caller | null): Promise<{ row: RecordRow; audience: Audience }>;
  stateOf(digest: string): Promise<RecordState>;
  /** whether the store can be asked at all */
  answers(): Promise<boolean>;
  /** Throws UNKNOWN_KIND, UNAUTHORIZED (a record id is for its agency to ask), INVALID_REQUEST (the cursor). */
  search(search: Search, page: { after: string | null; limit: number }, caller: Caller | null): Promise<Page>;
}

export interface LookupDeps extends ViewDeps {
  store: Store;
}

export function createLookup(deps: LookupDeps): Lookup {
  const { store, clock, db } = deps;
  const logAccess = prepareAccessLog(db);

  /** An agency's look at what the public does not see goes into the access log before it is answered. */
  async function noteReading(rows: readonly RecordRow[], caller: Caller): Promise<void> {
    const base = { at: clock(), agency: caller.agency, key_id: caller.keyId, action: "record.read", outcome: "shown" };
    await store.write((_tx, run) => {
      for (const { digest } of rows) logAccess(run, { ...base, digest });
      return Promise.resolve();
    });
  }

  async function findRow(digest: string, caller: Caller | null): Promise<{ row: RecordRow; audience: Audience }> {
    const row = /^[0-9a-f]{64}$/.test(digest) ? await findByDigest(db, hexToBytes(digest)) : undefined;
    if (!row) throw new HufuError("RECORD_NOT_FOUND", "This gateway has no record with that digest.");
    const audience = audienceOf(row, caller);
    if (caller && audience === "agency") await noteReading([row], caller);
    return { row, audience };
  }

  return {
    findRow,
    async find(digest, caller) {
      const { row, audience } = await findRow(digest, caller);
      return viewRecord(row, audience, deps);
    },
    async stateOf(digest) {
      const row = await findByDigest(db, hexToBytes(digest));
      return stateOf(row?.batch_id == null ? null : await findBatchStage(db, row.batch_id), deps.progress());
    },
    answers: () =>
      findByDigest(db, new Uint8Array(32)).then(
        () => true,
        () => false,
      ),
    async search(search, { after, limit }, caller) {
      const query = queryOf(search, caller, deps);
      const rows = await listRecords(db, query, readCursor(after), limit + 1);
      const shown = rows.slice(0, limit);
      const own = shown.filter((row) => audienceOf(row, caller) === "agency");
      if (caller && own.length > 0) await noteReading(own, caller);
      const records = await Promise.all(shown.map((row) => viewRecord(row, audienceOf(row, caller), deps)));
      return { records, next: rows.length > limit ? writeCursor(shown) : null };
    },
  };
}

/** A key without the scope to read sees what the public sees. */
function audienceOf(row: RecordRow, caller: Caller | null): Audience {
  return caller?.agency === row.agency && caller.scopes.has("records:read") ? "agency" : "public";
}

function queryOf(search: Search, caller: Caller | null, { kinds }: LookupDeps): RecordQuery {
  if ("file" in search) return { by: "file", sha256: hexToBytes(search.file) };
  if ("documentNumber" in search) {
    const kind = kinds.byName(search.kind);
    if (!kind) throw new HufuError("UNKNOWN_KIND", `There is no kind ${search.kind}: GET /v1/kinds names them.`);
    return { by: "document", kind: kind.id, documentNumber: normaliseDocumentNumber(search.documentNumber) };
  }
  if (!caller)
    throw new HufuError("UNAUTHORIZED", "An agency's record ids are for the agency itself to ask for: show its key.");
  if (caller.agency !== search.agency || !caller.scopes.has("records:read"))
    throw new HufuError("SCOPE_MISSING", "Only the agency itself may ask by record id, with the scope records:read.");
  return { by: "record-id", agency: search.agency, recordId: search.recordId };
}

function writeCursor(rows: readonly RecordRow[]): string {
  return Buffer.from(String(rows.at(-1)?.seq ?? 0)).toString("base64url");
}

function readCursor(cursor: string | null): number {
  if (cursor === null) return 0;
  const text = Buffer.from(cursor, "base64url").toString();
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new HufuError("INVALID_REQUEST", "The cursor is not one that this gateway gave: leave it out to begin again.");
}
