import type { Kysely } from "kysely";

import { REFUSED } from "./states.ts";
import type { Tables } from "./tables.ts";

export interface Counts {
  records: number;
  batches: number;
  /** changes of status on the chain */
  statuses: number;
  /** orders that the chain refused for good: an operator has to look at each */
  refused: number;
}

/** How much the store holds. Rows of records and batches are never deleted, so their newest number is their count. */
export async function countAll(db: Kysely<Tables>): Promise<Counts> {
  const newest = await db
    .selectNoFrom(({ selectFrom }) => [
      selectFrom("records")
        .select(({ fn }) => fn.max("seq").as("n"))
        .as("records"),
      selectFrom("batches")
        .select(({ fn }) => fn.max("id").as("n"))
        .as("batches"),
      selectFrom("statuses")
        .select(({ fn }) => fn.countAll<number>().as("n"))
        .as("statuses"),
      selectFrom("orders")
        .select(({ fn }) => fn.countAll<number>().as("n"))
        .where("state", "=", REFUSED)
        .where("type", "!=", "setup")
        .as("refused"),
    ])
    .executeTakeFirstOrThrow();
  const { records, batches, statuses, refused } = newest;
  return { records: records ?? 0, batches: batches ?? 0, statuses: statuses ?? 0, refused: refused ?? 0 };
}
