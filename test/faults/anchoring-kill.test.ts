import { expect } from "chai";
import { spawn } from "node:child_process";
import { readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { bytesToHex } from "../../core/bytes.ts";
import { compareTrust } from "../../core/trust/compare.ts";
import { readTrust, type TrustInput } from "../../server/chain/trust.ts";
import { credit, market, newFolder, openDesk, type Desk } from "../server/anchoring/desk.ts";
import { checkWholeLedger } from "../server/anchoring/whole-ledger.ts";

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error("it did not happen within 60 s");
    await sleep(10);
  }
}

describe("kill -9 of the embedded chain", function () {
  this.timeout(300_000);
  let desk: Desk;
  const lost: number[] = [];
  beforeEach(async () => {
    lost.length = 0;
    desk = await openDesk({ hooks: { lost: (orders) => lost.push(orders) } });
    await desk.anchoring().ready();
  });
  afterEach(() => desk.close());

  const chainFile = (name: string): string => join(desk.folder, "chain", name);
  /** NaN while the file is not there or half written. */
  const chainPid = (): number => Number(readFileSync(chainFile("anvil.pid"), "utf8") || NaN);

  /** Resolves when every order's block is in a dump: then none is being taken. */
  async function saved(): Promise<void> {
    const newest = await desk.store.db
      .selectFrom("orders")
      .select(({ fn }) => fn.max("block_number").as("block"))
      .executeTakeFirstOrThrow();
    await until(() => desk.chain.savedBlock() >= (newest.block ?? 0));
  }

  /** The chain may just be starting again when it is killed: what counts is that another one takes its place. */
  async function killAndRevive(): Promise<void> {
    const killed = chainPid();
    process.kill(killed, "SIGKILL");
    await until(() => chainPid() > 0 && chainPid() !== killed);
  }

  it("loses nothing while records and statuses keep coming", async () => {
    for (let round = 0; round < 6; round++) {
      const [record] = await desk.post(market, 1, 60);
      await desk.decide(credit, record!, "ANNOTATED");
      await sleep(37 * round);
      await killAndRevive();
    }
    await desk.settled();
    await checkWholeLedger(desk);
  });

  it("begins again from the dump before when the newest cannot be read", async () => {
    await desk.post(market, 1, 5);
    await desk.settled();
    await saved();
    truncateSync(chainFile("state.json"), 1_000);
    await killAndRevive();
    await desk.post(market, 1, 5);
    await desk.settled();
    await checkWholeLedger(desk);
    expect(readFileSync(chainFile("state.json.unreadable")).length).to.equal(1_000);
  });

  it("writes everything again, contracts too, when every dump is lost, and says so", async () => {
    const trust = await readTrust(trustInput(desk));
    const [record] = await desk.post(market, 1, 30);
    await desk.decide(credit, record!, "ANNOTATED");
    await desk.settled();
    await saved();
    rmSync(chainFile("state.json"));
    rmSync(chainFile("state.previous.json"), { force: true });
    await killAndRevive();
    await until(() => lost.length > 0);
    await desk.settled();
    await checkWholeLedger(desk);
    const again = await readTrust(trustInput(desk));
    expect(compareTrust(trust, again)).to.deep.equal({ change: "same", what: [] });
    expect(lost[0]).to.be.greaterThan(15);
    expect(desk.log.some((entry) => entry.startsWith("error: blocks that held our orders fell out"))).to.equal(true);
  });
});

/** What a bundle says of a desk's chain; where its first event stands is another matter, and may change with a loss. */
function trustInput(desk: Desk): TrustInput {
  const { chain, accounts, keccak } = desk;
  const consensus = { type: "development", sealer: accounts.sealer.address } as const;
  const facts = { consensus, deploymentBlock: 0, transitions: [], checkpoints: [], publishers: [] };
  const addresses = desk.anchoring().addresses;
  return { rpc: chain.rpc, keccak, addresses, config: null, facts: { ...facts, chainId: chain.chainId } };
}

describe("kill -9 of the gateway", function () {
  this.timeout(300_000);

  /** Answers the digests that it printed. */
  function runAndKill(folder: string, afterMs: number): Promise<string[]> {
    const script = join(import.meta.dirname, "anchoring-process.ts");
    const child = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      if (!text.includes("ready") && (text + chunk).includes("ready")) setTimeout(() => child.kill("SIGKILL"), afterMs);
      text += chunk;
    });
    return new Promise((resolve) =>
      child.once("close", () => resolve(text.split("\n").filter((word) => word.length === 64))),
    );
  }

  it("keeps every record that was accepted, and anchors it once", async () => {
    const folder = newFolder();
    const accepted: string[] = [];
    for (const afterMs of [150, 600, 333]) accepted.push(...(await runAndKill(folder, afterMs)));
    const desk = await openDesk({}, folder);
    try {
      await desk.anchoring().ready();
      await desk.settled();
      const records = await desk.store.db.selectFrom("records").select("digest").execute();
      const kept = new Set(records.map(({ digest }) => bytesToHex(digest)));
      expect(accepted.length).to.be.greaterThan(100);
      expect(accepted.filter((digest) => !kept.has(digest))).to.deep.equal([]);
      await checkWholeLedger(desk);
    } finally {
      await desk.close();
    }
  });
});
