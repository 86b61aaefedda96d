import { expect } from "chai";

import { to0x } from "../../../core/bytes.ts";
import { count, field, quantity } from "../../../server/chain/quantity.ts";
import type { Rpc, RpcCall } from "../../../server/chain/rpc.ts";
import { parseStep } from "../../../server/chain/setup-step.ts";
import { triedTransactions } from "../../../server/store/attempts.ts";
import { readCursor } from "../../../server/store/chain-position.ts";
import type { Store } from "../../../server/store/open.ts";
import { setupOrders } from "../../../server/store/outbox.ts";
import { market, openDesk, type Desk } from "./desk.ts";

const isLook = ({ method, params }: RpcCall): boolean => /eth_getCode|eth_call/.test(method) && params[1] === "latest";

/** A node that makes a block whenever somebody is about to look at its newest state: what is seen there, is in no block that was read. */
function ahead(rpc: Rpc): Rpc {
  return {
    ...rpc,
    async batch(calls) {
      if (calls.some(isLook)) await rpc.call("evm_mine");
      return rpc.batch(calls);
    },
  };
}

/** As it is in the moment in which a block is made: what it changed is seen, and its receipts are not there yet. Each comes at the second time here. */
function withoutReceipts(rpc: Rpc): Rpc {
  const asked = new Set<unknown>();
  return {
    ...ahead(rpc),
    async call(method, ...params) {
      if (method !== "eth_getTransactionReceipt" || asked.has(params[0])) return rpc.call(method, ...params);
      asked.add(params[0]);
      return null;
    },
  };
}

for (const [which, wrapRpc] of Object.entries({ ahead, withoutReceipts }))
  describe(`where a step of the setup stands (${which})`, function () {
    this.timeout(120_000);
    let desk: Desk;
    const tooHigh: string[] = [];
    before(async () => {
      desk = await openDesk({ wrapRpc, wrapStore: watched });
      await desk.anchoring().ready();
    });
    after(() => desk.close());

    /** Looks after each commit at what the store says. */
    function watched(store: Store): Store {
      return {
        ...store,
        async write(run) {
          const result = await store.write(run);
          const cursor = (await readCursor(store.db))?.number ?? -1;
          for (const { block_number, payload } of await setupOrders(store.db))
            if ((block_number ?? -1) > cursor)
              tooHigh.push(`${parseStep(payload).step}: ${block_number} above ${cursor}`);
          return result;
        },
      };
    }

    /** The block of whichever of an order's transactions did it; null: another order's did. */
    async function blockOf(orderId: number): Promise<number | null> {
      for (const hash of await triedTransactions(desk.store.db, orderId)) {
        const receipt = await desk.chain.rpc.call("eth_getTransactionReceipt", to0x(hash));
        if (quantity(field(receipt, "status"), "status") === 1n) return count(field(receipt, "blockNumber"), "block");
      }
      return null;
    }

    it("is not above what was read of the chain, of which nobody would notice that it fell out", () => {
      expect(tooHigh).to.deep.equal([]);
    });

    it("is not below the block of its transaction, though its effect was seen before that block was", async () => {
      let sent = 0;
      for (const { id, payload, block_number } of await setupOrders(desk.store.db)) {
        const block = await blockOf(id);
        if (block === null) continue;
        sent += 1;
        expect(block_number, parseStep(payload).step).to.be.at.least(block);
      }
      expect(sent).to.be.greaterThan(10);
    });

    it("is not below the block that brought it, where the transaction of another step did", async () => {
      const orders = (await setupOrders(desk.store.db)).map((order) => ({ ...order, ...parseStep(order.payload) }));
      const placeOf = (name: string): number => orders.find(({ step }) => step === name)?.block_number ?? NaN;
      expect(placeOf(`name of ${market}`)).to.be.at.least(placeOf(`enrol ${market}`));
      expect(placeOf(`kinds of ${market}`)).to.be.at.least(placeOf(`enrol ${market}`));
    });
  });
