import { DatabaseSync } from "node:sqlite";
import { to0x } from "../../../core/bytes.ts";
import type { Replay } from "../../../core/ledger/replay.ts";
import { bytes, number } from "../database-row.ts";
import { createWaitCounter, type Waits } from "./waits.ts";

/** How long the records of a gateway's database waited for their blocks. `file` was compared before, so it can be read. */
export function waitsInDatabase(file: string, replay: Replay): Waits | null {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  const counter = createWaitCounter();
  try {
    const select = "SELECT b.root, r.accepted_at FROM records r JOIN batches b ON b.id = r.batch_id";
    for (const row of database.prepare(select).iterate()) {
      const batch = replay.batch(to0x(bytes(row, "root")));
      if (batch !== undefined) counter.add(number(row, "accepted_at"), 1000 * batch.blockTime);
    }
  } finally {
    database.close();
  }
  return counter.waits("database");
}
