import { accessSync, closeSync, constants, mkdirSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Kysely } from "kysely";

import { HufuError } from "../../core/error.ts";
import { migrate } from "./migrate.ts";
import { connect } from "./sqlite.ts";
import type { Tables } from "./tables.ts";
import { createWriter, type WriteJob } from "./writer.ts";

/** The gateway's memory. One process at a time holds a data folder. */
export interface Store {
  /** Reads what is committed, nothing that is being written; refuses writes. */
  db: Kysely<Tables>;
  /** Resolves after the fsynced commit. Jobs that are queued share one transaction; a failing job is rolled back alone. */
  write<T>(job: WriteJob<T>): Promise<T>;
  /** Finishes the queued writes, closes the files and lets another process in. */
  close(): Promise<void>;
}

/**
 * Opens, or creates, the store in the folder `data`. Throws DATA_FOLDER_UNWRITABLE, DATA_FOLDER_LOCKED (another process holds
 * it) or DATA_FOLDER_VERSION.
 */
export async function openStore(data: string): Promise<Store> {
  prepareFolder(data);
  const unlock = lockFolder(data);
  try {
    const file = join(data, "hufu.db");
    createPrivately(file);
    const writing = connect(file, { busyTimeout: 5_000, readOnly: false });
    await migrate(writing);
    const reading = connect(file, { busyTimeout: 5_000, readOnly: true });
    const writer = createWriter(writing);
    return {
      db: reading.kysely,
      write: (job) => writer.write(job),
      async close() {
        await writer.close();
        reading.close();
        writing.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function prepareFolder(data: string): void {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    accessSync(data, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw unwritable(data, cause);
  }
}

/** The store holds personal data, and the folder may have been made by somebody else; SQLite gives its other files the mode of this one. */
function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, "a", 0o600));
  } catch (cause) {
    throw unwritable(dirname(file), cause);
  }
}

function unwritable(data: string, cause: unknown): HufuError {
  return new HufuError(
    "DATA_FOLDER_UNWRITABLE",
    `Hufu cannot write to the data folder ${data}: make it writable, or name another one with HUFU_DATA.`,
    { cause },
  );
}

/** Takes the folder for this process. The lock is the operating system's, so it is free again after `kill -9`. */
function lockFolder(data: string): () => void {
  let lock: DatabaseSync;
  try {
    lock = new DatabaseSync(join(data, "instance.lock"), { timeout: 0 });
  } catch (cause) {
    throw unwritable(data, cause);
  }
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw unwritable(data, cause);
    throw new HufuError(
      "DATA_FOLDER_LOCKED",
      `Another Hufu works on the data folder ${data}: stop it, or name another folder with HUFU_DATA.`,
      { cause },
    );
  }
  return () => lock.close();
}

function isBusy(cause: unknown): boolean {
  const SQLITE_BUSY = 5;
  return cause instanceof Error && "errcode" in cause && (Number(cause.errcode) & 0xff) === SQLITE_BUSY;
}
