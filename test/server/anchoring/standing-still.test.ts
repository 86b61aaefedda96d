import { expect } from "chai";
import { setTimeout as pause } from "node:timers/promises";

import { bytesToHex } from "../../../core/bytes.ts";
import { market, openDesk, type Desk } from "./desk.ts";
import { checkWholeLedger } from "./whole-ledger.ts";

describe("a chain that stands still", function () {
  this.timeout(120_000);
  let desk: Desk;
  const alarms: string[] = [];
  before(async () => {
    const config = { attemptSeconds: 10 };
    desk = await openDesk({ standsStill: true, config, hooks: { alarm: (code) => alarms.push(code) } });
    const ready = desk.anchoring().ready();
    await mineUntil(ready);
  });
  after(() => desk.close());

  /** Makes blocks until `work` is done. */
  async function mineUntil(work: Promise<unknown>): Promise<void> {
    const state = { isDone: false };
    const done = work.finally(() => (state.isDone = true));
    done.catch(() => undefined);
    while (!state.isDone) {
      await desk.chain.rpc.call("evm_mine");
      await pause(30);
    }
    await done;
  }
  async function attempts(state: "pending" | "dead" | "mined"): Promise<number> {
    const rows = await desk.store.db
      .selectFrom("attempts")
      .innerJoin("orders", "orders.id", "attempts.order_id")
      .select("attempts.id")
      .where("orders.type", "!=", "setup")
      .where("attempts.state", "=", state)
      .execute();
    return rows.length;
  }

  it("for longer than attempts count: they expire with the first block after, others take their places, nothing is lost or doubled", async () => {
    const [record] = await desk.post(market, 1, 3);
    while ((await attempts("pending")) < 1) await pause(20);
    const late = await desk.post(market, 2, 2);
    while ((await attempts("pending")) < 2) await pause(20);
    expect(desk.anchoring().progress().head?.blockNumber).to.be.greaterThan(0);
    await desk.chain.rpc.call("evm_increaseTime", 100);
    await mineUntil(desk.settled());
    expect(await attempts("dead")).to.equal(2);
    expect(await attempts("mined")).to.equal(2);
    expect(await attempts("pending")).to.equal(0);
    for (const { digest } of [record!, ...late])
      expect(await desk.anchoring().waitFor(bytesToHex(digest), 1_000)).to.equal(true);
    await checkWholeLedger(desk);
  });

  it("is said to, once something waits for a block, and no more once one came", async () => {
    await desk.restart({ now: () => Date.now() + 3_600_000 });
    const { progress } = desk.anchoring();
    while (progress().head === null) await pause(20);
    expect(progress()).to.include({ chainUp: true, isStandingStill: false });
    expect(progress().headAgeSeconds).to.be.greaterThan(1_000);
    await desk.post(market, 1, 1);
    while (!progress().isStandingStill) await pause(20);
    expect(progress()).to.include({ chainUp: true, backlog: 1 });
    await mineUntil(desk.settled());
    while (progress().backlog > 0) await pause(20);
    expect(progress()).to.include({ chainUp: true, isStandingStill: false });
    expect(progress().headAgeSeconds).to.be.lessThan(30);
  });
});

describe("a status", function () {
  this.timeout(120_000);

  it("is sent only when the block of what it rests on has as many behind it as were asked for", async () => {
    const desk = await openDesk({ config: { confirmations: 6 } });
    await desk.anchoring().ready();
    const [record] = await desk.post(market, 1, 1);
    const decision = await desk.decide(market, record!, "ENDED");
    await desk.settled();
    const rows = await desk.store.db
      .selectFrom("orders")
      .select(["type", "basis", "block_number"])
      .where("type", "!=", "setup")
      .execute();
    const status = rows.find(({ basis }) => basis !== null);
    const basisBlock = Math.max(...rows.filter(({ type }) => type === "anchor").map((row) => row.block_number ?? 0));
    expect(bytesToHex(status!.basis!)).to.equal(bytesToHex(decision.digest));
    // Sent on a head five blocks above its basis, it stands in a later one.
    expect(status!.block_number! - basisBlock).to.be.at.least(6);
    await checkWholeLedger(desk);
    await desk.close();
  });
});
