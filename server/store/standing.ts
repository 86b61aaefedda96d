import type { Kysely, Selectable } from "kysely";

import { HufuError } from "../../core/error.ts";
import { effectCode, effectOf, type Effect } from "../../core/ledger/effect.ts";
import type { OrdersTable, StatusesTable, Tables } from "./tables.ts";

/** Where a record stands: what the chain says, and what was ordered and is not on the chain yet. */
export interface Standing {
  /** on the chain; IN_FORCE where nothing was ever set */
  effect: Effect;
  /** how often it was set on the chain */
  version: number;
  /** the newest change on the chain; null: never set */
  status: Selectable<StatusesTable> | null;
  /** oldest first */
  pending: readonly PendingStatus[];
  /** what becomes true once the pending orders are done; equals `effect` where none is pending */
  foreseen: Effect;
}

export interface PendingStatus {
  effect: Effect;
  /** who sets it */
  actor: string;
  basis: Uint8Array;
  state: "waiting" | "sent";
  /** milliseconds */
  orderedAt: number;
}

export async function findStanding(
  db: Kysely<Tables>,
  record: { leaf: Uint8Array; digest: Uint8Array },
): Promise<Standing> {
  const newest = db
    .selectFrom("statuses")
    .selectAll()
    .where("leaf", "=", record.leaf)
    .orderBy("version", "desc")
    .limit(1);
  const status = (await newest.executeTakeFirst()) ?? null;
  const orders = await db
    .selectFrom("orders")
    .selectAll()
    .where("target", "=", record.digest)
    .where("state", "in", ["waiting", "sent"])
    .orderBy("id")
    .execute();
  const effect = status ? effectOfCode(status.effect) : "IN_FORCE";
  const pending = orders.map(pendingOf);
  return { effect, version: status?.version ?? 0, status, pending, foreseen: pending.at(-1)?.effect ?? effect };
}

export interface StatusOrder {
  /** the agency that sets the status */
  actor: string;
  target: Uint8Array;
  effect: Effect;
  /** digest of the decision, or of the amendment, that must be anchored before this order is sent */
  basis: Uint8Array;
  createdAt: number;
}

/** Puts a change of status into the outbox. */
export async function orderStatus(tx: Kysely<Tables>, order: StatusOrder): Promise<void> {
  await tx
    .insertInto("orders")
    .values({
      type: "status",
      agency: order.actor,
      target: order.target,
      effect: effectCode(order.effect),
      basis: order.basis,
      created_at: order.createdAt,
    })
    .execute();
}

function pendingOf(order: Selectable<OrdersTable>): PendingStatus {
  const { agency, basis, state } = order;
  if (agency === null || basis === null || (state !== "waiting" && state !== "sent"))
    throw new HufuError("INVARIANT", `order ${order.id} is no pending status`);
  return { effect: effectOfCode(order.effect ?? 0), actor: agency, basis, state, orderedAt: order.created_at };
}

function effectOfCode(code: number): Effect {
  const effect = effectOf(code);
  if (!effect) throw new HufuError("INVARIANT", `the store holds an effect ${code}, which is none`);
  return effect;
}
