import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { HufuError } from "../core/error.ts";
import { startGateway, type Gateway } from "./demo/gateway.ts";
import { takeCertificates, verifyOffline } from "./demo/offline.ts";
import { replayForged, replayHonest } from "./demo/replay.ts";
import { readSamples } from "./demo/samples.ts";
import { createSteps } from "./demo/steps.ts";
import { summary } from "./demo/summary.ts";
import { amendAll, decideAll, notariseAll } from "./demo/tour.ts";
import * as validators from "./demo/validators.ts";
import { verifyAll, verifyForgeries } from "./demo/verification.ts";
import type { Network } from "./network/network.ts";

const usageError = 2;
const interrupted = 130;

const program = new Command("demo:network")
  .description(
    "The tour on four real validators of its own, one of which is killed on the way. It needs geth 1.13, or Go to build it.",
  )
  .option("--keep", "leave the folder of the tour where it is")
  .option("--json", "print the findings as one JSON document")
  .addHelpText(
    "after",
    "\nExit codes: 0 everything came out as it should, 1 something did not, 2 wrong usage, or neither geth nor Go is there.",
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError))
  .parse();
const options = program.opts<{ keep?: true; json?: true }>();

const print = options.json ? () => undefined : (line: string) => console.log(line);
const steps = createSteps(print);
const folder = mkdtempSync(join(tmpdir(), "hufu-demo-network-"));
const data = join(folder, "data");

/** The whole tour, in the order in which it is told. */
async function tour(gateway: Gateway, network: Network): Promise<void> {
  await validators.showNetwork(network, steps);
  const records = await notariseAll(gateway, readSamples(), steps);
  await validators.killOne(network, steps);
  await amendAll(gateway, records, steps);
  await decideAll(gateway, records, steps);
  await validators.examineWithout(network, gateway, steps);
  await validators.startAgain(network, steps);
  await verifyAll(gateway, records, steps);
  await verifyForgeries(gateway, records, steps);
  await replayHonest(gateway, steps);
  const taken = await takeCertificates(gateway, records, steps);
  await validators.publishBundle(network, gateway, taken, steps);
  await replayForged(gateway, records, steps);
  await network.stop();
  await verifyOffline(taken, gateway, steps);
}

async function runAll(): Promise<void> {
  const network = await validators.makeNetwork(join(folder, "network"), data, (line) =>
    console.error(`[demo] ${line}`),
  );
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => void network.kill().finally(() => process.exit(interrupted)));
  try {
    await network.start();
    const genesis = join(network.folder, "genesis.json");
    const settings = { HUFU_RPC: validators.rpcOf(network), HUFU_GENESIS: genesis, HUFU_BATCH_WINDOW_MS: "300" };
    const gateway = await startGateway(data, settings);
    await tour(gateway, network).finally(() => gateway.stop());
  } finally {
    await network.stop();
  }
}

async function main(): Promise<number> {
  const begun = Date.now();
  const seconds = (): number => (Date.now() - begun) / 1000;
  print(
    "虎符 Hufu: the tour on four validators. It has a network and a folder of its own; nothing of yours is touched.",
  );
  try {
    await runAll();
  } finally {
    if (options.keep) print(`\nThe folder of the tour: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
  const findings = steps.findings();
  const ok = findings.every((finding) => finding.ok);
  if (options.json) console.log(JSON.stringify({ ok, seconds: seconds(), findings }, null, 2));
  else print(summary(findings, seconds()));
  return ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof HufuError)) throw error;
  console.error(error.message);
  process.exitCode = error.code === "CHAIN_BINARY_MISSING" ? usageError : 1;
}
