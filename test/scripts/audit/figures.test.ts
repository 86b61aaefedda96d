import { expect } from "chai";
import fc from "fast-check";
import type { Replay } from "../../../core/ledger/replay.ts";
import { bucketed } from "../../../scripts/audit/figures/buckets.ts";
import { figuresOf, monthOf } from "../../../scripts/audit/figures/figures.ts";
import { createWaitCounter } from "../../../scripts/audit/figures/waits.ts";
import { propertyRuns } from "../../runs.ts";
import { fillLedger, justice, market, type FilledLedger } from "./filled-ledger.ts";
import { startFakeGateway } from "./fake-gateway.ts";
import { runAudit } from "./run.ts";

const seconds = (instant: string): number => Date.parse(instant) / 1000;

/** A replay of batches alone. */
function replayOf(batches: readonly { agency: string; kind: number; count: number; blockTime: number }[]): Replay {
  const records = batches.reduce((sum, { count }) => sum + count, 0);
  return {
    batches: () => batches,
    statuses: () => new Map([["0x01", { effect: "ENDED" }]]),
    counts: () => ({ records }),
    agency: (code: string) => ({ name: `office ${code}` }),
  } as unknown as Replay; // as: what figuresOf asks for
}

describe("an audit's figures", () => {
  it("count records by agency, kind and month of Beijing, and leave no month out", () => {
    const figures = figuresOf(
      replayOf([
        { agency: "A", kind: 4, count: 1, blockTime: seconds("2025-11-30T15:59:59Z") },
        { agency: "B", kind: 1, count: 500, blockTime: seconds("2025-11-30T16:00:00Z") },
        { agency: "A", kind: 1, count: 30, blockTime: seconds("2026-02-01T00:00:00Z") },
      ]),
      null,
    );
    expect(figures.byAgency).to.deep.equal([
      { agency: "B", name: "office B", records: 500, batches: 1 },
      { agency: "A", name: "office A", records: 31, batches: 2 },
    ]);
    expect(figures.byKind).to.deep.equal([
      { kind: 1, name: "credit-penalty", records: 530 },
      { kind: 4, name: "status-decision", records: 1 },
    ]);
    expect(figures.byMonth.map(({ month, records }) => [month, records])).to.deep.equal([
      ["2025-11", 1],
      ["2025-12", 500],
      ["2026-01", 0],
      ["2026-02", 30],
    ]);
    expect(figures.statuses).to.deep.include.members([
      { effect: "IN_FORCE", records: 530 },
      { effect: "ENDED", records: 1 },
    ]);
    expect(figures.batchSizes.filter(({ count }) => count > 0).map(({ from }) => from)).to.deep.equal([1, 10, 500]);
    expect(figures.timeToAnchored).to.equal(null);
  });

  it("show no endless row of months where a clock was wrong", () => {
    const times = ["1970-02-01T00:00:00Z", "2026-11-01T00:00:00Z"].map(seconds);
    const figures = figuresOf(
      replayOf(times.map((blockTime) => ({ agency: "A", kind: 1, count: 1, blockTime }))),
      null,
    );
    expect(figures.byMonth.map(({ month }) => month)).to.deep.equal(["1970-02", "2026-11"]);
    expect(monthOf(times[1]!)).to.equal("2026-11");
    expect(figuresOf(replayOf([]), null).byMonth).to.deep.equal([]);
  });

  it("count each value in one bucket", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 })), (values) => {
        const buckets = bucketed(values, [1, 2, 10, 500]);
        for (const { from, below, count } of buckets)
          expect(count).to.equal(values.filter((value) => value >= from && (below === null || value < below)).length);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("say of waits the median, the 95th of a hundred and the longest, in whole seconds", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 80_000 }), { minLength: 1 }), (waits) => {
        const counter = createWaitCounter();
        for (const wait of waits) counter.add(1_000_000, 1_000_000 + 1000 * wait);
        const sorted = [...waits].sort((a, b) => a - b);
        const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;
        expect(counter.waits("database")).to.include({
          measured: waits.length,
          median: at(0.5),
          p95: at(0.95),
          longest: at(1),
        });
      }),
      { numRuns: propertyRuns },
    );
    const counter = createWaitCounter();
    expect(counter.waits("gateway")).to.equal(null);
    counter.add(1_999, 1_000); // a block's time is cut to whole seconds
    counter.add(0, 10 ** 12);
    expect(counter.waits("gateway")).to.include({ median: 0, longest: 86_400 });
  });
});

describe("the figures of a real chain", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  before(async () => {
    ledger = await fillLedger();
  });
  after(() => ledger.chain.end());

  it("are in the report, with the waits that a gateway tells of", async () => {
    const gateway = await startFakeGateway(ledger);
    for (const [digest, view] of gateway.views)
      gateway.views.set(digest, { ...view, acceptedAt: new Date(1000 * (await timeOf(digest)) - 1_500).toISOString() });
    const { rpc, trust } = ledger.chain;
    const { figures } = await runAudit({ rpc, trust, gateway: gateway.url, gatewayPatience: [] });
    await gateway.close();
    expect(figures?.byAgency.map(({ agency, records }) => [agency, records])).to.deep.equal([
      [market, 6],
      [justice, 1],
    ]);
    expect(figures?.timeToAnchored).to.include({ measured: 7, median: 2, longest: 2, toldBy: "gateway" });
  });

  async function timeOf(digest: string): Promise<number> {
    const { blockNumber } = ledger.records.find((record) => record.digest === digest)!;
    const block = await ledger.chain.rpc.call("eth_getBlockByNumber", `0x${blockNumber.toString(16)}`, false);
    return Number((block as { timestamp: string }).timestamp); // as: a block has its time
  }
});
