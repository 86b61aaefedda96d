import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

import { base64ToBytes } from "../../../core/base64.ts";
import { to0x, type Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { followValidators } from "../../../core/proofs/validators.ts";
import type { TrustedTransition } from "../../../core/trust/bundle.ts";
import { createValidatorWatch, validatorsOf, type ValidatorWatch } from "../../../server/chain/validator-watch.ts";
import { addressesOf, fastTools } from "../../core/proofs/sealed-chain.ts";
import { founders, growingChain, newcomer, qbftBlocks } from "../../core/trust/qbft-blocks.ts";
import { hashOf } from "../../core/trust/sample.ts";
import { withFolder } from "../store/folder.ts";
import { cliqueBlocks } from "./clique-blocks.ts";
import { createQbftNode, type QbftNode } from "./qbft-node.ts";

const signers = founders.slice(0, 3);
const grown = [...signers, newcomer].sort((a, b) => (a.address < b.address ? -1 : 1));
const adding = { subject: newcomer.address, direction: "add" } as const;
const epoch = 1_000;
const clique = { type: "clique", epoch, period: 1 } as const;
const plainHash = (block: BlockHeader): Hex => to0x(fastTools.keccak.hash(block.raw));

/** Signers of which two vote a fourth in by blocks 11 and 12. */
const growing = {
  ...{
    sets: [
      { since: 0, signers },
      { since: 13, signers: grown },
    ],
    epoch,
  },
  votes: { 11: adding, 12: adding },
};

function watchOf(
  node: QbftNode,
  folder: string,
  consensus: { type: "qbft"; epoch: number } | typeof clique = clique,
): ValidatorWatch {
  const genesisHash = node.knows.hashOf(node.knows.blocks[0]!);
  const file = join(folder, "validators.json");
  return createValidatorWatch({ ...fastTools, rpc: node, genesisHash, consensus, overrides: [], file });
}
function cliqueNode(blocks: readonly BlockHeader[]): QbftNode {
  const node = createQbftNode(blocks);
  node.knows.hashOf = plainHash;
  return node;
}
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
      writeFileSync(join(folder, "validators.json"), "{");
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
      const file = join(folder, "validators.json");
      const blocks = cliqueBlocks({ ...growing, length: 500 });
      const watch = watchOf(cliqueNode(blocks), folder);
      while (!(await watch.turn()));
      expect(JSON.parse(readFileSync(file, "utf8")).number).to.equal(400);
      const other = cliqueBlocks({ sets: [{ since: 0, signers: grown }], epoch, length: 500 });
      const elsewhere = watchOf(cliqueNode(other), folder);
      while (!(await elsewhere.turn()));
      expect(elsewhere.now()?.transitions).to.deep.equal([]);
    }));
});
