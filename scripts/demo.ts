import { join } from "node:path";
import { startGateway } from "./demo/gateway.ts";
import { takeCertificates, verifyOffline } from "./demo/offline.ts";
import { runTour, type Tour } from "./demo/program.ts";
import { replayForged, replayHonest } from "./demo/replay.ts";
import { readSamples } from "./demo/samples.ts";
import { amendAll, decideAll, notariseAll } from "./demo/tour.ts";
import { verifyAll, verifyForgeries } from "./demo/verification.ts";

async function tell({ folder, run, steps }: Tour): Promise<void> {
  const gateway = await startGateway(join(folder, "data"), { HUFU_BATCH_WINDOW_MS: "300" }, { run });
  const records = await notariseAll(gateway, readSamples(), steps);
  await amendAll(gateway, records, steps);
  await decideAll(gateway, records, steps);
  await verifyAll(gateway, records, steps);
  await verifyForgeries(gateway, records, steps);
  await replayHonest(gateway, steps);
  const taken = await takeCertificates(gateway, records, steps);
  await replayForged(gateway, records, steps);
  await verifyOffline(taken, gateway, steps);
}

process.exitCode = await runTour({
  name: "demo",
  description:
    "The tour: notarises sample decisions on a chain and in a folder of its own, and shows how forgeries are caught.",
  unusable: "wrong usage",
  greeting: "虎符 Hufu: the tour. It has a chain and a folder of its own; nothing of yours is touched.",
  tell,
});
