import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { Kysely, SqliteDialect, type CompiledQuery, type SqliteDatabase, type SqliteStatement } from "kysely";

import type { Tables } from "./tables.ts";

/** Statements kept compiled for each connection; queries are few, but lists in them vary in length. */
const CACHED_STATEMENTS = 256;

/**
 * Pages (4 kB) in the write-ahead log before it is carried over into the database: digests fall on random pages of their index, so the
 * longer it waits the more often one write to the database stands for several records. 32 MB are read back in a moment at a start.
 */
const CHECKPOINT_PAGES = 8_192;

/** One connection to a SQLite file: by SQL text for the few statements that Kysely does not say, by Kysely for all else. */
export interface Connection {
  /** runs any number of statements, compiled anew */
  exec(sql: string): void;
  /** runs one statement without parameters, compiled once: for those that bound transactions */
  run(sql: string): void;
  runCompiled: RunCompiled;
  kysely: Kysely<Tables>;
  close(): void;
}

/** Runs what Kysely compiled once, with other parameters in the same order, at once; answers how many rows it changed. */
export type RunCompiled = (query: CompiledQuery, parameters: readonly unknown[]) => number;

export interface ConnectionOptions {
  /** milliseconds to wait for another connection's lock */
  busyTimeout: number;
  /** refuses every write */
  readOnly: boolean;
}

/** Opens `file`; WAL and `synchronous=FULL` make each commit survive a loss of power. Throws what node:sqlite throws. */
export function connect(file: string, options: ConnectionOptions): Connection {
  const database = new DatabaseSync(file, { timeout: options.busyTimeout, enableForeignKeyConstraints: true });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec(`PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    if (options.readOnly) database.exec("PRAGMA query_only = ON");
  } catch (error) {
    database.close();
    throw error;
  }
  const compiling = compilingOnce(database);
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: compiling }) });
  return {
    exec: (sql) => database.exec(sql),
    run: (sql) => void compiling.prepare(sql).run([]),
    runCompiled: ({ sql }, parameters) => Number(compiling.prepare(sql).run(parameters).changes),
    kysely,
    close: () => database.close(),
  };
}

/** What Kysely expects of a driver, over node:sqlite, with compiled statements kept. */
function compilingOnce(database: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = cache.get(sql);
      if (known) return known;
      const statement = kyselyStatement(database, sql);
      const oldest = cache.keys().next();
      if (cache.size >= CACHED_STATEMENTS && !oldest.done) cache.delete(oldest.value);
      cache.set(sql, statement);
      return statement;
    },
  };
}

function kyselyStatement(database: DatabaseSync, sql: string): SqliteStatement {
  const statement: StatementSync = database.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...inputs(parameters)),
    run: (parameters) => statement.run(...inputs(parameters)),
    // A statement of its own: another run of a shared one would reset the rows that are being read.
    iterate: (parameters) => database.prepare(sql).iterate(...inputs(parameters)),
  };
}

/** Kysely hands parameters over untyped; node:sqlite checks each when it binds it, and throws on what it cannot hold. */
function inputs(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[]; // as: checked at the bind, see above
}
