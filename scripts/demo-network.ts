import { join } from "node:path";
import { startGateway } from "./demo/gateway.ts";
import { takeCertificates, verifyOffline } from "./demo/offline.ts";
import { settingsFor, startOwnNetwork } from "./demo/own-network.ts";
import { runTour, type Tour } from "./demo/program.ts";
import { replayForged, replayHonest } from "./demo/replay.ts";
import { readSamples } from "./demo/samples.ts";
import { amendAll, decideAll, notariseAll } from "./demo/tour.ts";
import * as validators from "./demo/validators.ts";
import { verifyAll, verifyForgeries } from "./demo/verification.ts";

async function tell({ folder, run, steps }: Tour): Promise<void> {
  const data = join(folder, "data");
  const say = (line: string): void => console.error(`[demo] ${line}`);
  const network = await startOwnNetwork(run, { folder: join(folder, "network"), data, validators: 4, say });
  const settings = { ...settingsFor(network), HUFU_BATCH_WINDOW_MS: "300" };
  const gateway = await startGateway(data, settings, { run });
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

process.exitCode = await runTour({
  name: "demo:network",
  description:
    "The tour on four real validators of its own, one of which is killed on the way. It needs geth 1.13, or Go to build it.",
  unusable: "wrong usage, or neither geth nor Go is there",
  greeting:
    "虎符 Hufu: the tour on four validators. It has a network and a folder of its own; nothing of yours is touched.",
  tell,
});
