import { expect } from "chai";

import { to0x, type Hex } from "../../../core/bytes.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { readHead } from "../../../server/chain/block.ts";
import {
  createEndorsements,
  endorsersOf,
  newestEndorsed,
  type Endorsement,
} from "../../../server/chain/endorsement.ts";
import { settledBlock, shortageOf } from "../../../server/chain/finality.ts";
import { addressesOf, fastTools, qbftValidators, signatory } from "../../core/proofs/sealed-chain.ts";
import { cliqueBlocks } from "./clique-blocks.ts";
import { createQbftNode } from "./qbft-node.ts";

const signers = qbftValidators(4);
const sets = [{ since: 0, signers }];
const plainHash = (block: BlockHeader): Hex => to0x(fastTools.keccak.hash(block.raw));

function chainOf(blocks: readonly BlockHeader[], known: readonly Hex[] | null = addressesOf(signers)) {
  const node = createQbftNode(blocks);
  node.knows.hashOf = plainHash;
  const at = createEndorsements({ ...fastTools, rpc: node, signers: () => known });
  return { node, now: async () => at(await readHead(node)) };
}

describe("who stands behind a Clique chain's newest blocks", () => {
  it("is every signer that signed the block, or one above it", async () => {
    const { node, now } = chainOf(cliqueBlocks({ length: 9, sets, epoch: 100 }));
    const all = (await now())!;
    expect(all).to.deep.equal({ of: 4, newest: [8, 7, 6, 5] });
    expect([9, 8, 7, 5, 1].map((block) => endorsersOf(all, block))).to.deep.equal([0, 1, 2, 4, 4]);
    expect([1, 3, 4, 5].map((count) => newestEndorsed(all, count))).to.deep.equal([8, 6, 5, -1]);
    node.knows.blocks = node.knows.blocks.slice(0, 2);
    expect(await now()).to.deep.equal({ of: 4, newest: [1] });
    node.knows.blocks = node.knows.blocks.slice(0, 1);
    expect(await now()).to.deep.equal({ of: 4, newest: [] });
  });

  it("does not grow by signers that are down, nor by strangers", async () => {
    const blocks = cliqueBlocks({ length: 30, sets, epoch: 100, signerOf: (number) => signers[number % 3]! });
    expect(await chainOf(blocks).now()).to.deep.equal({ of: 4, newest: [29, 28, 27] });
    const stranger = { length: 9, sets, epoch: 100, signerOf: () => signatory("a stranger") };
    expect(await chainOf(cliqueBlocks(stranger)).now()).to.deep.equal({ of: 4, newest: [] });
  });

  it("is read on from block to block, and anew where the chain went another way", async () => {
    const blocks = cliqueBlocks({ length: 40, sets, epoch: 100 });
    const { node, now } = chainOf(blocks.slice(0, 38));
    await now();
    node.asked.length = 0;
    node.knows.blocks = blocks;
    expect(await now()).to.deep.equal({ of: 4, newest: [39, 38, 37, 36] });
    expect(node.asked).to.have.length(1 + 2);
    const after = blocks.slice(0, 38);
    const last = signers[3]!;
    node.knows.blocks = cliqueBlocks({ length: 41, sets, epoch: 100, after, signerOf: () => last });
    expect(await now()).to.deep.equal({ of: 4, newest: [40, 37, 36, 34] });
  });

  it("is nobody's guess while the signers are not known", async () => {
    expect(await chainOf(cliqueBlocks({ length: 9, sets, epoch: 100 }), null).now()).to.equal(null);
  });
});

describe("the newest settled block", () => {
  const clique = { type: "clique", epoch: 100, period: 1 } as const;
  const endorsement: Endorsement = { of: 4, newest: [20, 19, 17, 15] };
  const at = (type: "qbft" | "clique", confirmations: number | null, known: Endorsement | null = endorsement) =>
    settledBlock(20, type === "clique" ? clique : { type, epoch: 100 }, { endorsement: known, confirmations });

  it("has a majority of a Clique chain's signers behind it, or as many as were asked for", () => {
    expect(at("clique", null)).to.equal(17);
    expect([0, 1, 2, 4, 5].map((count) => at("clique", count))).to.deep.equal([20, 20, 19, 15, -1]);
    expect([at("clique", null, null), at("clique", 0, null)]).to.deep.equal([-1, 20]);
  });

  it("is none where more signers are asked for than there are, which is a shortage", () => {
    expect(shortageOf(endorsement, 5)).to.deep.equal({ wanted: 5, of: 4 });
    expect([null, 0, 4].map((count) => shortageOf(endorsement, count))).to.deep.equal([null, null, null]);
    expect(shortageOf({ of: 3, newest: [20] }, 4)).to.deep.equal({ wanted: 4, of: 3 });
  });

  it("is the newest of any other chain, or so many blocks deep", () => {
    expect([null, 0, 1, 2, 6].map((count) => at("qbft", count, null))).to.deep.equal([20, 20, 20, 19, 15]);
  });
});
