import { expect } from "chai";

import type { RawLog } from "../../../core/ledger/events.ts";
import { logsOfRange } from "../../../server/chain/log-range.ts";
import type { Rpc, RpcCall } from "../../../server/chain/rpc.ts";

const address = `0x${"11".repeat(20)}` as const;

/** A node that gives at most `most` blocks at once, and whose every hundredth block holds a log. */
function nodeOf(most: number, asked: [number, number][]): Rpc {
  const hash = `0x${"22".repeat(32)}`;
  const logAt = (number: number): unknown => ({
    ...{ address, topics: [], data: "0x", blockHash: hash, transactionHash: hash, removed: false },
    ...{ blockNumber: `0x${number.toString(16)}`, logIndex: "0x0", transactionIndex: "0x0" },
  });
  const limits = (call: RpcCall): [number, number] => {
    const [filter] = call.params;
    const { fromBlock, toBlock } = filter as { fromBlock: string; toBlock: string }; // as logsBetween writes it
    return [Number(fromBlock), Number(toBlock)];
  };
  return {
    call: () => Promise.reject(new Error("not asked")),
    batch: (calls) =>
      Promise.resolve(
        calls.map((call) => {
          const [from, to] = limits(call);
          const error = { code: -32005, message: "Requested range exceeds maximum RPC range limit", data: null };
          if (to - from + 1 > most) return { ok: false, error } as const;
          asked.push([from, to]);
          const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
          return { ok: true, result: numbers.filter((number) => number % 100 === 0).map(logAt) } as const;
        }),
      ),
  };
}

async function numbersIn(rpc: Rpc, from: number, to: number): Promise<number[]> {
  const found: RawLog[] = [];
  for await (const logs of logsOfRange(rpc, { from, to, address, topics: [] })) found.push(...logs);
  return found.map(({ blockNumber }) => blockNumber);
}

describe("the logs of a range of blocks", () => {
  for (const most of [1, 7, 1_000, 5_000, 1_000_000])
    it(`come whole and in order from a node that gives ${most} blocks at once`, async () => {
      const asked: [number, number][] = [];
      const to = most === 1 ? 350 : 23_450;
      const numbers = await numbersIn(nodeOf(most, asked), 5, to);
      expect(numbers).to.deep.equal(Array.from({ length: Math.floor(to / 100) }, (_, index) => 100 * (index + 1)));
      expect(asked[0]?.[0]).to.equal(5);
      for (const [index, [from]] of asked.entries()) if (index > 0) expect(from).to.equal(asked[index - 1]![1] + 1);
      expect(asked.at(-1)?.[1]).to.equal(to);
    });

  it("asks a node that refuses a wide range no wider one again", async () => {
    const asked: [number, number][] = [];
    await numbersIn(nodeOf(1_000, asked), 0, 99_999);
    expect(asked.length).to.be.lessThan(200);
  });

  it("are refused where the node does not even give one block", async () => {
    const error = await numbersIn(nodeOf(0, []), 0, 10).catch((cause: unknown) => cause);
    expect(error).to.include({ code: "NODE_REFUSED" });
  });
});
