import type { Kysely } from "kysely";

import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import type { Tables } from "./tables.ts";

/** The newest block whose events were read. */
export interface Cursor {
  readonly number: number;
  readonly hash: Hex;
  /** seconds */
  readonly time: number;
}

/** Which chain this folder writes to. */
export interface ChainFacts {
  readonly chainId: number;
  readonly genesisHash: Hex;
  /** the ledger's address, which follows from the deployer's key; absent in folders of before it was kept */
  readonly ledger?: Hex;
  /** how it agrees on its blocks; absent in folders of before it was kept */
  readonly consensus?: Consensus;
}

export function readCursor(db: Kysely<Tables>): Promise<Cursor | null> {
  return readFact(db, "cursor", isCursor);
}

export function saveCursor(tx: Kysely<Tables>, cursor: Cursor): Promise<void> {
  const { number, hash, time } = cursor;
  return saveFact(tx, "cursor", { number, hash, time });
}

export function readChainFacts(db: Kysely<Tables>): Promise<ChainFacts | null> {
  return readFact(db, "chain", isChainFacts);
}

/** The chain that an earlier start met; null: none, or what is kept of it is not enough to begin without its node. */
export async function knownChain(db: Kysely<Tables>): Promise<(ChainFacts & { readonly consensus: Consensus }) | null> {
  const facts = await readChainFacts(db);
  return facts?.consensus === undefined ? null : { ...facts, consensus: facts.consensus };
}

export function saveChainFacts(tx: Kysely<Tables>, facts: ChainFacts): Promise<void> {
  return saveFact(tx, "chain", facts);
}

async function readFact<T>(
  db: Kysely<Tables>,
  name: string,
  accepts: (value: unknown) => value is T,
): Promise<T | null> {
  const row = await db.selectFrom("meta").select("value").where("name", "=", name).executeTakeFirst();
  if (!row) return null;
  const value: unknown = JSON.parse(row.value);
  if (!accepts(value)) throw new HufuError("INVARIANT", `the store's ${name} is not what this program writes`);
  return value;
}

async function saveFact(tx: Kysely<Tables>, name: string, fact: Cursor | ChainFacts): Promise<void> {
  const row = { name, value: JSON.stringify(fact) };
  await tx
    .insertInto("meta")
    .values(row)
    .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
    .execute();
}

function isCursor(value: unknown): value is Cursor {
  return typeof value === "object" && value !== null && "number" in value && "hash" in value && "time" in value;
}

function isChainFacts(value: unknown): value is ChainFacts {
  return typeof value === "object" && value !== null && "chainId" in value && "genesisHash" in value;
}
