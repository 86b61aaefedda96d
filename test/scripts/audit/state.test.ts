import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { HufuError } from "../../../core/error.ts";
import { faultCodeOf } from "../../../scripts/audit/fault.ts";
import type { LogRange } from "../../../scripts/audit/log-range.ts";
import { openAppendLog, type AppendLog } from "../../../scripts/audit/state/append-log.ts";
import { createRangeLog } from "../../../scripts/audit/state/range-log.ts";
import { propertyRuns } from "../../runs.ts";
import { failingAt, failures } from "./failing-file.ts";

const about = { ledger: "0x1e", from: 1 };

describe("what an audit keeps in a file", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hufu-audit-"));
    path = join(folder, "state", "events");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function use<T>(work: (log: AppendLog) => Promise<T>): Promise<T> {
    const log = await openAppendLog(path, about);
    try {
      return await work(log);
    } finally {
      await log.close();
    }
  }
  async function all(log: AppendLog): Promise<unknown[]> {
    return Promise.all(Array.from({ length: log.count() }, (_, index) => log.read(index)));
  }

  it("is there again, whole and in order", async () => {
    const records = [{ a: 1 }, ["虎符"], null, "x".repeat(100_000)];
    await use(async (log) => {
      for (const record of records) await log.append(record);
      expect(await all(log)).to.deep.equal(records);
    });
    expect(await use(all)).to.deep.equal(records);
    expect(statSync(path).mode & 0o077).to.equal(0);
  });

  it("is what was whole, wherever the file was cut or changed", async () => {
    await use(async (log) => {
      for (let record = 0; record < 4; record++) await log.append({ record });
    });
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.boolean(), async (at, isCut) => {
        writeFileSync(path, whole);
        if (isCut) truncateSync(path, at);
        else writeFileSync(path, whole.with(at, whole[at]! ^ 1));
        const found = await use(async (log) => {
          const kept = await all(log);
          await log.append("next");
          return kept;
        });
        expect(found).to.deep.equal(Array.from({ length: found.length }, (_, record) => ({ record })));
        expect(await use(all)).to.deep.equal([...found, "next"]);
      }),
      { numRuns: Math.min(propertyRuns, 1000) },
    );
  });

  it("is lost by no failed write before it", async () => {
    for (const failure of failures) {
      for (let index = 0; index < 4; index++) {
        rmSync(path, { force: true });
        const { durable } = failingAt(index, failure);
        const kept: number[] = [];
        const attempt = async (): Promise<void> => {
          const log = await openAppendLog(path, about, durable);
          try {
            for (let record = 0; record < 4; record++) {
              await log.append(record);
              kept.push(record);
            }
          } finally {
            await log.close();
          }
        };
        expect(await codeOf(attempt())).to.equal("STATE_FAILED");
        const found = await use(all);
        expect(found.slice(0, kept.length)).to.deep.equal(kept);
        expect(found).to.deep.equal([0, 1, 2, 3].slice(0, found.length));
        expect(found.length - kept.length).to.be.oneOf(failure === "failed but persisted" ? [0, 1] : [0]);
      }
    }
  });

  it("takes nothing more after a failure", async () => {
    const log = await openAppendLog(path, about, failingAt(1, "failed").durable);
    expect(await codeOf(log.append(1))).to.equal("STATE_FAILED");
    expect(await codeOf(log.append(1))).to.equal("STATE_FAILED");
    await log.close();
  });

  it("refuses what is about another ledger, and notices another audit that writes", async () => {
    await use((log) => log.append(1));
    expect(await codeOf(openAppendLog(path, { ...about, ledger: "0x2e" }))).to.equal("STATE_OF_ANOTHER");
    await use(async (log) => {
      appendFileSync(path, "x");
      expect(await codeOf(log.append(2))).to.equal("STATE_IN_USE");
    });
    expect(await use(all)).to.deep.equal([1]);
  });

  it("cannot be kept where there can be no folder", async () => {
    writeFileSync(join(folder, "state"), "a file");
    expect(await codeOf(use(all))).to.equal("STATE_FAILED");
  });

  describe("of ranges", () => {
    const range = (from: number, to: number): LogRange => ({ from, to, lastHash: `0x${to.toString(16)}`, logs: [] });
    async function collect(ranges: AsyncIterable<LogRange>): Promise<number[][]> {
      const found: number[][] = [];
      for await (const { from, to } of ranges) found.push([from, to]);
      return found;
    }

    it("goes on after the last, and stops before a range that reaches too far", async () => {
      await use(async (log) => {
        const ranges = await createRangeLog(log, 3);
        expect(ranges.next()).to.equal(3);
        for (const [from, to] of [
          [3, 5],
          [6, 9],
        ] as const)
          await ranges.append(range(from, to));
      });
      await use(async (log) => {
        const ranges = await createRangeLog(log, 3);
        expect(ranges.next()).to.equal(10);
        expect(await collect(ranges.ranges(9))).to.deep.equal([
          [3, 5],
          [6, 9],
        ]);
        expect(await collect(ranges.ranges(8))).to.deep.equal([[3, 5]]);
      });
    });

    it("forgets what is not on the chain, back to where it forked", async () => {
      await use(async (log) => {
        const ranges = await createRangeLog(log, 1);
        for (let at = 1; at < 9; at += 2) await ranges.append(range(at, at + 1));
        expect(await ranges.dropForked(async ({ to }) => to <= 4)).to.equal(2);
        expect(ranges.next()).to.equal(5);
        await ranges.forget();
        expect(ranges.next()).to.equal(1);
      });
      expect(await use(all)).to.deep.equal([]);
    });

    it("cuts off ranges that do not follow one another", async () => {
      await use(async (log) => {
        const ranges = await createRangeLog(log, 1);
        for (const [from, to] of [
          [1, 4],
          [9, 12],
        ] as const)
          await ranges.append(range(from, to));
        expect(await collect(ranges.ranges(20))).to.deep.equal([[1, 4]]);
        expect(ranges.next()).to.equal(5);
      });
    });
  });
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof HufuError) return faultCodeOf(error);
    throw error;
  }
  throw new Error("it did not fail");
}
