import { expect } from "chai";

import { HufuError } from "../../../core/error.ts";
import { readIdentity, type ChainIdentity } from "../../../server/chain/chain-identity.ts";
import { createFailover, type Failover, type FailoverNode } from "../../../server/chain/failover.ts";
import { resultOf, type Rpc } from "../../../server/chain/rpc.ts";

interface Node extends FailoverNode {
  isDown: boolean;
  /** takes calls, and answers none */
  hangs: boolean;
  at: number;
  asked: number;
  chainId: number;
  /** how often it was asked which chain it holds */
  met: number;
}

function nodeNamed(url: string): Node {
  const rpc: Rpc = {
    batch(calls) {
      node.asked += 1;
      if (node.hangs) return new Promise(() => undefined);
      if (node.isDown) return Promise.reject(new HufuError("NODE_UNREACHABLE", "it is down"));
      return Promise.resolve(calls.map(() => ({ ok: true, result: url })));
    },
    call: async (method, ...params) => resultOf((await rpc.batch([{ method, params }]))[0], method),
  };
  const node: Node = {
    ...{ url, rpc, isDown: false, hangs: false, at: 100, asked: 0, chainId: 7, met: 0 },
    identity() {
      node.met += 1;
      if (node.isDown) return Promise.reject(new HufuError("NODE_UNREACHABLE", "it is down"));
      return Promise.resolve({ chainId: node.chainId, genesisHash: "0xaa" });
    },
    // It answers fast or not at all: what hangs has no height.
    height: () => (node.isDown || node.hangs ? Promise.reject(new Error("down")) : Promise.resolve(node.at)),
  };
  return node;
}

async function codeOf(failover: Failover): Promise<unknown> {
  const error: unknown = await failover.call("eth_any").catch((error: unknown) => error);
  return error instanceof HufuError ? error.code : error;
}

