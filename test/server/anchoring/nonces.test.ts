import { expect } from "chai";
import { Wallet } from "ethers";

import type { Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { createNonceBook, createRelayerPool, readNonces } from "../../../server/anchoring/nonces.ts";
import { createPatience } from "../../../server/anchoring/patience.ts";
import type { Rpc, RpcAnswer } from "../../../server/chain/rpc.ts";

const wallet = new Wallet(`0x${"11".repeat(32)}`);
const account = (digit: string) => ({ address: `0x${digit.repeat(40)}` as const, wallet });
const [a, b] = [account("a"), account("b")];
const answering = (answers: RpcAnswer[]): Rpc => ({
  call: () => Promise.reject(new Error("not asked")),
  batch: () => Promise.resolve(answers),
});

describe("nonces", () => {
  it("are read for every account in one request", async () => {
    const rpc = answering(["0x0", "0x1f"].map((result) => ({ ok: true, result })));
    expect([...(await readNonces(rpc, [a.address, b.address]))]).to.deep.equal([
      [a.address, 0],
      [b.address, 31],
    ]);
  });

  it("are refused by code where a node does not tell them", async () => {
    const codeOf = async (answer: RpcAnswer): Promise<string> => {
      const error: unknown = await readNonces(answering([answer]), [a.address]).catch((error: unknown) => error);
      return error instanceof HufuError ? error.code : "no error";
    };
    expect(await codeOf({ ok: false, error: { code: 1, message: "no", data: null } })).to.equal("NODE_REFUSED");
    expect(await codeOf({ ok: true, result: "many" })).to.equal("NODE_ANSWER");
    expect(await codeOf({ ok: true, result: `0x${"f".repeat(64)}` })).to.equal("NODE_ANSWER");
  });

  it("fill a gap before anything is put behind it", () => {
    const book = createNonceBook(5, [6, 8]);
    expect([book.take(), book.take(), book.take(), book.take()]).to.deep.equal([5, 7, 9, 10]);
    expect(book.inFlight()).to.equal(6);
  });
});

describe("relayers", () => {
  const books = (inA: number, inB: number) => {
    const taken = (count: number): number[] => Array.from({ length: count }, (_, nonce) => nonce);
    return new Map<Hex, ReturnType<typeof createNonceBook>>([
      [a.address, createNonceBook(0, taken(inA))],
      [b.address, createNonceBook(0, taken(inB))],
    ]);
  };

  it("share the work: the one with the least under way is next", () => {
    const pool = createRelayerPool([a, b], () => 0);
    expect(pool.choose(books(3, 2))?.address).to.equal(b.address);
    expect(pool.choose(books(2, 3))?.address).to.equal(a.address);
    expect(pool.room(books(99, 100))).to.equal(1);
    expect(pool.choose(books(100, 100))).to.equal(null);
  });

  it("leave a stuck key alone for five minutes, unless all are stuck", () => {
    let now = 0;
    const pool = createRelayerPool([a, b], () => now);
    pool.stuck(a.address);
    expect(pool.quarantined()).to.deep.equal([a.address]);
    expect(pool.choose(books(0, 50))?.address).to.equal(b.address);
    expect(pool.choose(books(0, 100))?.address, "the others are full").to.equal(a.address);
    pool.stuck(b.address);
    expect(pool.choose(books(0, 50))?.address).to.equal(a.address);
    now = 300_000;
    expect(pool.quarantined()).to.deep.equal([]);
  });
});

describe("patience", () => {
  it("tries again ever more seldom, at least once a minute", () => {
    let now = 0;
    const patience = createPatience(() => now);
    const waits: number[] = [];
    for (let time = 0; time < 8; time++) {
      patience.delay(1);
      const begun = now;
      while (!patience.isDue(1)) now += 1_000;
      waits.push((now - begun) / 1_000);
    }
    expect(waits).to.deep.equal([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it("tells who was in trouble more than once, and keeps nobody for ever", () => {
    let now = 0;
    const patience = createPatience(() => now);
    patience.delay(1);
    expect(patience.isStubborn(1)).to.equal(false);
    expect(patience.delay(1)).to.equal(2);
    expect(patience.isStubborn(1)).to.equal(true);
    now = 100_000;
    patience.delay(2);
    expect([patience.size(), patience.isStubborn(1)]).to.deep.equal([1, false]);
    patience.clear(2);
    expect(patience.size()).to.equal(0);
  });
});
