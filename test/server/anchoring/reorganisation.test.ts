import { expect } from "chai";
import { Registry } from "prom-client";
import { setTimeout as pause } from "node:timers/promises";

import { bytesToHex } from "../../../core/bytes.ts";
import { anchoringMetrics } from "../../../server/anchoring/metrics.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { findBatchStage, type BatchStage } from "../../../server/store/anchors.ts";
import { market, openDesk, type Desk, type TestRecord } from "./desk.ts";
import { checkWholeLedger } from "./whole-ledger.ts";

/** A node whose next turn of the outbox can be held up before anything is sent again. */
function gated(rpc: Rpc): { rpc: Rpc; close(): void; open(): void } {
  let gate = Promise.withResolvers<null>();
  gate.resolve(null);
  return {
    rpc: {
      ...rpc,
      async batch(calls) {
        if (calls.some(({ method }) => method === "eth_getTransactionCount")) await gate.promise;
        return rpc.batch(calls);
      },
    },
    close: () => (gate = Promise.withResolvers()),
    open: () => gate.resolve(null),
  };
}

describe("a reorganisation", function () {
  this.timeout(120_000);
  let desk: Desk;
  let gate: ReturnType<typeof gated>;
  const metrics = new Registry();
  const alarms: string[] = [];
  let lost = Promise.withResolvers<number>();
  before(async () => {
    desk = await openDesk({ idle: true });
    gate = gated(desk.chain.rpc);
    const counted = anchoringMetrics(metrics);
    await desk.restart({
      isEmbedded: false,
      wrapRpc: () => gate.rpc,
      hooks: {
        ...counted,
        alarm(code) {
          counted.alarm?.(code);
          alarms.push(code);
        },
        lost(orders) {
          counted.lost?.(orders);
          gate.close();
          lost.resolve(orders);
        },
      },
    });
    await desk.anchoring().ready();
  });
  beforeEach(() => {
    alarms.splice(0);
    lost = Promise.withResolvers();
  });
  after(() => desk.close());

  async function stageOf({ digest }: TestRecord): Promise<BatchStage> {
    const { db } = desk.store;
    const row = await db
      .selectFrom("records")
      .select("batch_id")
      .where("digest", "=", digest)
      .executeTakeFirstOrThrow();
    return findBatchStage(db, row.batch_id ?? 0);
  }
  async function anchorOf(record: TestRecord): Promise<{ blockNumber: number; blockHash: string }> {
    const stage = await stageOf(record);
    if (stage.stage !== "anchored") throw new Error(`it is ${stage.stage}`);
    return { blockNumber: stage.anchor.blockNumber, blockHash: bytesToHex(stage.anchor.blockHash) };
  }
  const height = async (): Promise<number> => Number(await desk.chain.rpc.call("eth_blockNumber"));
  async function counter(name: string): Promise<number> {
    const line = (await metrics.metrics()).split("\n").find((text) => text.startsWith(name));
    return Number(line?.split(" ").at(-1));
  }

  it("takes a batch from anchored back to batched, and it is anchored in another block, once", async () => {
    const [record] = await desk.post(market, 1, 3);
    await desk.settled();
    const before = await anchorOf(record!);
    const rewinds = await counter("hufu_reorganisations_total");
    // Other blocks of the same heights, without the batch.
    await desk.chain.rpc.call("anvil_reorg", (await height()) - before.blockNumber + 1, []);
    expect(await lost.promise).to.equal(1);
    expect((await stageOf(record!)).stage).to.equal("batched");
    gate.open();
    await desk.settled();
    const after = await anchorOf(record!);
    expect(after.blockHash).not.to.equal(before.blockHash);
    expect(alarms.filter((code) => code === "BLOCKS_LOST")).to.have.length(1);
    expect(await counter("hufu_reorganisations_total")).to.equal(rewinds + 1);
    await checkWholeLedger(desk);
  });

  it("that took nothing of ours is counted, and alarms nobody", async () => {
    const [record] = await desk.post(market, 1, 1);
    await desk.settled();
    const before = await anchorOf(record!);
    const rewinds = await counter("hufu_reorganisations_total");
    // It counts once the watcher had read the block that is another now; an empty one of the same second would be the same.
    while ((await counter("hufu_reorganisations_total")) === rewinds) {
      await desk.chain.rpc.call("evm_mine");
      await pause(100);
      await desk.chain.rpc.call("anvil_reorg", 1, []);
      await desk.chain.rpc.call("evm_mine");
      await pause(100);
    }
    expect(await anchorOf(record!)).to.deep.equal(before);
    expect(alarms).not.to.include("BLOCKS_LOST");
  });

  it("takes a status back with what it rests on, and brings it only after it again", async () => {
    const [record] = await desk.post(market, 1, 1);
    const decision = await desk.decide(market, record!, "ENDED");
    await desk.settled();
    const { blockNumber } = await anchorOf(record!);
    await desk.chain.rpc.call("anvil_reorg", (await height()) - blockNumber + 1, []);
    expect(await lost.promise).to.equal(3);
    gate.open();
    await desk.settled();
    const status = await desk.store.db
      .selectFrom("statuses")
      .select(["block_number", "version"])
      .where("leaf", "=", record!.leaf)
      .execute();
    expect(status).to.have.length(1);
    expect(status[0]?.block_number).to.be.at.least((await anchorOf(decision)).blockNumber);
    await checkWholeLedger(desk);
  });

  it("is not believed of a node that only has fewer blocks than were read", async () => {
    const [record] = await desk.post(market, 1, 1);
    await desk.settled();
    const before = await anchorOf(record!);
    let isBehind = true;
    const behind: Rpc = {
      ...desk.chain.rpc,
      async batch(calls) {
        if (!isBehind) return desk.chain.rpc.batch(calls);
        const ceiling = before.blockNumber - 1;
        const lower = calls.map(({ method, params: [first, ...rest] }) => ({
          method,
          params: [first === "latest" ? `0x${ceiling.toString(16)}` : first, ...rest],
        }));
        const answers = await desk.chain.rpc.batch(lower);
        return answers.map((answer, index) =>
          Number(calls[index]?.params[0]) > ceiling ? { ok: true, result: null } : answer,
        );
      },
    };
    await desk.restart({ isEmbedded: false, wrapRpc: () => behind, hooks: { alarm: (code) => alarms.push(code) } });
    while (!alarms.includes("NODE_UNREACHABLE")) await pause(20);
    expect(await anchorOf(record!)).to.deep.equal(before);
    isBehind = false;
    await desk.post(market, 1, 1);
    await desk.settled();
    expect(await anchorOf(record!)).to.deep.equal(before);
    expect(alarms).not.to.include("BLOCKS_LOST");
    await checkWholeLedger(desk);
  });
});
