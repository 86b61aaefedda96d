import { expect } from "chai";
import { HufuError } from "../../../core/error.ts";
import { topics } from "../../../core/ledger/abi.ts";
import { faultCodeOf } from "../../../scripts/audit/fault.ts";
import type { LogRange } from "../../../scripts/audit/log-range.ts";
import { streamLogs } from "../../../scripts/audit/log-stream.ts";
import type { Rpc, RpcAnswer, RpcCall } from "../../../server/chain/rpc.ts";

const address = `0x${"1e".repeat(20)}` as const;

interface FakeNode {
  readonly rpc: Rpc;
  /** the ranges that were asked for, in order */
  readonly asked: [from: number, to: number][];
  /** blocks that were asked for their time */
  readonly times: number[];
}

interface FakeChain {
  /** logs in a block: how many, and digits of data in each */
  readonly logsIn: (block: number) => { count: number; digits: number };
  /** blocks in one answer, at most */
  readonly limit?: number;
  readonly withTimes?: boolean;
  readonly refuse?: (from: number, to: number) => RpcAnswer | Error | undefined;
}

/** A node with a chain of made-up logs, whose time is ten seconds a block. */
function fakeNode({
  logsIn,
  limit = Number.POSITIVE_INFINITY,
  withTimes = true,
  refuse = () => undefined,
}: FakeChain): FakeNode {
  const asked: [number, number][] = [];
  const times: number[] = [];
  function logs(from: number, to: number): RpcAnswer {
    asked.push([from, to]);
    const refused = refuse(from, to);
    if (refused instanceof Error) throw refused;
    if (refused !== undefined) return refused;
    if (to - from + 1 > limit)
      return { ok: false, error: { code: -32005, message: "query returned too much", data: null } };
    const blocks = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    return { ok: true, result: blocks.flatMap((block) => logsOf(block)) };
  }
  function logsOf(block: number): object[] {
    const { count, digits } = logsIn(block);
    return Array.from({ length: count }, (_, index) => ({
      address,
      topics: [topics.KindsSet],
      data: `0x${"0".repeat(digits)}`,
      blockNumber: `0x${block.toString(16)}`,
      blockHash: `0x${"0".repeat(64)}`,
      transactionHash: `0x${"0".repeat(64)}`,
      logIndex: `0x${index.toString(16)}`,
      ...(withTimes ? { blockTimestamp: `0x${(10 * block).toString(16)}` } : {}),
    }));
  }
  function blockOf(number: number): RpcAnswer {
    times.push(number);
    const hash = `0x${"0".repeat(64)}`;
    const [quantity, timestamp] = [number, 10 * number].map((value) => `0x${value.toString(16)}`);
    return { ok: true, result: { number: quantity, hash, parentHash: hash, timestamp } };
  }
  async function batch(calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
    await Promise.resolve();
    return calls.map(({ method, params }) => {
      if (method === "eth_getBlockByNumber") return blockOf(Number(params[0]));
      const {
        fromBlock,
        toBlock,
        topics: wanted,
      } = params[0] as { fromBlock: string; toBlock: string; topics: string[][] }; // as: logsBetween's
      expect(wanted).to.deep.equal([Object.values(topics)]);
      return logs(Number(fromBlock), Number(toBlock));
    });
  }
  return { rpc: { batch, call: () => Promise.reject(new Error("not asked")) }, asked, times };
}

async function collect(node: FakeNode, from: number, to: number): Promise<LogRange[]> {
  const ranges: LogRange[] = [];
  for await (const range of streamLogs(node.rpc, [address], from, to)) ranges.push(range);
  return ranges;
}

function expectWhole(ranges: readonly LogRange[], from: number, to: number): void {
  expect(ranges[0]?.from).to.equal(from);
  expect(ranges.at(-1)?.to).to.equal(to);
  for (const [index, range] of ranges.entries()) {
    if (index > 0) expect(range.from).to.equal((ranges[index - 1]?.to ?? 0) + 1);
  }
}

