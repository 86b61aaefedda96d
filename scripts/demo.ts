import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { runAudit } from "./demo/audit-run.ts";
import { startGateway, type Gateway } from "./demo/gateway.ts";
import { forgeDatabase } from "./demo/forgery.ts";
import { takeCertificates, verifyOffline } from "./demo/offline.ts";
import { readSamples, type Sample } from "./demo/samples.ts";
import { createSteps, type Finding, type Steps } from "./demo/steps.ts";
import { amendAll, decideAll, notariseAll, type Notarised } from "./demo/tour.ts";
import { verifyAll, verifyForgeries } from "./demo/verification.ts";

const program = new Command("demo")
  .description(
    "The tour: notarises sample decisions on a chain and in a folder of its own, and shows how forgeries are caught.",
  )
  .option("--keep", "leave the folder of the tour where it is")
  .option("--json", "print the findings as one JSON document")
  .addHelpText("after", "\nExit codes: 0 everything came out as it should, 1 something did not, 2 wrong usage.")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const options = program.opts<{ keep?: true; json?: true }>();

const print = options.json ? () => undefined : (line: string) => console.log(line);
const steps = createSteps(print);
const folder = mkdtempSync(join(tmpdir(), "hufu-demo-"));

/** The whole tour, in the order in which it is told. */
async function tour(gateway: Gateway, samples: readonly Sample[]): Promise<void> {
  const records = await notariseAll(gateway, samples, steps);
  await amendAll(gateway, records, steps);
  await decideAll(gateway, records, steps);
  await verifyAll(gateway, records, steps);
  await verifyForgeries(gateway, records, steps);
  await replayHonest(gateway, steps);
  const taken = await takeCertificates(gateway, records, steps);
  await replayForged(gateway, records, steps);
  await verifyOffline(taken, gateway, steps);
}

async function replayHonest(gateway: Gateway, { begin, expect }: Steps): Promise<void> {
  begin("An auditor replays the ledger, and compares the gateway and its database");
  const { exitCode, report } = await runAudit(gateway);
  expect("exit code of npm run audit", exitCode, 0);
  expect("its verdict", report.outcome, "AGREES");
}

async function replayForged(
  gateway: Gateway,
  records: readonly Notarised[],
  { begin, expect, say }: Steps,
): Promise<void> {
  begin("Somebody changes a fine in the gateway's database");
  const victim = forgeDatabase(join(gateway.folder, "hufu.db"), records);
  say(`the fine of ${victim.recordId} is now 0.010000 (万元)`);
  const { exitCode, report } = await runAudit(gateway);
  expect("exit code of npm run audit", exitCode, 1);
  expect("the audit names the record", JSON.stringify(report).includes(victim.digest), true);
}

function summary(findings: readonly Finding[], seconds: number): string {
  const failed = findings.filter(({ ok }) => !ok);
  const lines = failed.map(
    ({ step, what, expected, found }) => `  ✗ ${step}: ${what}: expected ${expected}, found ${found}`,
  );
  const head = `\n${String(findings.length - failed.length)} of ${String(findings.length)} findings as they should be, in ${seconds.toFixed(0)} s`;
  return [head, ...lines].join("\n");
}

async function main(): Promise<number> {
  const begun = Date.now();
  print("虎符 Hufu: the tour. It has a chain and a folder of its own; nothing of yours is touched.");
  const gateway = await startGateway(folder, { HUFU_BATCH_WINDOW_MS: "300" });
  try {
    await tour(gateway, readSamples());
  } finally {
    await gateway.stop();
    if (options.keep) print(`\nThe folders of the tour: ${folder} and what the citizen took, ${folder}-citizen`);
    else for (const each of [folder, `${folder}-citizen`]) rmSync(each, { recursive: true, force: true });
  }
  const findings = steps.findings();
  const ok = findings.every((finding) => finding.ok);
  if (options.json) console.log(JSON.stringify({ ok, seconds: (Date.now() - begun) / 1000, findings }, null, 2));
  else print(summary(findings, (Date.now() - begun) / 1000));
  return ok ? 0 : 1;
}

process.exitCode = await main();
