import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { credit, market, openDesk, type Desk } from "../server/anchoring/desk.ts";
import { checkWholeLedger } from "../server/anchoring/whole-ledger.ts";
import { createFaults, type Aftermath, type FaultSpec, type Mode } from "./anchoring-faults.ts";

const modes: readonly Mode[] = ["failed", "failed but done"];
const aftermaths: readonly Aftermath[] = ["dies", "goes on"];

/** Each call to the chain that anchoring a batch and setting a status takes, and how often it comes at least. */
const calls: readonly [method: string, times: number][] = [
  ["eth_getBlockByNumber", 2],
  ["eth_getLogs", 2],
  ["eth_getTransactionCount", 2],
  ["eth_call", 3],
  ["eth_gasPrice", 2],
  ["eth_sendRawTransaction", 2],
];

describe("anchoring under faults", function () {
  this.timeout(300_000);
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
    await desk.anchoring().ready();
  });
  after(() => desk.close());

  /** A batch and a status; answers whether the fault struck on the way. */
  async function live(spec: FaultSpec): Promise<boolean> {
    const faults = createFaults();
    await desk.restart({ wrapRpc: faults.rpc, wrapStore: faults.store });
    await desk.anchoring().ready();
    faults.arm(spec);
    const [record] = await desk.post(market, 1, 3);
    await desk.decide(credit, record!, "ANNOTATED");
    const settled = desk.settled().then(
      () => true,
      () => false,
    );
    if (spec.aftermath === "goes on") await settled;
    else while (!faults.hasStruck() && !(await Promise.race([settled, sleep(10, false)])));
    if (spec.aftermath === "dies") await desk.restart();
    await desk.settled();
    await checkWholeLedger(desk);
    return faults.hasStruck();
  }

  for (const aftermath of aftermaths) {
    for (const mode of modes) {
      it(`survives every write that ${mode}, when the process ${aftermath}`, async () => {
        let nth = 1;
        while (await live({ operation: "write", nth, mode, aftermath })) nth += 1;
        // the batches, attempts for them, what the watcher read of them; attempts for the status, what it read of that
        expect(nth).to.be.greaterThan(5);
      });

      for (const [operation, times] of calls) {
        it(`survives ${operation} that ${mode}, when the process ${aftermath}`, async () => {
          for (let nth = 1; nth <= times; nth++) {
            expect(await live({ operation, nth, mode, aftermath })).to.equal(
              true,
              `${operation} came ${nth - 1} times`,
            );
          }
        });
      }
    }
  }
});

describe("setup under faults", function () {
  this.timeout(300_000);

  async function setUp(spec: FaultSpec): Promise<boolean> {
    const desk = await openDesk({ idle: true });
    try {
      const faults = createFaults();
      faults.arm(spec);
      const begun = desk.restart({ wrapRpc: faults.rpc, wrapStore: faults.store }).then(() => desk.anchoring().ready());
      const ready = begun.then(
        () => true,
        () => true,
      );
      while (!faults.hasStruck() && !(await Promise.race([ready, sleep(10, false)])));
      await Promise.race([begun.catch(() => undefined), sleep(spec.aftermath === "dies" ? 20 : 10_000)]);
      await desk.restart();
      await desk.anchoring().ready();
      await desk.post(market, 1, 1);
      await desk.settled();
      await checkWholeLedger(desk);
      const { deployer } = desk.accounts;
      const sent = await desk.chain.rpc.call("eth_getTransactionCount", deployer.address, "latest");
      expect(Number(sent)).to.equal(8);
      return faults.hasStruck();
    } finally {
      await desk.close();
    }
  }

  for (const mode of modes) {
    for (const nth of [1, 2, 3, 5, 8]) {
      it(`deploys once when write ${nth} ${mode}`, async () => {
        expect(await setUp({ operation: "write", nth, mode, aftermath: "dies" })).to.equal(true);
      });
    }
    for (const operation of [
      "eth_getBlockByNumber",
      "eth_estimateGas",
      "eth_sendRawTransaction",
      "eth_getCode",
      "eth_getTransactionReceipt",
    ]) {
      it(`deploys once when ${operation} ${mode}`, async () => {
        expect(await setUp({ operation, nth: 2, mode, aftermath: "dies" })).to.equal(true);
        expect(await setUp({ operation, nth: 2, mode, aftermath: "goes on" })).to.equal(true);
      });
    }
  }
});
