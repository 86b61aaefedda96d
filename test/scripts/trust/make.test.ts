import { expect } from "chai";

import { HufuError } from "../../../core/error.ts";
import type { Vote } from "../../../core/proofs/vote.ts";
import { publishTrust, type TrustBundle, type TrustFacts } from "../../../core/trust/bundle.ts";
import { makeTrust, type Made, type MakeInput } from "../../../scripts/trust/make.ts";
import { readTrust } from "../../../server/chain/trust.ts";
import { fastTools, signatory } from "../../core/proofs/sealed-chain.ts";
import { founders, growingChain, newcomer, qbftBlocks, type QbftPlan } from "../../core/trust/qbft-blocks.ts";
import { agencies, contracts, hashOf, qbftFacts } from "../../core/trust/sample.ts";
import { createQbftNode, enrolments, naming, type QbftNode } from "../../server/chain/qbft-node.ts";

const dropping: Vote = { subject: founders[3]!.address, direction: "drop" };
/** The growing chain, which later drops a founder: three of five vote in blocks 15, 16 and 18. */
const plan: QbftPlan = {
  ...growingChain,
  length: 90,
  sets: [...growingChain.sets, { since: 19, validators: [...founders.slice(0, 3), newcomer].sort(byAddress) }],
  votes: {
    ...growingChain.votes,
    15: { voter: founders[0]!, vote: dropping },
    16: { voter: founders[1]!, vote: dropping },
    18: { voter: newcomer, vote: dropping },
  },
};
const blocks = qbftBlocks(plan);
const addresses = {
  accessManager: contracts.accessManager.address,
  agencies: contracts.agencies.address,
  ledger: contracts.ledger.address,
  p256Verifier: contracts.p256Verifier.address,
};
const publisher = { name: "坪山示例档案局（虚构）", validator: founders[1]!.address, url: null };

function byAddress(a: { address: string }, b: { address: string }): number {
  return a.address < b.address ? -1 : 1;
}

/** What a gateway published when the chain had `length` blocks. */
function published(length: number, changes: Partial<TrustFacts> = {}): Promise<TrustBundle> {
  const facts = { ...qbftFacts(), transitions: [], checkpoints: [], ...changes };
  const { config } = facts.genesis;
  return readTrust({
    rpc: createQbftNode(blocks.slice(0, length)),
    keccak: fastTools.keccak,
    addresses,
    config,
    facts,
  });
}
function make(from: TrustBundle, changes: Partial<MakeInput> = {}, node = createQbftNode(blocks)): Promise<Made> {
  return makeTrust({ ...fastTools, rpc: node, from, publisher, config: null, tell: () => undefined, ...changes });
}
async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((error: unknown) => error);
  return error instanceof HufuError ? error.code : "no error";
}
const sinceOf = ({ state }: Made): number[] => state.sets.map(({ since }) => since);

