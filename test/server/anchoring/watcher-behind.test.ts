import { expect } from "chai";

import { hexToBytes, type Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { createWatcher, type Watcher } from "../../../server/anchoring/watcher.ts";
import type { Rpc, RpcCall } from "../../../server/chain/rpc.ts";
import { openStore, type Store } from "../../../server/store/open.ts";
import { withFolder } from "../store/folder.ts";

const MINUTE = 60_000;
/** A block's hash: of the branch, and of the height. */
const hashOf = (branch: string, height: number): Hex => `0x${branch}${height.toString(16).padStart(62, "0")}`;
const own = (length: number): Hex[] => Array.from({ length }, (_, height) => hashOf("aa", height));
/** The first `common` blocks, and other ones on top of them. */
const other = (common: number, length: number): Hex[] =>
  own(length).map((hash, height) => (height < common ? hash : hashOf("bb", height)));

interface Held {
  blocks: readonly Hex[];
  /** by their heights: blocks that the node does not give, though its head is above them */
  lacks: readonly number[];
  isSilent: boolean;
}

/** A node that holds these blocks, none with a log. */
function nodeOf(held: Held): Rpc {
  const answer = ({ method, params: [at] }: RpcCall): unknown => {
    if (method === "eth_getLogs") return [];
    const height = at === "latest" ? held.blocks.length - 1 : Number(at);
    const [hash, parentHash] = [held.blocks[height], held.blocks[height - 1] ?? hashOf("00", 0)];
    return hash === undefined || held.lacks.includes(Number(at))
      ? null
      : { number: `0x${height.toString(16)}`, hash, parentHash, timestamp: "0x1" };
  };
  return {
    call: () => Promise.reject(new Error("not asked")),
    batch: (calls) =>
      held.isSilent
        ? Promise.reject(new HufuError("NODE_UNREACHABLE", "No node answers."))
        : Promise.resolve(calls.map((call) => ({ ok: true, result: answer(call) }))),
  };
}

interface Scene {
  readonly store: Store;
  /** what the node holds */
  readonly held: Held;
  /** milliseconds */
  readonly clock: { ms: number };
  readonly alarms: string[];
  /** Another one that starts with what is in the store. */
  restart(): void;
  /** The height that a turn came to, else the code of what it threw. */
  turn(): Promise<number | string>;
  /** in which blocks the orders are, as far as the watcher knows */
  places(): Promise<(number | null)[]>;
}

/** A watcher that has read twelve blocks one by one, with an order in block 3 and another in block 8. */
function afterTwelve(isEmbedded: boolean, work: (scene: Scene) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const store = await openStore(folder);
    const held: Held = { blocks: own(1), lacks: [], isSilent: false };
    const clock = { ms: 0 };
    const alarms: string[] = [];
    const begin = (): Watcher =>
      createWatcher({
        ...{ store, rpc: nodeOf(held), ledger: `0x${"11".repeat(20)}`, genesisHash: hashOf("aa", 0), isEmbedded },
        ...{ log: () => undefined, hooks: { alarm: (code) => alarms.push(code) }, now: () => 0 },
        ...{ elapsed: () => clock.ms, settled: () => Promise.resolve(), fellOut: () => undefined },
      });
    let watcher = begin();
    const scene: Scene = {
      ...{ store, held, clock, alarms },
      restart: () => void (watcher = begin()),
      turn: () =>
        watcher.turn().then(
          ({ number }) => number,
          (error: unknown) => (error instanceof HufuError ? error.code : String(error)),
        ),
      async places() {
        const rows = await store.db.selectFrom("orders").select("block_number").orderBy("id").execute();
        return rows.map(({ block_number }) => block_number);
      },
    };
    for (let length = 1; length <= 12; length++) {
      held.blocks = own(length);
      await watcher.turn();
    }
    for (const height of [3, 8]) {
      const place = { block_number: height, block_hash: hexToBytes(hashOf("aa", height)), block_time: 1_000 };
      const order = { type: "setup", payload: "{}", created_at: 0, state: "done", ...place } as const;
      await store.write((tx) => tx.insertInto("orders").values(order).execute());
    }
    try {
      await work(scene);
    } finally {
      await store.close();
    }
  });
}

