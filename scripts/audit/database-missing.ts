import { bytesToHex } from "../../core/bytes.ts";
import type { DatabaseInput } from "./database.ts";
import { divergence, type AuditDivergence } from "./report.ts";

/** The first record of the chain that the database does not have under its digest: removed, or another was put in its place. */
export function findMissingRecord(input: DatabaseInput): AuditDivergence | undefined {
  const { database, replay, progress } = input;
  const find = database.prepare("SELECT 1 AS found FROM records WHERE digest = ? AND agency = ? AND kind = ?");
  const all = replay.counts().records;
  let done = 0;
  for (const [index, { agency, kind, root, blockNumber }] of replay.batches().entries()) {
    const digests = replay.digestsOf(index);
    for (let at = 0; at < digests.length; at += 32) {
      const digest = digests.subarray(at, at + 32);
      if (find.get(digest, agency, kind) !== undefined) continue;
      const names = { digest: bytesToHex(digest), agency, kind, root, block: blockNumber };
      const what = "The database does not have a record that is anchored";
      return divergence("DATABASE_RECORD_MISSING", what, "a row of this digest, agency and kind", "none", names);
    }
    done += digests.length / 32;
    progress.report("looked up in the database", done, all);
  }
  return undefined;
}
