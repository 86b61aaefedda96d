import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";

import { base64ToBytes } from "../../../core/base64.ts";
import { to0x } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { followValidators } from "../../../core/proofs/validators.ts";
import type { TrustedTransition } from "../../../core/trust/bundle.ts";
import { validatorsOf } from "../../../server/chain/validator-watch.ts";
import { addressesOf, fastTools } from "../../core/proofs/sealed-chain.ts";
import { growingChain, qbftBlocks } from "../../core/trust/qbft-blocks.ts";
import { hashOf } from "../../core/trust/sample.ts";
import { withFolder } from "../store/folder.ts";
import { cliqueBlocks } from "./clique-blocks.ts";
import { createQbftNode } from "./qbft-node.ts";
import { clique, cliqueNode, epoch, fileIn, growing, grown, signers, watchOf } from "./watched-chain.ts";

function sinceOf(genesis: BlockHeader, transitions: readonly TrustedTransition[]): number {
  const decoded = transitions.map(({ votes, next }) => ({
    votes: votes.map(base64ToBytes),
    next: next === null ? null : base64ToBytes(next),
  }));
  return followValidators({ ...fastTools, consensus: clique, genesis, transitions: decoded }).since;
}

describe("following a chain's validators", () => {
  it("reads header after header, counts the votes, and keeps the headers that prove them", () =>
    withFolder(async (folder) => {
      const blocks = cliqueBlocks({ ...growing, length: 40 });
      const node = cliqueNode(blocks.slice(0, 8));
      const watch = watchOf(node, folder);
      expect([watch.now(), watch.reached()]).to.deep.equal([null, -1]);
      expect(() => validatorsOf({ validators: () => watch.now() }))
        .to.throw(HufuError)
        .with.property("code", "NODE_UNREACHABLE");
      expect(await watch.turn()).to.equal(true);
      expect(watch.now()).to.deep.equal({ addresses: addressesOf(signers), transitions: [] });
      node.knows.blocks = blocks;
      await watch.turn();
      const { addresses, transitions } = validatorsOf({ validators: () => watch.now() });
      expect(addresses).to.deep.equal(addressesOf(grown));
      expect(transitions.map(({ votes, next }) => [votes.length, next])).to.deep.equal([[2, null]]);
      expect(sinceOf(blocks[0]!, transitions)).to.equal(13);
    }));

  it("goes on after a restart from where it was, and begins again where its file is of no use", () =>
    withFolder(async (folder) => {
      const blocks = cliqueBlocks({ ...growing, length: 1_200 });
      const first = watchOf(cliqueNode(blocks), folder);
      expect(await first.turn()).to.equal(false);
      expect(first.now()).to.equal(null);
      while (!(await first.turn()));
      const node = cliqueNode(blocks);
      const again = watchOf(node, folder);
      expect(again.reached()).to.equal(400);
      while (!(await again.turn()));
      expect(again.now()).to.deep.equal(first.now());
      expect(node.asked.filter((method) => method === "eth_getBlockByNumber").length).to.be.lessThan(810);
      writeFileSync(fileIn(folder), "{");
      const anew = watchOf(cliqueNode(blocks), folder);
      while (!(await anew.turn()));
      expect(anew.now()).to.deep.equal(first.now());
    }));

  it("takes back what fell out of the chain, votes and all", () =>
    withFolder(async (folder) => {
      const blocks = cliqueBlocks({ ...growing, length: 20 });
      const node = cliqueNode(blocks);
      const watch = watchOf(node, folder);
      await watch.turn();
      expect(watch.now()?.addresses).to.have.length(4);
      const sets = [{ since: 0, signers }];
      node.knows.blocks = cliqueBlocks({ sets, epoch, length: 30, after: blocks.slice(0, 12) });
      await watch.turn();
      expect(watch.now()).to.deep.equal({ addresses: addressesOf(signers), transitions: [] });
    }));

  it("has, of a QBFT chain, the first header of the new set too", () =>
    withFolder(async (folder) => {
      const blocks = qbftBlocks({ ...growingChain, length: 14 });
      const node = createQbftNode(blocks.slice(0, 9));
      const watch = watchOf(node, folder, { type: "qbft", epoch: 30_000 });
      await watch.turn();
      expect(watch.now()?.transitions).to.deep.equal([]);
      node.knows.blocks = blocks;
      await watch.turn();
      const [change] = watch.now()!.transitions;
      expect([change?.votes.length, to0x(base64ToBytes(change!.next!))]).to.deep.equal([3, to0x(blocks[9]!.raw)]);
      expect(hashOf(blocks[0]!)).to.equal(node.knows.hashOf(blocks[0]!));
    }));

  it("writes down only what is settled, for the chain that it is of", () =>
    withFolder(async (folder) => {
      const blocks = cliqueBlocks({ ...growing, length: 500 });
      const watch = watchOf(cliqueNode(blocks), folder);
      while (!(await watch.turn()));
      expect(JSON.parse(readFileSync(fileIn(folder), "utf8")).number).to.equal(400);
      const other = cliqueBlocks({ sets: [{ since: 0, signers: grown }], epoch, length: 500 });
      const elsewhere = watchOf(cliqueNode(other), folder);
      while (!(await elsewhere.turn()));
      expect(elsewhere.now()?.transitions).to.deep.equal([]);
    }));
});
