import { hexToBytes } from "../../core/bytes.ts";
import type { ReplayedBatch } from "../../core/ledger/record-table.ts";
import { anchoredRecords } from "./anchored-records.ts";
import type { DatabaseInput } from "./database.ts";
import { createMissingList, missingRecord } from "./missing.ts";
import { divergence, type AuditDivergence, type MissingRecords } from "./report.ts";

export interface MissingInDatabase {
  readonly missing: MissingRecords | undefined;
  /** a record that is missing although the database has its batch, which came after the record: no loss of what was newest explains that */
  readonly removed: AuditDivergence | undefined;
  /** records that are there */
  readonly present: number;
}

/** Looks for every record of the chain under its digest. One that is not there was removed, has another in its place, or came after a backup that was restored. */
export function findMissingRecords(input: DatabaseInput): MissingInDatabase {
  const { database, replay, progress } = input;
  const find = database.prepare("SELECT 1 AS found FROM records WHERE digest = ? AND agency = ? AND kind = ?");
  const findBatch = database.prepare("SELECT 1 AS found FROM batches WHERE root = ?");
  const list = createMissingList("in the database", (sentence) => progress.say(sentence));
  const anchored = anchoredRecords(replay, input.keccak);
  let removed: AuditDivergence | undefined;
  let present = 0;
  let done = 0;
  for (const record of anchored.records) {
    const { batches, digest } = record;
    const [{ agency, kind }] = batches;
    if (find.get(hexToBytes(digest), agency, kind) !== undefined) present++;
    else {
      removed ??= removedFrom(
        batches.find(({ root }) => findBatch.get(hexToBytes(root)) !== undefined),
        digest,
      );
      list.add(missingRecord(record));
    }
    progress.report("looked up in the database", ++done, anchored.count);
  }
  return { missing: list.all(), removed, present };
}

function removedFrom(batch: ReplayedBatch | undefined, digest: string): AuditDivergence | undefined {
  if (batch === undefined) return undefined;
  const { agency, kind, root, blockNumber: block } = batch;
  const what = "The database has the batch of a record, and not the record";
  const names = { digest, agency, kind, root, block };
  return divergence("DATABASE_RECORD_MISSING", what, "a row of this digest, agency and kind", "none", names);
}