describe("several nodes of a chain", () => {
  const clock = { now: 0 };
  let nodes: [Node, Node, Node];
  let moves: string[];
  let errors: string[];
  let failover: Failover;
  /** what is to be done again and again */
  const ticking = new Set<() => void>();
  beforeEach(() => {
    clock.now = 0;
    ticking.clear();
    nodes = [nodeNamed("one"), nodeNamed("two"), nodeNamed("three")];
    moves = [];
    errors = [];
    failover = over(nodes);
  });
  function over(nodes: readonly Node[], known: ChainIdentity | null = null): Failover {
    return createFailover(nodes, {
      known,
      log: (level, _sentence, details) =>
        level === "error" ? errors.push(String(details?.["url"])) : moves.push(String(details?.["to"])),
      now: () => clock.now,
      every(_ms, run) {
        ticking.add(run);
        return () => ticking.delete(run);
      },
    });
  }
  /** Lets time pass in which nobody calls. */
  async function wait(ms: number): Promise<void> {
    await new Promise(setImmediate);
    clock.now += ms;
    for (const run of ticking) run();
    await new Promise(setImmediate);
  }
  /** Asks once a look is due, and lets it end; the first call of all begins none. */
  async function look(): Promise<unknown> {
    clock.now += 3_000;
    await failover.call("eth_any");
    await new Promise(setImmediate);
    const answer = await failover.call("eth_any");
    await new Promise(setImmediate);
    return answer;
  }

  it("are asked in their order, the first alone while it answers", async () => {
    for (let turn = 0; turn < 3; turn++) expect(await look()).to.equal("one");
    expect([nodes[1].asked, moves]).to.deep.equal([0, []]);
  });

  it("take each other's place when one does not answer, and nobody goes back while the new one does", async () => {
    nodes[0].isDown = true;
    nodes[1].isDown = true;
    expect([await failover.call("eth_any"), failover.url()]).to.deep.equal(["three", "three"]);
    nodes[0].isDown = false;
    nodes[1].isDown = false;
    expect(await look()).to.equal("three");
    expect(moves).to.deep.equal(["three"]);
  });

  it("are given up when none answers, each tried once, and found again", async () => {
    for (const node of nodes) node.isDown = true;
    expect(await codeOf(failover)).to.equal("NODE_UNREACHABLE");
    expect(nodes.map(({ met }) => met)).to.deep.equal([1, 1, 1]);
    expect(nodes.map(({ asked }) => asked)).to.deep.equal([0, 0, 0]);
    nodes[1].isDown = false;
    expect(await failover.call("eth_any")).to.equal("two");
  });

  it("are compared now and then: one that fell behind is left, one that is a little behind is not", async () => {
    nodes[2].at = 103;
    expect(await look()).to.equal("one");
    nodes[2].at = 104;
    expect(await look()).to.equal("three");
    nodes[0].isDown = true;
    expect(await look()).to.equal("three");
  });

  it("do not hold up a call while one hangs: the look finds it, and the next one is asked", async () => {
    expect(await failover.call("eth_any")).to.equal("one");
    nodes[0].hangs = true;
    const held = failover.call("eth_any");
    await wait(2_999);
    expect([failover.url(), nodes[1].asked]).to.deep.equal(["one", 0]);
    await wait(1);
    expect(await held).to.equal("two");
    expect([failover.url(), moves, ticking.size]).to.deep.equal(["two", ["two"], 0]);
    expect(await failover.call("eth_any")).to.equal("two");
    expect(nodes[0].asked).to.equal(2);
  });

  it("are left when they hang on a chain of few blocks too", async () => {
    await failover.call("eth_any");
    for (const node of nodes) node.at = 1;
    nodes[0].hangs = true;
    nodes[2].at = 2;
    const held = failover.call("eth_any");
    await wait(3_000);
    expect([await held, failover.url()]).to.deep.equal(["two", "three"]);
  });

  it("are waited for where all hang, and where there is no other", async () => {
    for (const some of [nodes, [nodes[0]]]) {
      failover = over(some);
      nodes[0].hangs = false;
      await failover.call("eth_any");
      for (const node of nodes) node.hangs = true;
      const held = failover.call("eth_any").then(() => "answered");
      await wait(3_000);
      expect(await Promise.race([held, Promise.resolve("waits")])).to.equal("waits");
      expect(failover.url()).to.equal("one");
    }
  });

  it("are named in the log without what may be a key", async () => {
    const keyed = { ...nodeNamed("https://two.example/?apikey=s3cret"), isDown: false };
    failover = over([nodes[0], keyed]);
    nodes[0].isDown = true;
    await failover.call("eth_any");
    expect([moves, failover.url()]).to.deep.equal([["https://two.example/?…"], keyed.url]);
  });

  it("leave a refusal to whoever asked", async () => {
    nodes[0].rpc.batch = () => Promise.reject(new HufuError("NODE_ANSWER", "it answers nonsense"));
    expect(await codeOf(failover)).to.equal("NODE_ANSWER");
    expect(failover.url()).to.equal("one");
  });

  it("say once which chain they hold, and again after they did not answer", async () => {
    for (let turn = 0; turn < 3; turn++) await look();
    expect(nodes.map(({ met }) => met)).to.deep.equal([1, 1, 1]);
    nodes[0].isDown = true;
    await look();
    const met = nodes[0].met;
    nodes[0].isDown = false;
    for (let turn = 0; turn < 3; turn++) await look();
    expect(nodes.map(({ met }) => met)).to.deep.equal([met + 1, 1, 1]);
  });

  it("are never of two chains: a higher one of another is left out, whatever happens to the first", async () => {
    const [first, other] = nodes;
    Object.assign(other, { chainId: 8, at: 1_000 });
    failover = over([first, other]);
    for (let turn = 0; turn < 2; turn++) expect(await look()).to.equal("one");
    first.isDown = true;
    clock.now += 3_000;
    for (let turn = 0; turn < 2; turn++) expect(await codeOf(failover)).to.equal("NODE_UNREACHABLE");
    first.isDown = false;
    expect(await look()).to.equal("one");
    expect(failover.identity()).to.deep.equal({ chainId: 7, genesisHash: "0xaa" });
    expect([other.asked, moves, errors]).to.deep.equal([0, [], ["two"]]);
  });

  it("are of the chain that is known, though the first that answers is not; one that changes its chain is left", async () => {
    nodes[0].chainId = 8;
    failover = over(nodes, { chainId: 7, genesisHash: "0xaa" });
    expect([await failover.call("eth_any"), nodes[0].asked, errors]).to.deep.equal(["two", 0, ["one"]]);
    nodes[1].isDown = true;
    expect(await failover.call("eth_any")).to.equal("three");
    Object.assign(nodes[1], { isDown: false, chainId: 8, at: 1_000 });
    expect([await look(), errors]).to.deep.equal(["three", ["one", "two"]]);
  });

  it("are elsewhere when each answers for another chain, and not while one is silent or comes back to its chain", async () => {
    failover = over(nodes, { chainId: 9, genesisHash: "0xaa" });
    expect(failover.isElsewhere()).to.equal(false);
    expect([await codeOf(failover), failover.isElsewhere()]).to.deep.equal(["NODE_UNREACHABLE", true]);
    nodes[2].isDown = true;
    expect([await codeOf(failover), failover.isElsewhere()]).to.deep.equal(["NODE_UNREACHABLE", false]);
    Object.assign(nodes[2], { isDown: false, chainId: 9 });
    expect([await failover.call("eth_any"), failover.isElsewhere()]).to.deep.equal(["three", false]);
  });

  it("are passed over when they cannot say which chain they hold", async () => {
    const starting = { ...nodes[0], identity: () => readIdentity(nodes[0].rpc) };
    expect(await over([starting, nodes[1]]).call("eth_any")).to.equal("two");
    expect(await codeOf(over([starting]))).to.equal("NODE_UNREACHABLE");
  });
});
