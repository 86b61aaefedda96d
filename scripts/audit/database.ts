import { DatabaseSync } from "node:sqlite";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { Replay } from "../../core/ledger/replay.ts";
import { compareAgencies, compareStatuses } from "./database-statuses.ts";
import { findMissingRecords, type MissingInDatabase } from "./database-missing.ts";
import { compareBatches } from "./database-batches.ts";
import { text } from "./database-row.ts";
import type { Progress } from "./progress.ts";
import type { AuditDivergence } from "./report.ts";

export interface DatabaseInput {
  readonly database: DatabaseSync;
  readonly replay: Replay;
  readonly keccak: Keccak;
  /** the block up to which was replayed; rows of later blocks are not compared */
  readonly block: number;
  readonly progress: Progress;
}

export interface DatabaseComparison extends Omit<MissingInDatabase, "removed"> {
  /** the first difference beside records that are missing with their whole batches */
  readonly differs: AuditDivergence | undefined;
}

/** The version of the store's tables that is read here. */
const storeFormat = "1";

/**
 * Compares every row of a gateway's database with the chain, in one read transaction: the gateway may be running. Names the first
 * record that was changed, removed or never anchored though the store says so, and what is missing beside it: a database that lost its newest
 * records is compared all the same. Throws INVALID_REQUEST if the file cannot be read.
 */
export function compareDatabase(file: string, input: Omit<DatabaseInput, "database">): DatabaseComparison {
  const database = openReadOnly(file);
  try {
    database.exec("BEGIN");
    const all = { ...input, database };
    const { removed, missing, present } = findMissingRecords(all);
    const differs = removed ?? compareBatches(all) ?? compareStatuses(all) ?? compareAgencies(all);
    return { differs, missing, present };
  } finally {
    database.close();
  }
}

function openReadOnly(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    const row = database.prepare("SELECT value FROM meta WHERE name = 'format'").get();
    if (row === undefined || text(row, "value") !== storeFormat) throw new Error(`its format is not ${storeFormat}`);
    return database;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HufuError("INVALID_REQUEST", `The database ${file} cannot be read: ${why}.`, { cause });
  }
}