describe("making a trust bundle from one's own node", () => {
  it("finds every change of validators, and joins the publishers of a bundle that is true", async () => {
    const from = await published(5);
    const made = await make(from);
    expect(made.agrees).to.equal(true);
    expect(made.what).to.deep.equal(["TRANSITIONS_ADDED", "PUBLISHERS_CHANGED"]);
    expect(sinceOf(made)).to.deep.equal([0, 9, 19]);
    expect(made.state.isGatewayAlone).to.equal(false);
    expect(made.bundle.publishers).to.deep.equal([...from.publishers, { ...publisher, role: "validator" }]);
    expect(made.bundle.publishedAt.blockNumber).to.equal(89);
    expect(made.bundle.transitions.map(({ votes }) => votes.length)).to.deep.equal([3, 3]);
  });

  it("goes on from the changes that are known, and reads the headers from their epoch on", async () => {
    const { transitions } = (await make(await published(5))).bundle;
    const epochs = { ...qbftFacts().genesis, config: { qbft: { epochlength: 10 } } };
    const facts = { genesis: epochs, consensus: { type: "qbft", epoch: 10 } } as const;
    const from = await published(14, { ...facts, transitions: transitions.slice(0, 1) });
    let all = 0;
    const made = await make(from, { tell: (_done, of) => (all = of) });
    expect(all).to.equal(90);
    expect(made.bundle.transitions).to.deep.equal(transitions);
    const later = await published(30, { ...facts, transitions });
    expect((await make(later, { tell: (_done, of) => (all = of) })).what).to.deep.equal(["PUBLISHERS_CHANGED"]);
    expect(all).to.equal(80);
  });

  it("says nothing of a publisher twice", async () => {
    const { bundle } = await make(await published(5));
    const again = await make(bundle);
    expect(again.what).to.deep.equal([]);
    expect(again.bundle.publishers).to.deep.equal(bundle.publishers);
    const renamed = await make(bundle, { publisher: { ...publisher, name: "坪山示例档案馆（虚构）" } });
    expect(renamed.bundle.publishers).to.have.length(3);
    const asGateway = await make(bundle, { publisher: { name: "又一网关（虚构）", validator: null, url: null } });
    expect(asGateway.bundle.publishers.at(-1)).to.include({ role: "gateway", validator: null });
  });

  it("leaves a file that names its publisher as it is, so that several publish the same words", async () => {
    const other = { ...publisher, name: "坪山示例政务局（虚构）", validator: founders[2]!.address };
    const node = createQbftNode(blocks.slice(0, 88));
    const first = (await make(await published(5), {}, node)).bundle;
    const both = (await make(first, { publisher: other }, node)).bundle;
    expect(both.publishers.slice(-2).map(({ name }) => name)).to.deep.equal([publisher.name, other.name]);
    expect(both.fingerprint.words).not.to.deep.equal(first.fingerprint.words);
    for (const by of [publisher, other]) expect((await make(both, { publisher: by })).bundle).to.deep.equal(both);
    const elsewhere = { ...publisher, url: "https://archive.example/trust.json" };
    expect((await make(both, { publisher: elsewhere })).bundle.publishedAt.blockNumber).to.equal(89);
    const { publishedAt } = both;
    const untrue = publishTrust({ ...both, publishedAt: { ...publishedAt, blockTime: "2026-01-01T00:00:00.000Z" } });
    expect((await make(untrue)).bundle.publishedAt.blockNumber).to.equal(89);
  });

  it("takes the checkpoints that everybody takes, and looks at those that are there", async () => {
    const from = await published(5, { checkpoints: [{ blockNumber: 3, blockHash: hashOf(blocks[3]!) }] });
    const made = await make(from, { checkpointEvery: 10 });
    expect(made.what).to.include("CHECKPOINTS_ADDED");
    expect(made.bundle.checkpoints.map(({ blockNumber }) => blockNumber)).to.deep.equal([3, 10, 20]);
    expect(made.bundle.checkpoints[1]!.blockHash).to.equal(hashOf(blocks[10]!));
    const untrue = await published(5, { checkpoints: [{ blockNumber: 3, blockHash: hashOf(blocks[4]!) }] });
    const { agrees, what } = await make(untrue);
    expect([agrees, what]).to.deep.equal([false, ["CHECKPOINTS_REWRITTEN", "TRANSITIONS_ADDED", "PUBLISHERS_CHANGED"]]);
  });

  it("names what differs, and stands alone then", async () => {
    const from = await published(5);
    const differing = async (of: Promise<Made>, ...codes: string[]): Promise<void> => {
      const { agrees, what, bundle } = await of;
      expect(agrees).to.equal(false);
      expect(what).to.include.members(codes);
      expect(bundle.publishers).to.deep.equal([{ ...publisher, role: "validator" }]);
    };
    const other = (change: Partial<TrustFacts>): Promise<Made> => make(publishTrust({ ...from, ...change }));
    const code = { ...from.contracts.ledger, codeHash: from.contracts.agencies.codeHash };
    await differing(other({ contracts: { ...from.contracts, ledger: code } }), "CONTRACTS");
    await differing(other({ chainId: 7, genesis: { ...from.genesis, config: null } }), "CHAIN_ID");
    const config = { qbft: { epochlength: 100 } };
    await differing(make(from, { config }), "GENESIS_CONFIG");
    await differing(
      other({ agencies: [{ ...agencies[0]!, name: "冒名机构（虚构）" }] }),
      "AGENCIES_UNTRUE",
      "AGENCIES_CHANGED",
    );
  });

  it("takes a later name for growth, and the older bundle for true", async () => {
    const node = createQbftNode(blocks);
    node.knows.logs = [...enrolments, naming(40, agencies[1]!.uscc, "改名机构（虚构）", "AgencyRenamed")];
    const { agrees, what } = await make(await published(5), {}, node);
    expect([agrees, what]).to.deep.equal([true, ["TRANSITIONS_ADDED", "AGENCIES_CHANGED", "PUBLISHERS_CHANGED"]]);
  });

  it("leaves a change out whose first header under the new set is not there yet", async () => {
    const made = await make(await published(5), {}, createQbftNode(blocks.slice(0, 19)));
    expect(sinceOf(made)).to.deep.equal([0, 9]);
  });

  it("reads another chain than the bundle's from its genesis block on", async () => {
    const { bundle } = await make(await published(5));
    const others = qbftBlocks({
      ...growingChain,
      length: 90,
      sets: [{ since: 0, validators: founders.slice(0, 3) }],
      votes: {},
    });
    const { agrees, what, state } = await make(bundle, {}, createQbftNode(others));
    expect(agrees).to.equal(false);
    expect(what).to.include.members(["GENESIS", "TRANSITIONS_MISSING"]);
    expect(state.validators).to.have.length(3);
  });

  it("follows the sets that a genesis file has of its own", async () => {
    const validators = founders.slice(0, 3);
    const configured = qbftBlocks({
      ...growingChain,
      length: 40,
      sets: [
        { since: 0, validators: founders },
        { since: 30, validators },
      ],
      votes: {},
    });
    const config = {
      qbft: { epochlength: 100 },
      transitions: { qbft: [{ block: 30, validators: validators.map(({ address }) => address) }] },
    };
    const genesis = { ...qbftFacts().genesis, config };
    const made = await make(await published(5, { genesis }), {}, createQbftNode(configured));
    expect(made.agrees).to.equal(true);
    expect(sinceOf(made)).to.deep.equal([0, 30]);
  });

  it("refuses what it cannot vouch for", async () => {
    const from = await published(5);
    const failing = (changes: Partial<MakeInput>, node?: QbftNode): Promise<string> =>
      codeOf(make(from, changes, node));
    expect(await failing({}, createQbftNode(blocks.slice(0, 4)))).to.equal("NODE_ANSWER");
    const stranger = { ...publisher, validator: signatory("a stranger").address };
    expect(await failing({ publisher: stranger })).to.equal("INVALID_REQUEST");
    const dropped = { ...publisher, validator: founders[3]!.address };
    expect(await failing({ publisher: dropped })).to.equal("INVALID_REQUEST");
    const unvoted = qbftBlocks({ ...plan, votes: {} });
    expect(await failing({}, createQbftNode(unvoted))).to.equal("NODE_ANSWER");
    const unsealed = qbftBlocks({ ...plan, absent: 2 });
    expect(await failing({}, createQbftNode(unsealed))).to.equal("INVALID_PROOF");
    const down = createQbftNode(blocks);
    down.knows.isDown = true;
    expect(await failing({}, down)).to.equal("NODE_UNREACHABLE");
    const empty = createQbftNode(blocks);
    empty.knows.empty = addresses.ledger;
    expect(await failing({}, empty)).to.equal("CHAIN_FAILED");
    const unproven = publishTrust({
      ...from,
      transitions: [{ votes: [from.genesis.header], next: from.genesis.header }],
    });
    expect(await codeOf(make(unproven))).to.equal("INVALID_PROOF");
  });
});
