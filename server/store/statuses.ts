import type { Insertable, Kysely } from "kysely";

import type { StatusesTable, Tables } from "./tables.ts";

export type Status = Insertable<StatusesTable>;

/** Writes statuses that the chain told of; one that is there already is replaced, for its block may be another now. */
export async function saveStatuses(tx: Kysely<Tables>, statuses: readonly Status[]): Promise<void> {
  for (const status of statuses) {
    await tx
      .insertInto("statuses")
      .values(status)
      .onConflict((conflict) => conflict.columns(["leaf", "version"]).doUpdateSet(status))
      .execute();
  }
}

/** Forgets what stood in blocks above `block`, which fell out of the chain. */
export async function forgetStatusesAbove(tx: Kysely<Tables>, block: number): Promise<void> {
  await tx.deleteFrom("statuses").where("block_number", ">", block).execute();
}
