import { expect } from "chai";

import type { Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { topics } from "../../../core/ledger/abi.ts";
import { createWatcher } from "../../../server/anchoring/watcher.ts";
import type { Rpc, RpcCall } from "../../../server/chain/rpc.ts";
import { insertAttempts, pendingAttempts } from "../../../server/store/attempts.ts";
import { readCursor, saveCursor } from "../../../server/store/chain-position.ts";
import { openStore } from "../../../server/store/open.ts";
import { withFolder } from "../store/folder.ts";

const ledger: Hex = `0x${"11".repeat(20)}`;
const word = (number: number): Hex => `0x${number.toString(16).padStart(64, "0")}`;
const blockOf = (number: number) => ({
  ...{ number: `0x${number.toString(16)}`, hash: word(number + 1), parentHash: word(number), timestamp: "0x1" },
});

/** A node with three blocks whose second one holds a log of `address`, whatever address was asked for. */
function nodeWithLogOf(address: Hex): Rpc {
  const log = {
    ...{ address, topics: [topics.Anchored, word(1), word(1), word(1)], data: "0x", blockTimestamp: "0x1" },
    ...{ blockNumber: "0x1", blockHash: word(2), transactionHash: word(9), logIndex: "0x0" },
  };
  const answer = ({ method, params: [block] }: RpcCall): unknown =>
    method === "eth_getLogs" ? [log] : blockOf(block === "latest" ? 2 : Number(block));
  return {
    call: () => Promise.reject(new Error("not asked")),
    batch: (calls) => Promise.resolve(calls.map((call) => ({ ok: true, result: answer(call) }))),
  };
}

function watch(rpc: Rpc, genesisHash: Hex): Promise<{ code: string; cursor: number | null }> {
  return new Promise((resolve, reject) => {
    void withFolder(async (folder) => {
      const store = await openStore(folder);
      const idle = {
        log: () => undefined,
        hooks: {},
        now: () => 0,
        settled: () => Promise.resolve(),
        elapsed: () => 0,
        isEmbedded: false,
        fellOut: () => undefined,
      };
      const watcher = createWatcher({ ...idle, store, rpc, ledger, genesisHash });
      const error: unknown = await watcher.turn().catch((error: unknown) => error);
      const cursor = (await readCursor(store.db))?.number ?? null;
      await store.close();
      resolve({ code: error instanceof HufuError ? error.code : "no error", cursor });
    }).catch(reject);
  });
}

describe("watcher", () => {
  it("gives up statuses that were sent when blocks fall out of the chain, for what they rest on may be gone", () =>
    withFolder(async (folder) => {
      const store = await openStore(folder);
      await store.write(async (tx) => {
        const done = { state: "done", block_number: 5, block_hash: new Uint8Array(32), block_time: 0 } as const;
        await tx
          .insertInto("orders")
          .values({ type: "setup", payload: "{}", created_at: 0, ...done })
          .execute();
        const bytes = { target: Uint8Array.of(1), basis: Uint8Array.of(2) };
        await tx
          .insertInto("orders")
          .values({ type: "status", effect: 2, created_at: 0, ...bytes })
          .execute();
        const transaction = { signature: null, rawTransaction: Uint8Array.of(3), transactionHash: Uint8Array.of(4) };
        const fixed = { orderId: 2, deadline: 100, relayer: "0xaa", nonce: 0, createdAt: 0 };
        await insertAttempts(tx, [{ ...fixed, ...transaction }]);
        await saveCursor(tx, { number: 5, hash: word(99), time: 1 });
      });
      const idle = {
        log: () => undefined,
        hooks: {},
        now: () => 0,
        settled: () => Promise.resolve(),
        elapsed: () => 0,
        isEmbedded: true,
        fellOut: () => undefined,
      };
      await createWatcher({ ...idle, store, rpc: nodeWithLogOf(ledger), ledger, genesisHash: word(1) }).turn();
      const orders = await store.db.selectFrom("orders").select("state").orderBy("id").execute();
      expect(orders.map(({ state }) => state)).to.deep.equal(["waiting", "waiting"]);
      expect(await pendingAttempts(store.db)).to.deep.equal([]);
      await store.close();
    }));

  it("reads up to the newest block", async () => {
    expect(await watch(nodeWithLogOf(ledger), word(1))).to.deep.equal({ code: "no error", cursor: 2 });
  });

  it("trusts no log of another contract, and does not go past it", async () => {
    const foreign = await watch(nodeWithLogOf(`0x${"22".repeat(20)}`), word(1));
    expect(foreign).to.deep.equal({ code: "NODE_ANSWER", cursor: null });
  });

  it("reads nothing of a chain with another genesis block", async () => {
    expect(await watch(nodeWithLogOf(ledger), word(7))).to.deep.equal({ code: "CHAIN_MISMATCH", cursor: null });
  });
});
