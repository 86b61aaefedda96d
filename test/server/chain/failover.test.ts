import { expect } from "chai";

import { HufuError } from "../../../core/error.ts";
import { createFailover, type FailoverNode } from "../../../server/chain/failover.ts";
import { resultOf, type Rpc } from "../../../server/chain/rpc.ts";

interface Node extends FailoverNode {
  isDown: boolean;
  at: number;
  asked: number;
}

function nodeNamed(url: string): Node {
  const rpc: Rpc = {
    batch(calls) {
      node.asked += 1;
      if (node.isDown) return Promise.reject(new HufuError("NODE_UNREACHABLE", "it is down"));
      return Promise.resolve(calls.map(() => ({ ok: true, result: url })));
    },
    call: async (method, ...params) => resultOf((await rpc.batch([{ method, params }]))[0], method),
  };
  const node: Node = {
    ...{ url, rpc, isDown: false, at: 100, asked: 0 },
    height: () => (node.isDown ? Promise.reject(new Error("down")) : Promise.resolve(node.at)),
  };
  return node;
}

describe("several nodes of a chain", () => {
  const clock = { now: 0 };
  let nodes: [Node, Node, Node];
  let moves: string[];
  let failover: ReturnType<typeof createFailover>;
  beforeEach(() => {
    clock.now = 0;
    nodes = [nodeNamed("one"), nodeNamed("two"), nodeNamed("three")];
    moves = [];
    failover = createFailover(nodes, {
      log: (_level, _sentence, details) => moves.push(String(details?.["to"])),
      now: () => clock.now,
    });
  });
  /** Asks once a look is due, and lets it end. */
  async function look(): Promise<unknown> {
    clock.now += 3_000;
    await failover.call("eth_any");
    await new Promise(setImmediate);
    return failover.call("eth_any");
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
    expect(moves).to.deep.equal(["two", "three"]);
  });

  it("are given up when none answers, each asked once, and found again", async () => {
    for (const node of nodes) node.isDown = true;
    const error: unknown = await failover.call("eth_any").catch((error: unknown) => error);
    expect(error).to.be.instanceOf(HufuError).with.property("code", "NODE_UNREACHABLE");
    expect(nodes.map(({ asked }) => asked)).to.deep.equal([1, 1, 1]);
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

  it("leave a refusal to whoever asked", async () => {
    nodes[0].rpc.batch = () => Promise.reject(new HufuError("NODE_ANSWER", "it answers nonsense"));
    const error: unknown = await failover.call("eth_any").catch((error: unknown) => error);
    expect(error).to.have.property("code", "NODE_ANSWER");
    expect(failover.url()).to.equal("one");
  });
});
