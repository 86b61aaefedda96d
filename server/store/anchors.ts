import type { Kysely } from "kysely";

import { HufuError } from "../../core/error.ts";
import type { Tables } from "./tables.ts";

/** Where a batch stands on its way to the chain. */
export type BatchStage =
  | { stage: "batched" | "sent"; root: Uint8Array; count: number }
  | { stage: "anchored"; root: Uint8Array; count: number; anchor: AnchorRow };

/** The block that holds a batch's event. */
export interface AnchorRow {
  /** null: the batch was found on the chain, and who brought it is not known */
  transactionHash: Uint8Array | null;
  blockNumber: number;
  blockHash: Uint8Array;
  /** milliseconds */
  blockTime: number;
}

/** Tells of the batch with this id how far it is. A batch without an order is only just cut. */
export async function findBatchStage(db: Kysely<Tables>, batchId: number): Promise<BatchStage> {
  const row = await db
    .selectFrom("batches")
    .leftJoin("orders", (join) => join.onRef("orders.batch_id", "=", "batches.id").on("orders.type", "=", "anchor"))
    .select(["batches.root", "batches.count", "orders.state"])
    .select(["orders.transaction_hash", "orders.block_number", "orders.block_hash", "orders.block_time"])
    .where("batches.id", "=", batchId)
    .executeTakeFirst();
  if (!row) throw new HufuError("INVARIANT", `there is no batch ${batchId}`);
  const { root, count, transaction_hash, block_number, block_hash, block_time } = row;
  if (row.state === "sent") return { stage: "sent", root, count };
  if (row.state !== "done") return { stage: "batched", root, count };
  if (block_number === null || block_hash === null || block_time === null)
    throw new HufuError("INVARIANT", `the order of batch ${batchId} is done in no block`);
  const anchor = {
    transactionHash: transaction_hash,
    blockNumber: block_number,
    blockHash: block_hash,
    blockTime: block_time,
  };
  return { stage: "anchored", root, count, anchor };
}

/** The leaves of a batch, 32 bytes each, ascending: the order of its tree. */
export async function findBatchLeaves(db: Kysely<Tables>, batchId: number): Promise<Uint8Array[]> {
  const rows = await db.selectFrom("records").select("leaf").where("batch_id", "=", batchId).orderBy("leaf").execute();
  return rows.map(({ leaf }) => leaf);
}