describe("a node with fewer blocks than were read", () => {
  it("that lacks only the newest is behind for as long as it takes, and nothing is given up", () =>
    afterTwelve(false, async ({ held, clock, alarms, restart, turn, places }) => {
      for (const length of [11, 9, 5, 1, 6]) {
        held.blocks = own(length);
        for (const ms of [1, 60 * MINUTE]) {
          clock.ms += ms;
          expect(await turn(), `${length} blocks`).to.equal("NODE_UNREACHABLE");
        }
      }
      restart();
      clock.ms += 60 * MINUTE;
      expect([await turn(), await turn()]).to.deep.equal(["NODE_UNREACHABLE", "NODE_UNREACHABLE"]);
      held.blocks = own(14);
      expect(await turn()).to.equal(13);
      expect(await places()).to.deep.equal([3, 8]);
      expect(alarms).to.deep.equal([]);
    }));

  it("that holds others below its newest has half a minute to come back, then these are the chain's", () =>
    afterTwelve(false, async ({ held, clock, alarms, turn, places }) => {
      held.blocks = other(7, 10);
      expect(await turn()).to.equal("NODE_UNREACHABLE");
      clock.ms += MINUTE / 2 - 1;
      expect(await turn()).to.equal("NODE_UNREACHABLE");
      expect(await places()).to.deep.equal([3, 8]);
      clock.ms += 1;
      expect(await turn()).to.equal(9);
      expect(await places()).to.deep.equal([3, null]);
      expect(alarms).to.deep.equal(["BLOCKS_LOST"]);
    }));

  it("that came back from others in between has the whole time anew", () =>
    afterTwelve(false, async ({ held, clock, alarms, turn }) => {
      for (const blocks of [other(7, 10), own(10), other(7, 10)]) {
        held.blocks = blocks;
        expect(await turn()).to.equal("NODE_UNREACHABLE");
        clock.ms += MINUTE / 3;
      }
      expect(await turn()).to.equal("NODE_UNREACHABLE");
      expect(alarms).to.deep.equal([]);
    }));

  it("that was silent in between has the whole time anew", () =>
    afterTwelve(false, async ({ held, clock, alarms, turn }) => {
      held.blocks = other(7, 10);
      for (const isSilent of [false, true, false]) {
        held.isSilent = isSilent;
        expect(await turn()).to.equal("NODE_UNREACHABLE");
        clock.ms += MINUTE / 3;
      }
      expect(await turn()).to.equal("NODE_UNREACHABLE");
      expect(alarms).to.deep.equal([]);
      clock.ms += MINUTE / 6;
      expect(await turn()).to.equal(9);
      expect(alarms).to.deep.equal(["BLOCKS_LOST"]);
    }));

  it("is found out after a restart by what the orders are in", () =>
    afterTwelve(false, async ({ held, clock, alarms, restart, turn, places }) => {
      restart();
      held.blocks = other(7, 10);
      expect(await turn()).to.equal("NODE_UNREACHABLE");
      clock.ms += MINUTE / 2;
      expect(await turn()).to.equal(9);
      expect(await places()).to.deep.equal([3, null]);
      expect(alarms).to.deep.equal(["BLOCKS_LOST"]);
    }));

  it("is not judged by a block that a slower node behind the same address lacks", () =>
    afterTwelve(false, async ({ held, clock, alarms, turn, places }) => {
      held.blocks = other(7, 10);
      held.lacks = [9];
      expect(await turn()).to.equal("NODE_UNREACHABLE");
      clock.ms += MINUTE;
      expect(await turn()).to.equal("NODE_UNREACHABLE");
      expect(await places()).to.deep.equal([3, 8]);
      expect(alarms).to.deep.equal([]);
    }));

  it("of a chain that was cut back is behind until others are built on it, and past what was read they count at once", () =>
    afterTwelve(false, async ({ held, clock, alarms, turn, places }) => {
      held.blocks = own(7);
      clock.ms += 60 * MINUTE;
      expect(await turn()).to.equal("NODE_UNREACHABLE");
      held.blocks = other(7, 9);
      expect(await turn()).to.equal("NODE_UNREACHABLE");
      expect(await places()).to.deep.equal([3, 8]);
      held.blocks = other(7, 12);
      expect(await turn()).to.equal(11);
      expect(await places()).to.deep.equal([3, null]);
      expect(alarms).to.deep.equal(["BLOCKS_LOST"]);
    }));

  it("loses blocks at once where it is the gateway's own, for nobody else has them", () =>
    afterTwelve(true, async ({ held, alarms, turn, places }) => {
      held.blocks = own(7);
      expect(await turn()).to.equal(6);
      expect(await places()).to.deep.equal([3, null]);
      expect(alarms).to.deep.equal(["BLOCKS_LOST"]);
    }));
});
