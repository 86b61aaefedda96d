import type { Kysely, Selectable } from "kysely";

import { OPEN, WAITING } from "./states.ts";
import type { OrdersTable, Tables } from "./tables.ts";

export type Order = Selectable<OrdersTable>;

/** The block that holds an order's effect. */
export interface Place {
  blockNumber: number;
  blockHash: Uint8Array;
  /** milliseconds */
  blockTime: number;
  /** null: the effect was found on the chain, and who brought it is not known */
  transactionHash: Uint8Array | null;
}

/** An order to anchor a batch. */
export interface AnchorOrder {
  id: number;
  agency: string;
  kind: number;
  batchId: number;
  root: Uint8Array;
  count: number;
}

/** An order to change a status, whose target and basis are anchored. */
export interface StatusOrderDue {
  id: number;
  actor: string;
  agency: string;
  kind: number;
  target: Uint8Array;
  leaf: Uint8Array;
  batchId: number;
  root: Uint8Array;
  effect: number;
  basis: Uint8Array;
}

/** Every step of the setup that was ever ordered. */
export async function setupOrders(db: Kysely<Tables>): Promise<Order[]> {
  return db.selectFrom("orders").selectAll().where("type", "=", "setup").orderBy("id").execute();
}

/** The steps of the setup that are not done. */
export async function openSetupOrders(db: Kysely<Tables>): Promise<Order[]> {
  const open = db.selectFrom("orders").selectAll().where("state", "in", OPEN).where("type", "=", "setup");
  return (await open.execute()).toSorted((one, other) => one.id - other.id);
}

export async function insertSetupOrders(
  tx: Kysely<Tables>,
  payloads: readonly string[],
  createdAt: number,
): Promise<void> {
  for (const payload of payloads) {
    await tx.insertInto("orders").values({ type: "setup", payload, created_at: createdAt }).execute();
  }
}

/** Takes orders back whose place newer ones take: they are not tried again, whatever becomes of the chain. */
export async function supersede(tx: Kysely<Tables>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const error = "SUPERSEDED: a newer order takes its place.";
  await tx.updateTable("orders").set({ state: "refused", error }).where("id", "in", ids).execute();
}

/** The oldest anchors that wait, at most `limit`. */
export async function anchorsDue(db: Kysely<Tables>, limit: number): Promise<AnchorOrder[]> {
  return db
    .selectFrom("orders")
    .innerJoin("batches", "batches.id", "orders.batch_id")
    .select(["orders.id", "batches.agency", "batches.kind", "batches.id as batchId", "batches.root", "batches.count"])
    .where("orders.state", "=", WAITING)
    .where("orders.state", "in", OPEN)
    .orderBy("orders.id")
    .limit(limit)
    .execute();
}

/**
 * The oldest changes of status that may be sent, at most `limit`: the batches of target and basis are anchored, that of the basis in block
 * `settled` or before it, and no older change of the same target is open.
 */
export async function statusesDue(
  db: Kysely<Tables>,
  limit: number,
  settled: number = Number.MAX_SAFE_INTEGER,
): Promise<StatusOrderDue[]> {
  const rows = await db
    .selectFrom("orders as o")
    .innerJoin("records as t", "t.digest", "o.target")
    .innerJoin("batches", "batches.id", "t.batch_id")
    .innerJoin("orders as ta", (join) => join.onRef("ta.batch_id", "=", "t.batch_id").on("ta.state", "=", "done"))
    .innerJoin("records as b", "b.digest", "o.basis")
    .innerJoin("orders as ba", (join) => join.onRef("ba.batch_id", "=", "b.batch_id").on("ba.state", "=", "done"))
    .select([
      "o.id",
      "o.agency as actor",
      "t.agency",
      "t.kind",
      "t.digest as target",
      "t.leaf",
      "batches.id as batchId",
    ])
    .select(["batches.root", "o.effect", "b.digest as basis"])
    .where("o.state", "=", WAITING)
    .where("o.state", "in", OPEN)
    .where("o.type", "=", "status")
    .where("ba.block_number", "<=", settled)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom("orders as p")
            .select("p.id")
            .whereRef("p.target", "=", "o.target")
            .whereRef("p.id", "<", "o.id")
            .where("p.state", "in", OPEN),
        ),
      ),
    )
    .orderBy("o.id")
    .limit(limit)
    .execute();
  return rows.flatMap((row) =>
    row.actor === null || row.effect === null ? [] : [{ ...row, actor: row.actor, effect: row.effect }],
  );
}

/** Whether a batch or a status waits for a block; a step of the setup may have to wait for days. */
export async function hasOpenOrders(db: Kysely<Tables>): Promise<boolean> {
  const open = db.selectFrom("orders").select("id").where("state", "in", OPEN).where("type", "!=", "setup");
  return (await open.limit(1).executeTakeFirst()) !== undefined;
}

