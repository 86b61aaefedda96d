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

/** What a status may rest on, by what the store knows: the decisions and amendments that set or are to set the status of this record. */
export async function possibleBases(
  db: Kysely<Tables>,
  record: { leaf: Uint8Array; digest: Uint8Array },
): Promise<Uint8Array[]> {
  const told = await db.selectFrom("statuses").select("basis").where("leaf", "=", record.leaf).execute();
  const ordered = await db.selectFrom("orders").select("basis").where("target", "=", record.digest).execute();
  return [...told, ...ordered].flatMap(({ basis }) => basis ?? []);
}

/** Forgets what stood in blocks above `block`, which fell out of the chain. */
export async function forgetStatusesAbove(tx: Kysely<Tables>, block: number): Promise<void> {
  await tx.deleteFrom("statuses").where("block_number", ">", block).execute();
}
