import { expect } from "chai";

import { createPendingAttempts, type PendingAttempts } from "../../../server/anchoring/pending.ts";
import { NO_ANSWER, type RpcAnswer, type RpcCall } from "../../../server/chain/rpc.ts";
import { insertAttempts, type NewAttempt } from "../../../server/store/attempts.ts";
import { openStore, type Store } from "../../../server/store/open.ts";
import { withFolder } from "../store/folder.ts";

const relayer = "0xaa";
const refusal = (message: string, code = -32000): RpcAnswer => ({ ok: false, error: { code, message, data: null } });

interface Bench {
  pending: PendingAttempts;
  /** what happened: calls, stuck keys, refusals, troubled orders, alarms */
  events: string[];
  clock: { now: number };
  /** what the node says to the next transactions */
  answers: RpcAnswer[];
  states(): Promise<string[]>;
  /** Makes another attempt of the first order, with this nonce. */
  tryAgain(nonce: number): Promise<void>;
}

/** An order for each nonce, with a pending attempt whose deadline is 100. */
function withAttempts(nonces: readonly number[], work: (bench: Bench) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const store = await openStore(folder);
    await prepare(store, nonces);
    const events: string[] = [];
    const clock = { now: 0 };
    const answers: RpcAnswer[] = [];
    const batch = (calls: readonly RpcCall[]): Promise<RpcAnswer[]> => {
      events.push(...calls.map(({ params }) => `sent ${String(params[0])}`));
      return Promise.resolve(calls.map(() => answers.shift() ?? { ok: true, result: "0x" }));
    };
    const pending = createPendingAttempts({
      ...{ store, rpc: { batch, call: () => Promise.reject(new Error("not asked")) }, log: () => undefined },
      hooks: { alarm: (code) => events.push(code) },
      now: () => clock.now,
      stuck: (address) => events.push(`stuck ${address}`),
      refused(message) {
        const isNews = !events.includes(`because ${message}`) || message !== "Gas price not 0";
        events.push(`because ${message}`);
        return isNews;
      },
      troubled: (order) => events.push(`troubled ${order}`),
    });
    const states = async (): Promise<string[]> => {
      const attempts = await store.db.selectFrom("attempts").select("state").orderBy("id").execute();
      const orders = await store.db.selectFrom("orders").select("state").orderBy("id").execute();
      return attempts.map(({ state }, index) => `${state} ${orders[index]?.state}`);
    };
    const tryAgain = (nonce: number): Promise<void> => store.write((tx) => insertAttempts(tx, [attemptOf(1, nonce)]));
    await work({ pending, events, clock, answers, states, tryAgain }).finally(() => store.close());
  });
}

function prepare(store: Store, nonces: readonly number[]): Promise<void> {
  return store.write(async (tx) => {
    for (const [index, nonce] of nonces.entries()) {
      await tx.insertInto("orders").values({ type: "setup", payload: "{}", created_at: 0 }).execute();
      await insertAttempts(tx, [attemptOf(index + 1, nonce)]);
    }
  });
}

function attemptOf(orderId: number, nonce: number): NewAttempt {
  const bytes = { rawTransaction: Uint8Array.of(nonce), transactionHash: Uint8Array.of(nonce) };
  return { ...{ orderId, deadline: 100, signature: null, createdAt: 0 }, ...bytes, relayer, nonce };
}

const at = (nonce: number): Map<string, number> => new Map([[relayer, nonce]]);

