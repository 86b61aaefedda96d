import { join } from "node:path";
import { runAudit } from "./audit-run.ts";
import { forgeDatabase } from "./forgery.ts";
import type { Gateway } from "./gateway.ts";
import type { Steps } from "./steps.ts";
import type { Notarised } from "./tour.ts";

/** An auditor finds everything as it should be. */
export async function replayHonest(gateway: Gateway, { begin, expect, signal }: Steps): Promise<void> {
  begin("An auditor replays the ledger, and compares the gateway and its database");
  const { exitCode, report } = await runAudit(gateway, signal);
  expect("exit code of npm run audit", exitCode, 0);
  expect("its verdict", report.outcome, "AGREES");
}

/** Somebody changes the database, and the audit names what. */
export async function replayForged(
  gateway: Gateway,
  records: readonly Notarised[],
  { begin, expect, say, signal }: Steps,
): Promise<void> {
  begin("Somebody changes a fine in the gateway's database");
  const victim = forgeDatabase(join(gateway.folder, "hufu.db"), records);
  say(`the fine of ${victim.recordId} is now 0.010000 (万元)`);
  const { exitCode, report } = await runAudit(gateway, signal);
  expect("exit code of npm run audit", exitCode, 1);
  expect("the audit names the record", JSON.stringify(report).includes(victim.digest), true);
}
