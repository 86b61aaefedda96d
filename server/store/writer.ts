import type { Kysely } from "kysely";

import { HufuError } from "../../core/error.ts";
import type { Connection, RunCompiled } from "./sqlite.ts";
import type { Tables } from "./tables.ts";

/**
 * Runs inside the writer's transaction: it may await queries on `tx` and nothing else, or it would hold up every other writer. `run`
 * is for the few statements that run tens of thousands of times a second.
 */
export type WriteJob<T> = (tx: Kysely<Tables>, run: RunCompiled) => Promise<T>;

export interface Writer {
  /**
   * Resolves after the commit that holds the job was fsynced; rejects with the job's own error, or with STORE_FAILED if the
   * commit failed: then the job may still be on disk, and the caller must ask again rather than assume.
   */
  write<T>(job: WriteJob<T>): Promise<T>;
  /** Waits for what was queued, then refuses (STORE_FAILED) whatever comes. */
  close(): Promise<void>;
}

/** A job that has run, or will, in a transaction. */
interface Entry {
  run(connection: Connection): Promise<void>;
  /** hands the job's result to its caller; after the commit */
  settle(): void;
  fail(error: unknown): void;
}

/**
 * Group commit: one transaction holds every job that the event loop had when it came round, so many requests share one fsync
 * and none waits for a clock. Each job has a savepoint: one that fails takes back its own changes alone.
 */
export function createWriter(connection: Connection): Writer {
  let queue: Entry[] = [];
  let turn: Promise<void> | null = null;
  let refusal: HufuError | null = null;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      await eventLoopTurn();
      const entries = queue;
      queue = [];
      const broken = await commitTogether(connection, entries);
      if (broken) refusal = broken;
    }
    turn = null;
  }

  return {
    write(job) {
      if (refusal) return Promise.reject(refusal);
      return new Promise((resolve, reject) => {
        queue.push(entryOf(job, resolve, reject));
        turn ??= drain();
      });
    },
    async close() {
      refusal ??= new HufuError("STORE_FAILED", "The store is closed: the gateway is stopping.");
      if (turn) await turn;
    },
  };
}

/** Resolves once the requests that have already arrived were read, so that their writes join the transaction. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function entryOf<T>(job: WriteJob<T>, resolve: (value: T) => void, reject: (error: unknown) => void): Entry {
  let settle: () => void = () => reject(new HufuError("INVARIANT", "A write was settled before it ran."));
  return {
    async run({ kysely, runCompiled }) {
      const value = await job(kysely, runCompiled);
      settle = () => resolve(value);
    },
    settle: () => settle(),
    fail: reject,
  };
}

/** Returns the reason to refuse every later write, or null. */
async function commitTogether(connection: Connection, entries: readonly Entry[]): Promise<HufuError | null> {
  const ran: Entry[] = [];
  try {
    connection.run("BEGIN IMMEDIATE");
    for (const entry of entries) {
      if (await runAlone(connection, entry)) ran.push(entry);
    }
    connection.run("COMMIT");
  } catch (cause) {
    rollBack(connection);
    const error = new HufuError("STORE_FAILED", "The store could not commit; the write may have to be repeated.", {
      cause,
    });
    for (const entry of entries) entry.fail(error);
    return isDiskFault(cause) ? error : null;
  }
  for (const entry of ran) entry.settle();
  return null;
}

/** Whether the job ran; if not, its changes are taken back and its caller knows. */
async function runAlone(connection: Connection, entry: Entry): Promise<boolean> {
  connection.run("SAVEPOINT job");
  try {
    await entry.run(connection);
  } catch (error) {
    connection.run("ROLLBACK TO job");
    connection.run("RELEASE job");
    entry.fail(error);
    return false;
  }
  connection.run("RELEASE job");
  return true;
}

function rollBack(connection: Connection): void {
  try {
    connection.run("ROLLBACK");
  } catch {
    // SQLite has rolled back by itself, or BEGIN had failed: either way nothing is open.
  }
}

/** After a failed fsync the kernel may have dropped the pages: only a restart, which reads the log again, tells what is there. */
function isDiskFault(cause: unknown): boolean {
  const SQLITE_IOERR = 10;
  return cause instanceof Error && "errcode" in cause && (Number(cause.errcode) & 0xff) === SQLITE_IOERR;
}
