import type { Kysely } from "kysely";

import { PENDING } from "./states.ts";
import type { Tables } from "./tables.ts";

export interface NewAttempt {
  orderId: number;
  /** seconds of block time */
  deadline: number;
  /** address, 0x and lower case */
  relayer: string;
  nonce: number;
  signature: Uint8Array | null;
  rawTransaction: Uint8Array;
  transactionHash: Uint8Array;
  /** milliseconds */
  createdAt: number;
}

/** An attempt without its transaction, which may be large. */
export interface PendingAttempt {
  id: number;
  orderId: number;
  deadline: number;
  relayer: string;
  nonce: number;
  transactionHash: Uint8Array;
}

/** Writes attempts and marks their orders as sent: to be committed before any of them is handed to a node. */
export async function insertAttempts(tx: Kysely<Tables>, attempts: readonly NewAttempt[]): Promise<void> {
  for (const attempt of attempts) {
    await tx
      .insertInto("attempts")
      .values({
        order_id: attempt.orderId,
        deadline: attempt.deadline,
        relayer: attempt.relayer,
        nonce: attempt.nonce,
        signature: attempt.signature,
        raw_transaction: attempt.rawTransaction,
        transaction_hash: attempt.transactionHash,
        created_at: attempt.createdAt,
      })
      .execute();
    await tx.updateTable("orders").set({ state: "sent" }).where("id", "=", attempt.orderId).execute();
  }
}

/** Those that may still be mined, by account and nonce. */
export async function pendingAttempts(db: Kysely<Tables>): Promise<PendingAttempt[]> {
  return db
    .selectFrom("attempts")
    .select(["id", "order_id as orderId", "deadline", "relayer", "nonce", "transaction_hash as transactionHash"])
    .where("state", "=", PENDING)
    .orderBy("relayer")
    .orderBy("nonce")
    .execute();
}

/** The signed transactions of attempts, in no order. */
export async function rawTransactions(
  db: Kysely<Tables>,
  ids: readonly number[],
): Promise<{ id: number; rawTransaction: Uint8Array }[]> {
  if (ids.length === 0) return [];
  return db.selectFrom("attempts").select(["id", "raw_transaction as rawTransaction"]).where("id", "in", ids).execute();
}

/** The transactions that were tried for an order, newest first. */
export async function triedTransactions(db: Kysely<Tables>, orderId: number): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom("attempts")
    .select("transaction_hash")
    .where("order_id", "=", orderId)
    .orderBy("id", "desc")
    .execute();
  return rows.map(({ transaction_hash }) => transaction_hash);
}

/** The signed transaction that brought a batch to the chain; undefined where it is not one of ours. */
export async function minedTransaction(db: Kysely<Tables>, batchId: number): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom("orders as o")
    .innerJoin("attempts as a", (join) =>
      join.onRef("a.transaction_hash", "=", "o.transaction_hash").onRef("a.order_id", "=", "o.id"),
    )
    .select("a.raw_transaction")
    .where("o.batch_id", "=", batchId)
    .executeTakeFirst();
  return row?.raw_transaction;
}

/** Which nonces of whom carried what stands in blocks above `block`. */
export async function carriersAbove(db: Kysely<Tables>, block: number): Promise<{ relayer: string; nonce: number }[]> {
  return db
    .selectFrom("orders as o")
    .innerJoin("attempts as a", (join) =>
      join.onRef("a.transaction_hash", "=", "o.transaction_hash").onRef("a.order_id", "=", "o.id"),
    )
    .select(["a.relayer", "a.nonce"])
    .where("o.block_number", ">", block)
    .execute();
}

/** Gives attempts up; an order whose last one this was waits again. */
export async function abandonAttempts(
  tx: Kysely<Tables>,
  attempts: readonly { id: number; orderId: number }[],
): Promise<void> {
  for (const { id, orderId } of attempts) {
    await tx.updateTable("attempts").set({ state: "dead" }).where("id", "=", id).execute();
    const others = tx.selectFrom("attempts").select("id").where("order_id", "=", orderId).where("state", "=", PENDING);
    await tx
      .updateTable("orders")
      .set({ state: "waiting" })
      .where("id", "=", orderId)
      .where("state", "=", "sent")
      .where((is) => is.not(is.exists(others)))
      .execute();
  }
}

/** Gives up every change of status that is under way: its order waits again until what it rests on is anchored. Answers which nonces of whom. */
export async function abandonStatusAttempts(tx: Kysely<Tables>): Promise<{ relayer: string; nonce: number }[]> {
  const attempts = await tx
    .selectFrom("attempts")
    .innerJoin("orders", "orders.id", "attempts.order_id")
    .select(["attempts.id", "orders.id as orderId", "attempts.relayer", "attempts.nonce"])
    .where("attempts.state", "=", PENDING)
    .where("orders.type", "=", "status")
    .execute();
  await abandonAttempts(tx, attempts);
  return attempts;
}

export async function markMined(tx: Kysely<Tables>, transactionHash: Uint8Array): Promise<void> {
  await tx
    .updateTable("attempts")
    .set({ state: "mined" })
    .where("transaction_hash", "=", transactionHash)
    .where("state", "=", PENDING)
    .execute();
}
