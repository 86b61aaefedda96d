import { expect } from "chai";

import { to0x, type Hex } from "../../../core/bytes.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { validatorsAt } from "../../../core/proofs/validator-sets.ts";
import { followValidators } from "../../../core/proofs/validators.ts";
import type { Vote } from "../../../core/proofs/vote.ts";
import { findChanges, type Change } from "../../../server/chain/changes.ts";
import { consensusOf } from "../../../server/chain/consensus.ts";
import { makeTrust, type Made } from "../../../scripts/trust/make.ts";
import { readTrust } from "../../../server/chain/trust.ts";
import { contracts, qbftFacts } from "../../core/trust/sample.ts";
import { cliqueBlocks as blocksOf, type CliquePlan } from "../../server/chain/clique-blocks.ts";
import { createQbftNode, type QbftNode } from "../../server/chain/qbft-node.ts";
import { addressesOf, fastTools, header } from "../../core/proofs/sealed-chain.ts";
import { founders, newcomer, qbftBlocks, growingChain } from "../../core/trust/qbft-blocks.ts";
import { HufuError } from "../../../core/error.ts";

const signers = founders.slice(0, 3);
const epoch = 10;
const clique = { type: "clique", epoch, period: 1 } as const;
const adding: Vote = { subject: newcomer.address, direction: "add" };

/** Blocks of three signers in turn; `votes` by height. */
const cliqueBlocks = (
  length: number,
  votes: Readonly<Record<number, Vote>>,
  sets: CliquePlan["sets"] = [{ since: 0, signers }],
): BlockHeader[] => blocksOf({ length, votes, sets, epoch });

async function* inLists(blocks: readonly BlockHeader[]): AsyncGenerator<readonly BlockHeader[]> {
  for (let at = 0; at < blocks.length; at += 4) yield blocks.slice(at, at + 4);
}
const find = (blocks: readonly BlockHeader[]): Promise<Change[]> =>
  findChanges({
    ...fastTools,
    headers: inLists(blocks),
    validators: addressesOf(signers),
    consensus: clique,
    overrides: [],
  });

describe("changes of Clique signers", () => {
  it("are proven by every header from the first vote that counted to the deciding one", async () => {
    const grown = [...signers, newcomer].sort((a, b) => (a.address < b.address ? -1 : 1));
    const sets = [
      { since: 0, signers },
      { since: 14, signers: grown },
    ];
    const blocks = cliqueBlocks(20, { 9: adding, 11: adding, 13: adding }, sets);
    const [change, ...others] = await find(blocks);
    expect(others).to.deep.equal([]);
    expect(change).to.deep.equal({ votes: [11, 12, 13], decided: 13 });
    const votes = change!.votes.map((number) => blocks[number]!.raw);
    const { sets: followed } = followValidators({
      ...{ ...fastTools, consensus: clique, genesis: blocks[0]! },
      transitions: [{ votes, next: null }],
    });
    expect(validatorsAt(followed, 14)).to.deep.equal(addressesOf(grown));
  });

  it("do not come of votes that were taken back, or cleared by an epoch", async () => {
    expect(await find(cliqueBlocks(20, { 8: adding, 9: adding }))).to.have.length(1);
    expect(await find(cliqueBlocks(20, { 9: adding, 11: adding }))).to.deep.equal([]);
    const takenBack = { 2: adding, 5: { ...adding, direction: "drop" as const }, 7: adding };
    expect(await find(cliqueBlocks(10, takenBack))).to.deep.equal([]);
  });
});

describe("a bundle of a Clique chain", () => {
  const plainHash = (block: BlockHeader): Hex => to0x(fastTools.keccak.hash(block.raw));
  const nodeOf = (blocks: readonly BlockHeader[]): QbftNode => {
    const node = createQbftNode(blocks);
    node.knows.hashOf = plainHash;
    return node;
  };
  const grown = [...signers, newcomer].sort((a, b) => (a.address < b.address ? -1 : 1));
  const blocks = cliqueBlocks(40, { 22: adding, 23: adding, 31: adding }, [
    { since: 0, signers },
    { since: 24, signers: grown },
  ]);
  const addresses = {
    accessManager: contracts.accessManager.address,
    agencies: contracts.agencies.address,
    ledger: contracts.ledger.address,
    p256Verifier: contracts.p256Verifier.address,
  };
  const make = async (from: number, to: number): Promise<Made> => {
    const facts = { ...qbftFacts(), consensus: clique, transitions: [], checkpoints: [] };
    const node = nodeOf(blocks.slice(0, from));
    return makeTrust({
      ...{ ...fastTools, rpc: nodeOf(blocks.slice(0, to)), config: null, tell: () => undefined },
      from: await readTrust({ rpc: node, keccak: fastTools.keccak, addresses, config: null, facts }),
      publisher: { name: "坪山示例审计局（虚构）", validator: signers[0]!.address, url: null },
    });
  };

  it("follows its signers from votes to votes, and goes on from there", async () => {
    const { agrees, what, state, bundle } = await make(10, 40);
    expect([agrees, what]).to.deep.equal([true, ["TRANSITIONS_ADDED", "PUBLISHERS_CHANGED"]]);
    expect([state.since, state.validators]).to.deep.equal([24, addressesOf(grown)]);
    let read = 0;
    const rpc = nodeOf(blocks);
    const again = await makeTrust({
      ...{ ...fastTools, rpc, config: null, from: bundle, tell: (_done, all) => (read = all) },
      publisher: { name: "又一家（虚构）", validator: grown[1]!.address, url: null },
    });
    expect(again.bundle.transitions).to.deep.equal(bundle.transitions);
    expect(read).to.equal(40 - 3 - 20);
  });

  it("waits with a change until a majority has built on it", async () => {
    expect((await make(10, 24)).state.since).to.equal(0);
    expect((await make(10, 26)).state.since).to.equal(24);
  });
});

describe("the consensus that a header shows", () => {
  const qbft = { type: "qbft", epoch: 77 } as const;
  const development = { type: "development", sealer: newcomer.address } as const;
  const sealed = { qbft: qbftBlocks({ ...growingChain, length: 3 }), clique: cliqueBlocks(3, {}) };
  const none = header({ number: 5, difficulty: 0n });

  it("has the epoch and the period of the genesis file, or of the bundle before", () => {
    for (const block of sealed.qbft) {
      expect(consensusOf(block, qbft, null)).to.deep.equal(qbft);
      expect(consensusOf(block, clique, null)).to.deep.equal({ type: "qbft", epoch: 30_000 });
      expect(consensusOf(block, qbft, { QBFT: { epochLength: 9 } })).to.deep.equal({ type: "qbft", epoch: 9 });
      expect(consensusOf(block, qbft, { qbft: {} })).to.deep.equal({ type: "qbft", epoch: 30_000 });
    }
    for (const block of sealed.clique) {
      expect(consensusOf(block, clique, null)).to.deep.equal(clique);
      const config = { clique: { period: 5, epoch: 9 } };
      expect(consensusOf(block, qbft, config)).to.deep.equal({ type: "clique", epoch: 9, period: 5 });
    }
    expect(consensusOf(none, development, null)).to.deep.equal(development);
  });

  it("is refused where nothing says the period, or who seals", () => {
    for (const read of [() => consensusOf(sealed.clique[1]!, qbft, null), () => consensusOf(none, qbft, null)])
      expect(read).to.throw(HufuError).with.property("code", "INVALID_REQUEST");
    expect(to0x(none.extraData)).to.equal("0x");
  });
});