describe("streaming a chain's logs", () => {
  it("covers every block once, in order, in ranges that grow while answers are small", async () => {
    const node = fakeNode({ logsIn: () => ({ count: 1, digits: 64 }) });
    const ranges = await collect(node, 3, 5000);
    expectWhole(ranges, 3, 5000);
    expect(ranges.flatMap(({ logs }) => logs.map(({ log }) => log.blockNumber))).to.deep.equal(
      Array.from({ length: 4998 }, (_, index) => index + 3),
    );
    const spans = node.asked.map(([begin, end]) => end - begin + 1);
    expect(spans.slice(0, 6)).to.deep.equal([16, 16, 32, 32, 64, 64]);
  });

  it("asks for less at once where answers are large", async () => {
    const node = fakeNode({
      logsIn: (block) =>
        block > 1024 ? { count: 1, digits: 2_000_000 } : { count: block % 64 === 0 ? 1 : 0, digits: 1_000_000 },
    });
    const ranges = await collect(node, 1, 2048);
    expectWhole(ranges, 1, 2048);
    const spans = node.asked.map(([begin, end]) => end - begin + 1);
    expect(spans.slice(0, 4)).to.deep.equal([16, 16, 32, 32]);
    // From the middle on each block has half as many digits as one answer may have.
    expect(Math.min(...spans.slice(8, -1))).to.be.lessThan(4);
    expect(ranges.flatMap(({ logs }) => logs)).to.have.length(16 + 1024);
  });

  it("halves what a node refuses, down to one block", async () => {
    for (const limit of [100, 7, 1]) {
      const node = fakeNode({ logsIn: () => ({ count: 2, digits: 64 }), limit });
      const ranges = await collect(node, 10, 300);
      expectWhole(ranges, 10, 300);
      expect(ranges.flatMap(({ logs }) => logs)).to.have.length(2 * 291);
      expect(Math.max(...ranges.map(({ from, to }) => to - from + 1))).to.be.at.most(limit);
    }
  });

  it("fails with a block that the node refuses, and with what is no answer", async () => {
    const refusal: RpcAnswer = { ok: false, error: { code: -32000, message: "pruned", data: null } };
    const pruned = fakeNode({
      logsIn: () => ({ count: 0, digits: 0 }),
      refuse: (from, to) => (from <= 40 && 40 <= to ? refusal : undefined),
    });
    expect(await codeOf(collect(pruned, 1, 100))).to.equal("NODE_REFUSED");
    expect(pruned.asked.at(-1)).to.deep.equal([40, 40]);
    const silent = fakeNode({
      logsIn: () => ({ count: 0, digits: 0 }),
      refuse: () => new HufuError("NODE_UNREACHABLE", "silence"),
    });
    expect(await codeOf(collect(silent, 1, 1))).to.equal("NODE_UNREACHABLE");
    const nonsense = fakeNode({
      logsIn: () => ({ count: 0, digits: 0 }),
      refuse: () => ({ ok: true, result: "logs" }),
    });
    expect(await codeOf(collect(nonsense, 1, 100))).to.equal("NODE_ANSWER");
    expect(nonsense.asked).to.deep.equal([
      [1, 16],
      [17, 32],
    ]);
  });

  it("takes each block's time from its logs, or asks for it once a block", async () => {
    for (const withTimes of [true, false]) {
      const node = fakeNode({ logsIn: (block) => ({ count: block % 2 === 0 ? 3 : 0, digits: 64 }), withTimes });
      const logs = (await collect(node, 1, 10)).flatMap((range) => range.logs);
      expect(logs.map(({ blockTime }) => blockTime)).to.deep.equal(
        [2, 4, 6, 8, 10].flatMap((block) => Array<number>(3).fill(10 * block)),
      );
      // The last block of a range is asked for in any case.
      expect(node.times).to.deep.equal(withTimes ? [10] : [10, 2, 4, 6, 8, 10]);
    }
  });

  it("asks for nothing where there is no block", async () => {
    const node = fakeNode({ logsIn: () => ({ count: 1, digits: 64 }) });
    expect(await collect(node, 5, 4)).to.deep.equal([]);
    expect(node.asked).to.deep.equal([]);
  });

  it("is fetching the next ranges while one is worked on, and no further", async () => {
    const node = fakeNode({ logsIn: () => ({ count: 1, digits: 64 }) });
    for (const [ahead, asked] of [
      [1, 2],
      [3, 4],
    ] as const) {
      node.asked.length = 0;
      const stream = streamLogs(node.rpc, [address], 1, 10_000, { ahead });
      await stream.next();
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(node.asked).to.have.length(asked);
      await stream.return();
    }
  });

  it("names a block that the node leaves out, and answers of two forks", async () => {
    const one = `0x${"1".repeat(64)}`;
    const omitting = fakeNode({ logsIn: () => ({ count: 0, digits: 0 }) });
    const without = withBlocks(omitting.rpc, () => ({ ok: true, result: null }));
    expect(await codeOf(collect({ ...omitting, rpc: without }, 1, 8))).to.equal("NODE_OMITS_BLOCKS");
    const forking = fakeNode({ logsIn: () => ({ count: 1, digits: 64 }) });
    const other = withBlocks(forking.rpc, (answer) => ({
      ok: true,
      result: { ...(answer as { result: object }).result, hash: one }, // as: the fake's blocks
    }));
    expect(await codeOf(collect({ ...forking, rpc: other }, 1, 8))).to.equal("NODE_FORKED");
  });

  it("refuses logs of blocks that it did not ask for", async () => {
    const node = fakeNode({ logsIn: () => ({ count: 1, digits: 64 }) });
    const rpc: Rpc = {
      ...node.rpc,
      batch: (calls) =>
        node.rpc.batch(
          calls.map((call) =>
            call.method === "eth_getLogs"
              ? { ...call, params: [{ ...(call.params[0] as object), toBlock: "0x40" }] }
              : call,
          ),
        ),
    };
    expect(await codeOf(collect({ ...node, rpc }, 1, 8))).to.equal("NODE_ANSWER");
  });
});

function withBlocks(rpc: Rpc, change: (answer: RpcAnswer) => RpcAnswer): Rpc {
  return {
    ...rpc,
    async batch(calls) {
      const answers = await rpc.batch(calls);
      return answers.map((answer, index) =>
        calls[index]?.method === "eth_getBlockByNumber" ? change(answer) : answer,
      );
    },
  };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof HufuError) return faultCodeOf(error);
    throw error;
  }
  throw new Error("it did not fail");
}
