import { bytesToHex } from "../../core/bytes.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { credit, market, openDesk } from "../server/anchoring/desk.ts";

/** A gateway without its door, for tests that kill it: accepts records without pause, and prints each digest once it is accepted. */
const [, , folder] = process.argv;
const desk = await openDesk({}, folder);
await desk.anchoring().ready();
console.log("ready");
for (;;) {
  const records = await desk.post(market, 1, 20);
  for (const { digest } of records) console.log(bytesToHex(digest));
  const decision = await desk.decide(credit, records[0]!, "ANNOTATED");
  console.log(bytesToHex(decision.digest));
  await sleep(5);
}
