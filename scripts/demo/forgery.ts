import { DatabaseSync } from "node:sqlite";
import type { Notarised } from "./tour.ts";

/** Changes one fine in the database file behind the gateway's back, and says whose. */
export function forgeDatabase(file: string, records: readonly Notarised[]): Notarised {
  const victim = records.find(({ content }) => typeof content["fineAmountWan"] === "string");
  if (!victim) throw new Error("the samples have no fine");
  const database = new DatabaseSync(file, { timeout: 5_000 });
  const { changes } = database
    .prepare(`update records set content = json_replace(content, '$.fineAmountWan', '0.010000') where digest = ?`)
    .run(Buffer.from(victim.digest, "hex"));
  database.close();
  if (changes !== 1) throw new Error(`${String(changes)} rows were changed`);
  return victim;
}
