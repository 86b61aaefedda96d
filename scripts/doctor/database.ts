import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { STORE_FORMAT } from "../../server/store/migrate.ts";
import { found, type Finding } from "./finding.ts";

/** What a gateway's database says of itself. */
export interface DatabaseFacts {
  /** which chain it writes to; null: it never met one */
  readonly chain: { readonly chainId: number; readonly genesisHash: string; readonly type: string | null } | null;
  /** the newest block that it has read; null: none */
  readonly readTo: number | null;
  /** records that are accepted and not anchored, and when the oldest was accepted or put into its batch; milliseconds of Unix time */
  readonly waiting: { readonly records: number; readonly since: number | null };
}

const chainShape = z.looseObject({
  chainId: z.number(),
  genesisHash: z.string(),
  consensus: z.looseObject({ type: z.string() }).optional(),
});
const cursorShape = z.looseObject({ number: z.number() });
const numberShape = z.number().nullable();

/** Bytes: a look at every page of a larger one would take minutes. */
const LARGE = 2 ** 30;

/** Looks at a data folder's database, and writes nothing; `facts` null: it cannot be read. */
export function examineDatabase(data: string): { findings: Finding[]; facts: DatabaseFacts | null } {
  const file = join(data, "hufu.db");
  if (!existsSync(file)) return { findings: [found("folder", "DATABASE_MISSING", { file })], facts: null };
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    const format = JSON.stringify(valueOf(database, "format"));
    if (format !== JSON.stringify(STORE_FORMAT))
      return { findings: [found("folder", "DATABASE_VERSION", { found: format, wanted: STORE_FORMAT })], facts: null };
    return { findings: [soundness(database, file), ...refusals(database)], facts: factsOf(database) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { findings: [found("folder", "DATABASE_UNREADABLE", { file, why })], facts: null };
  } finally {
    database?.close();
  }
}

/** Whether a data folder's gateway has met its chain, on which it insists from then on; true too where its database cannot be read. */
export function knowsChain(data: string): boolean {
  const file = join(data, "hufu.db");
  if (!existsSync(file)) return false;
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    return valueOf(database, "chain") !== null;
  } catch {
    return true;
  } finally {
    database?.close();
  }
}

function soundness(database: DatabaseSync, file: string): Finding {
  if (statSync(file).size > LARGE) return found("folder", "DATABASE_LARGE", { file });
  const said = database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
  if (said !== "ok") return found("folder", "DATABASE_DAMAGED", { file, why: String(said) });
  return found("folder", "DATABASE_SOUND", {
    records: numberIn(database, "SELECT coalesce(max(seq), 0) FROM records") ?? 0,
  });
}

/** Orders that no attempt can fulfil; those whose place newer ones took are none of them. */
function refusals(database: DatabaseSync): Finding[] {
  const errors = database.prepare("SELECT error FROM orders WHERE state = 'refused'").all();
  const codes = errors
    .map(({ error }) => /^\w+/.exec(String(error))?.[0] ?? "UNKNOWN")
    .filter((code) => code !== "SUPERSEDED");
  if (codes.length === 0) return [];
  return [found("folder", "ORDERS_REFUSED", { orders: codes.length, codes: [...new Set(codes)].join(", ") })];
}

function factsOf(database: DatabaseSync): DatabaseFacts {
  const known = chainShape.safeParse(valueOf(database, "chain")).data;
  const chain = known && {
    chainId: known.chainId,
    genesisHash: known.genesisHash,
    type: known.consensus?.type ?? null,
  };
  const open = "FROM orders o JOIN batches b ON b.id = o.batch_id WHERE o.state IN ('waiting', 'sent')";
  const loose = "FROM records WHERE batch_id IS NULL";
  const counts = [`SELECT count(*) ${loose}`, `SELECT coalesce(sum(b.count), 0) ${open}`].map(
    (sql) => numberIn(database, sql) ?? 0,
  );
  const times = [`SELECT min(accepted_at) ${loose}`, `SELECT min(b.created_at) ${open}`].flatMap(
    (sql) => numberIn(database, sql) ?? [],
  );
  const records = counts.reduce((sum, count) => sum + count, 0);
  const readTo = cursorShape.safeParse(valueOf(database, "cursor")).data?.number ?? null;
  return { chain: chain ?? null, readTo, waiting: { records, since: times.length === 0 ? null : Math.min(...times) } };
}

/** The one value of the one row of a query. */
function numberIn(database: DatabaseSync, sql: string): number | null {
  return numberShape.parse(Object.values(database.prepare(sql).get() ?? {})[0] ?? null);
}

function valueOf(database: DatabaseSync, name: string): unknown {
  const row = database.prepare("SELECT value FROM meta WHERE name = ?").get(name);
  return row === undefined ? null : JSON.parse(String(row["value"]));
}