describe("attempts under way", () => {
  it("are handed over once, and again after a while", () =>
    withAttempts([0, 1], async ({ pending, events, clock }) => {
      await pending.broadcast(at(0));
      await pending.broadcast(at(0));
      expect(events).to.deep.equal(["sent 0x00", "sent 0x01"]);
      clock.now = 5_000;
      await pending.broadcast(at(1));
      expect(events.slice(2)).to.deep.equal(["sent 0x01"]);
    }));

  it("are given up at once when the node refuses one, which goes to another relayer later", () =>
    withAttempts([0, 1], async ({ pending, events, answers, states }) => {
      const why = "insufficient funds for gas * price + value";
      answers.push(refusal(why));
      await pending.broadcast(at(0));
      expect(await states()).to.deep.equal(["dead waiting", "pending sent"]);
      expect(events.slice(2)).to.deep.equal([
        `because ${why}`,
        "TRANSACTION_REFUSED",
        `stuck ${relayer}`,
        "troubled 1",
      ]);
    }));

  it("are not a relayer's fault when they are too large, and say so", () =>
    withAttempts([0, 1], async ({ pending, events, answers, states }) => {
      answers.push(refusal("exceeds block gas limit"));
      await pending.broadcast(at(0));
      expect(await states()).to.deep.equal(["dead waiting", "pending sent"]);
      expect(events.slice(2)).to.deep.equal(["because exceeds block gas limit", "TRANSACTION_TOO_LARGE", "troubled 1"]);
    }));

  it("are not a relayer's fault when they have a price and none is taken, with one alarm for all of them", () =>
    withAttempts([0, 1], async ({ pending, events, answers, states }) => {
      const why = "Gas price not 0";
      answers.push(refusal(why), refusal(why));
      await pending.broadcast(at(0));
      expect(await states()).to.deep.equal(["dead waiting", "dead waiting"]);
      const because = `because ${why}`;
      expect(events.slice(2)).to.deep.equal([because, "TRANSACTION_REFUSED", "troubled 1", because, "troubled 2"]);
    }));

  it("alarm nobody where the node keeps one that fell out of the chain, and do where it keeps somebody else's", () =>
    withAttempts([0, 1], async ({ pending, events, answers, states }) => {
      pending.fellOut(relayer, 0);
      const why = "replacement transaction underpriced";
      answers.push(refusal(why), refusal(why));
      await pending.broadcast(at(0));
      expect(await states()).to.deep.equal(["dead waiting", "dead waiting"]);
      const [fallen, other] = [events.slice(2, 4), events.slice(4)];
      expect(fallen).to.deep.equal([`stuck ${relayer}`, "troubled 1"]);
      expect(other).to.deep.equal([`because ${why}`, "TRANSACTION_REFUSED", `stuck ${relayer}`, "troubled 2"]);
    }));

  it("alarm where the node goes on keeping one that was given up, for none is ever mined then; each offers more than the one before", () =>
    withAttempts([0], async ({ pending, events, answers, tryAgain }) => {
      const why = "replacement transaction underpriced";
      await pending.review({ before: at(0), now: at(0), headTime: 101 });
      const seen: string[][] = [];
      for (let times = 0; times < 3; times++) {
        await tryAgain(0);
        events.length = 0;
        answers.push(refusal(why));
        await pending.broadcast(at(0));
        seen.push(events.slice(1));
      }
      const heard = [`because ${why}`, "TRANSACTION_REFUSED", `stuck ${relayer}`, "troubled 1"];
      expect(seen).to.deep.equal([[`stuck ${relayer}`, "troubled 1"], heard, heard]);
      expect(pending.givenUp(relayer, 0)).to.equal(4);
    }));

  it("wait where the node has them already, or has not answered", () =>
    withAttempts([0, 1, 2], async ({ pending, events, answers, states }) => {
      answers.push(refusal("already known"), refusal("nonce too low"), refusal("nothing came", NO_ANSWER));
      await pending.broadcast(at(0));
      expect(await states()).to.deep.equal(["pending sent", "pending sent", "pending sent"]);
      expect(events).to.have.length(3);
    }));

  it("have failed if their nonce was used before the watcher last read, not if it was used since", () =>
    withAttempts([0, 1, 2], async ({ pending, states }) => {
      await pending.review({ before: at(1), now: at(2), headTime: 0 });
      expect(await states()).to.deep.equal(["dead waiting", "pending sent", "pending sent"]);
    }));

  it("are replaced, with those behind them, when their deadline has passed", () =>
    withAttempts([0, 1], async ({ pending, events, states }) => {
      const books = await pending.review({ before: at(0), now: at(0), headTime: 101 });
      expect(await states()).to.deep.equal(["dead waiting", "dead waiting"]);
      expect(events).to.include("ATTEMPT_EXPIRED").and.to.include(`stuck ${relayer}`);
      expect([pending.givenUp(relayer, 0), books.get(relayer)?.take()]).to.deep.equal([1, 0]);
      await pending.review({ before: at(0), now: at(1), headTime: 101 });
      expect(pending.givenUp(relayer, 0), "what is mined is forgotten").to.equal(0);
    }));

  it("are given up behind a gap, which nothing would ever fill", () =>
    withAttempts([1], async ({ pending, states }) => {
      await pending.review({ before: at(0), now: at(0), headTime: 0 });
      expect(await states()).to.deep.equal(["dead waiting"]);
    }));

  it("of a key that is used no longer end with their deadline", () =>
    withAttempts([3], async ({ pending, states }) => {
      const others = new Map([["0xbb", 0]]);
      await pending.review({ before: others, now: others, headTime: 100 });
      expect(await states()).to.deep.equal(["pending sent"]);
      await pending.review({ before: others, now: others, headTime: 101 });
      expect(await states()).to.deep.equal(["dead waiting"]);
    }));
});
