import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { startGateway, type Gateway } from "./demo/gateway.ts";
import { takeCertificates, verifyOffline } from "./demo/offline.ts";
import { replayForged, replayHonest } from "./demo/replay.ts";
import { readSamples, type Sample } from "./demo/samples.ts";
import { createSteps } from "./demo/steps.ts";
import { summary } from "./demo/summary.ts";
import { amendAll, decideAll, notariseAll } from "./demo/tour.ts";
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