export async function isDone(db: Kysely<Tables>, orderId: number): Promise<boolean> {
  const done = db.selectFrom("orders").select("id").where("id", "=", orderId).where("state", "=", "done");
  return (await done.executeTakeFirst()) !== undefined;
}

export async function markDone(tx: Kysely<Tables>, orderId: number, place: Place): Promise<void> {
  await tx
    .updateTable("orders")
    .set({
      state: "done",
      block_number: place.blockNumber,
      block_hash: place.blockHash,
      block_time: place.blockTime,
      transaction_hash: place.transactionHash,
      error: null,
    })
    .where("id", "=", orderId)
    .execute();
}

/** Gives an order up for good. `error`: code and sentence, without content. */
export async function refuse(tx: Kysely<Tables>, orderId: number, error: string): Promise<void> {
  await tx
    .updateTable("orders")
    .set({ state: "refused", error })
    .where("id", "=", orderId)
    .where("state", "!=", "done")
    .execute();
}

/** Keeps what an order met, which goes on waiting. */
export async function noteError(tx: Kysely<Tables>, orderId: number, error: string): Promise<void> {
  await tx.updateTable("orders").set({ error }).where("id", "=", orderId).where("state", "!=", "done").execute();
}

/** Sends orders back whose effect stood in a block above `block`, which fell out of the chain. Answers how many. */
export async function reopenAbove(tx: Kysely<Tables>, block: number): Promise<number> {
  const reopened = await tx
    .updateTable("orders")
    .set({ state: "waiting", block_number: null, block_hash: null, block_time: null, transaction_hash: null })
    .where("block_number", ">", block)
    .where("state", "=", "done")
    .executeTakeFirst();
  return Number(reopened.numUpdatedRows);
}

/** The blocks that hold something of ours at or below `highest`, newest first, at most `limit`. */
export async function blocksOfOrders(
  db: Kysely<Tables>,
  highest: number,
  limit: number,
): Promise<{ number: number; hash: Uint8Array; time: number }[]> {
  const rows = await db
    .selectFrom("orders")
    .select(["block_number", "block_hash", "block_time"])
    .distinct()
    .where("block_number", "<=", highest)
    .orderBy("block_number", "desc")
    .limit(limit)
    .execute();
  return rows.flatMap(({ block_number, block_hash, block_time }) =>
    block_number === null || block_hash === null || block_time === null
      ? []
      : [{ number: block_number, hash: block_hash, time: Math.floor(block_time / 1000) }],
  );
}

/** An order to anchor a batch that is not done. `createdAt`: when the batch was made, in milliseconds. */
export interface OpenAnchor {
  id: number;
  root: Uint8Array;
  count: number;
  createdAt: number;
}

/** Orders that anchor one of `roots` and are not done. */
export async function openAnchors(db: Kysely<Tables>, roots: readonly Uint8Array[]): Promise<OpenAnchor[]> {
  if (roots.length === 0) return [];
  return db
    .selectFrom("batches")
    .innerJoin("orders", "orders.batch_id", "batches.id")
    .select(["orders.id", "batches.root", "batches.count", "batches.created_at as createdAt"])
    .where("batches.root", "in", roots)
    .where("orders.state", "!=", "done")
    .execute();
}

/** Orders that set exactly this and are not done, oldest first. */
export async function openStatusOrder(
  db: Kysely<Tables>,
  change: { actor: string; target: Uint8Array; effect: number; basis: Uint8Array },
): Promise<number | null> {
  const row = await db
    .selectFrom("orders")
    .select("id")
    .where("target", "=", change.target)
    .where("agency", "=", change.actor)
    .where("effect", "=", change.effect)
    .where("basis", "=", change.basis)
    .where("state", "!=", "done")
    .orderBy("id")
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Those of `digests` whose record is anchored, and on which no open change of status rests. */
export async function settledDigests(db: Kysely<Tables>, digests: readonly Uint8Array[]): Promise<Uint8Array[]> {
  if (digests.length === 0) return [];
  const rows = await db
    .selectFrom("records as r")
    .innerJoin("orders as a", (join) => join.onRef("a.batch_id", "=", "r.batch_id").on("a.state", "=", "done"))
    .select("r.digest")
    .where("r.digest", "in", digests)
    .where((is) =>
      is.not(
        is.exists(
          is.selectFrom("orders as s").select("s.id").whereRef("s.basis", "=", "r.digest").where("s.state", "in", OPEN),
        ),
      ),
    )
    .execute();
  return rows.map(({ digest }) => digest);
}
