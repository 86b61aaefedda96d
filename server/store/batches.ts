import type { Kysely } from "kysely";

import { HufuError } from "../../core/error.ts";
import { OPEN } from "./states.ts";
import type { Tables } from "./tables.ts";

/** The records of one agency and kind that are in no batch yet. */
export interface Queue {
  agency: string;
  kind: number;
  waiting: number;
  /** milliseconds: when the first of them was accepted */
  openedAt: number;
}

/** What is about to become a batch; it never changes after it was written. */
export interface NewBatch {
  agency: string;
  kind: number;
  root: Uint8Array;
  /** the records up to this one that are in no batch yet are its members */
  lastSeq: number;
  count: number;
  /** milliseconds */
  createdAt: number;
}

/** The queues that hold a record. */
export async function openQueues(db: Kysely<Tables>): Promise<Queue[]> {
  const groups = await db
    .selectFrom("records")
    .select(({ fn }) => ["agency", "kind", fn.countAll<number>().as("waiting"), fn.min("seq").as("first")])
    .where("batch_id", "is", null)
    .groupBy(["agency", "kind"])
    .execute();
  if (groups.length === 0) return [];
  const firsts = await db
    .selectFrom("records")
    .select(["seq", "accepted_at"])
    .where(
      "seq",
      "in",
      groups.map(({ first }) => first),
    )
    .execute();
  const acceptedAt = new Map(firsts.map(({ seq, accepted_at }) => [seq, accepted_at]));
  return groups.map(({ agency, kind, waiting, first }) => ({
    agency,
    kind,
    waiting,
    openedAt: acceptedAt.get(first) ?? 0,
  }));
}

/** The oldest records of a queue, at most `limit`, oldest first. */
export async function oldestUnbatched(
  db: Kysely<Tables>,
  queue: { agency: string; kind: number },
  limit: number,
): Promise<{ seq: number; digest: Uint8Array }[]> {
  return db
    .selectFrom("records")
    .select(["seq", "digest"])
    .where("agency", "=", queue.agency)
    .where("kind", "=", queue.kind)
    .where("batch_id", "is", null)
    .orderBy("seq")
    .limit(limit)
    .execute();
}

/** Writes a batch, its membership and the order to anchor it. Throws INVARIANT, and writes nothing, unless its members are as many as it says. */
export async function insertBatch(tx: Kysely<Tables>, batch: NewBatch): Promise<void> {
  const { agency, kind, root, count, createdAt } = batch;
  const { id } = await tx
    .insertInto("batches")
    .values({ agency, kind, root, count, created_at: createdAt })
    .returning("id")
    .executeTakeFirstOrThrow();
  const joined = await tx
    .updateTable("records")
    .set({ batch_id: id })
    .where("agency", "=", agency)
    .where("kind", "=", kind)
    .where("batch_id", "is", null)
    .where("seq", "<=", batch.lastSeq)
    .executeTakeFirst();
  if (Number(joined.numUpdatedRows) !== count)
    throw new HufuError("INVARIANT", `a batch of ${count} records was joined by ${joined.numUpdatedRows}`);
  await tx.insertInto("orders").values({ type: "anchor", agency, batch_id: id, created_at: createdAt }).execute();
}

/** The digests of a batch, 32 bytes each, in ascending order of their leaves: as the contract wants them. */
export async function batchDigests(db: Kysely<Tables>, batchId: number): Promise<Uint8Array> {
  const rows = await db
    .selectFrom("records")
    .select("digest")
    .where("batch_id", "=", batchId)
    .orderBy("leaf")
    .execute();
  const digests = new Uint8Array(rows.length * 32);
  rows.forEach(({ digest }, index) => digests.set(digest, index * 32));
  return digests;
}

/** How many records are accepted and not anchored. */
export async function unanchoredCount(db: Kysely<Tables>): Promise<number> {
  const unbatched = await db
    .selectFrom("records")
    .select(({ fn }) => fn.countAll<number>().as("records"))
    .where("batch_id", "is", null)
    .executeTakeFirst();
  const batched = await db
    .selectFrom("orders")
    .innerJoin("batches", "batches.id", "orders.batch_id")
    .select(({ fn }) => fn.sum<number | null>("batches.count").as("records"))
    .where("orders.state", "in", OPEN)
    .executeTakeFirst();
  return (unbatched?.records ?? 0) + (batched?.records ?? 0);
}
