import { expect } from "chai";

import { to0x, utf8, type Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { followTrust } from "../../../core/trust/anchor.ts";
import type { TrustBundle } from "../../../core/trust/bundle.ts";
import { compareTrust } from "../../../core/trust/compare.ts";
import { createTrustSource, readGenesisHash, readTrust, type TrustInput } from "../../../server/chain/trust.ts";
import { fastTools } from "../../core/proofs/sealed-chain.ts";
import { growingChain, qbftBlocks } from "../../core/trust/qbft-blocks.ts";
import { agencies, contracts, hashOf, qbftFacts } from "../../core/trust/sample.ts";
import { createQbftNode, enrolments, naming, type QbftNode } from "./qbft-node.ts";

const blocks = qbftBlocks(growingChain);
const facts = qbftFacts(blocks);
const addresses = {
  accessManager: contracts.accessManager.address,
  agencies: contracts.agencies.address,
  ledger: contracts.ledger.address,
  p256Verifier: contracts.p256Verifier.address,
};
const inputOf = (rpc: QbftNode): TrustInput => ({ rpc, keccak, addresses, config: facts.genesis.config, facts });
const sourceOf = (rpc: QbftNode, before: TrustBundle | null = null) => {
  const clock = { now: 0, facts: { ...facts } };
  const source = { ...inputOf(rpc), facts: () => Promise.resolve(clock.facts), before, now: () => clock.now };
  return { clock, current: createTrustSource(source) };
};
const uscc = "13440310XX00010994";
async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((error: unknown) => error);
  return error instanceof HufuError ? error.code : "no error";
}

describe("reading a trust bundle off a node", () => {
  it("takes genesis header, code and agencies from the chain, and the rest as it is told", async () => {
    const bundle = await readTrust(inputOf(createQbftNode(blocks)));
    const hashOfCode = (address: Hex): Hex => to0x(keccak.hash(utf8(address)));
    const { fingerprint, ...rest } = bundle;
    expect(rest).to.deep.equal({
      ...facts,
      contracts: Object.fromEntries(
        Object.entries(addresses).map(([name, address]) => [name, { address, codeHash: hashOfCode(address) }]),
      ),
      publishedAt: { blockNumber: 13, blockTime: new Date((1_780_000_000 + 13) * 1000).toISOString() },
    });
    expect(fingerprint.words.en.split(" ")).to.have.length(16);
    expect(followTrust(bundle, fastTools).since).to.equal(9);
  });

  it("asks for names in ranges that the node gives, and takes the newest", async () => {
    const node = createQbftNode(blocks);
    node.knows.widest = 3;
    node.knows.logs = [
      ...enrolments,
      naming(4, uscc, "新增机构（虚构）", "AgencyEnrolled"),
      naming(11, agencies[0]!.uscc, "改名机构（虚构）", "AgencyRenamed"),
    ];
    expect((await readTrust(inputOf(node))).agencies).to.deep.equal([
      { uscc: agencies[0]!.uscc, name: "改名机构（虚构）" },
      agencies[1]!,
      { uscc, name: "新增机构（虚构）" },
    ]);
  });

  it("shows names as they can be read, and no agency whose code is none", async () => {
    const node = createQbftNode(blocks);
    node.knows.logs = [
      naming(3, uscc, "甲\u202e乙\n", "AgencyEnrolled"),
      naming(4, agencies[0]!.uscc, " ", "AgencyEnrolled"),
    ];
    expect((await readTrust(inputOf(node))).agencies).to.deep.equal([
      { uscc: agencies[0]!.uscc, name: agencies[0]!.uscc },
      { uscc, name: "甲\ufffd乙\ufffd" },
    ]);
  });

  it("is refused where a contract is missing, the node does not tell, or it lies about a header", async () => {
    const failing = (change: (node: QbftNode) => void): Promise<string> => {
      const node = createQbftNode(blocks);
      change(node);
      return codeOf(readTrust(inputOf(node)));
    };
    expect(await failing(({ knows }) => (knows.empty = addresses.ledger))).to.equal("CHAIN_FAILED");
    expect(await failing(({ knows }) => (knows.isDown = true))).to.equal("NODE_UNREACHABLE");
    expect(await failing(({ knows }) => (knows.widest = 0))).to.equal("NODE_REFUSED");
    expect(await failing(({ knows }) => (knows.blocks = []))).to.equal("NODE_ANSWER");
    expect(await failing(({ knows }) => (knows.logs = [{ ...enrolments[0]!, data: "0x12" }]))).to.equal(
      "MALFORMED_LOG",
    );
  });

  it("rests on the genesis block", async () => {
    const node = createQbftNode(blocks);
    expect(await readGenesisHash(node)).to.equal(hashOf(blocks[0]!));
    node.knows.blocks = [];
    expect(await codeOf(readGenesisHash(node))).to.equal("CHAIN_FAILED");
  });
});

describe("a trust bundle that is asked for often", () => {
  it("is read once for everybody, and the node is left alone for a while", async () => {
    const node = createQbftNode(blocks);
    const { current, clock } = sourceOf(node);
    const [one, other] = await Promise.all([current(), current()]);
    expect(one).to.equal(other);
    const asked = node.asked.length;
    clock.now = 9_999;
    expect(await current()).to.equal(one);
    expect(node.asked.length).to.equal(asked);
  });

  it("stays the same while the chain grows, and is another once an agency has another name", async () => {
    const node = createQbftNode(blocks.slice(0, 12));
    const { current, clock } = sourceOf(node);
    const first = await current();
    node.knows.blocks = blocks;
    clock.now = 10_000;
    node.asked.length = 0;
    expect(await current()).to.equal(first);
    expect(node.asked).to.deep.equal(["eth_getBlockByNumber", "eth_getLogs"]);
    node.knows.blocks = [...blocks, ...qbftBlocks({ ...growingChain, length: 15 }).slice(14)];
    node.knows.logs = [...enrolments, naming(14, agencies[0]!.uscc, "改名机构（虚构）", "AgencyRenamed")];
    clock.now = 20_000;
    const next = await current();
    expect(next.agencies[0]!.name).to.equal("改名机构（虚构）");
    expect(next.publishedAt.blockNumber).to.equal(14);
    expect(next.fingerprint.sha256).not.to.equal(first.fingerprint.sha256);
  });

  it("stands while the node is down, and needs it once", async () => {
    const node = createQbftNode(blocks);
    const { current, clock } = sourceOf(node);
    node.knows.isDown = true;
    expect(await codeOf(current())).to.equal("NODE_UNREACHABLE");
    node.knows.isDown = false;
    const bundle = await current();
    node.knows.isDown = true;
    clock.now = 60_000;
    expect(await current()).to.equal(bundle);
  });

  it("is the one that was published before, for as long as nothing can be read", async () => {
    const before = await readTrust(inputOf(createQbftNode(blocks.slice(0, 12))));
    const node = createQbftNode(blocks);
    node.knows.isDown = true;
    const { current, clock } = sourceOf(node, before);
    expect(await current()).to.equal(before);
    node.knows.isDown = false;
    node.knows.logs = enrolments.slice(1);
    clock.now = 10_000;
    expect((await current()).agencies).to.have.length(1);
  });

  it("grows with the changes of validators", async () => {
    const { current, clock } = sourceOf(createQbftNode(blocks));
    const { transitions } = facts;
    clock.facts = { ...facts, transitions: transitions.slice(0, -1) };
    const first = await current();
    clock.facts = facts;
    clock.now = 10_000;
    const next = await current();
    expect(compareTrust(first, next)).to.deep.equal({ change: "grown", what: ["TRANSITIONS_ADDED"] });
    expect(followTrust(next, fastTools).since).to.be.greaterThan(followTrust(first, fastTools).since);
  });

  it("is an institution's while the ledger is as that says, and the gateway's own once it is not", async () => {
    const [gateway, institution] = facts.publishers;
    const made = { ...inputOf(createQbftNode(blocks.slice(0, 12))), facts: { ...facts, publishers: [institution!] } };
    const theirs = await readTrust(made);
    const node = createQbftNode(blocks.slice(0, 13));
    const { current, clock } = sourceOf(node, theirs);
    clock.facts = { ...facts, publishers: [gateway!] };
    expect(await current()).to.equal(theirs);
    node.knows.blocks = blocks;
    clock.now = 10_000;
    expect(await current()).to.equal(theirs);
    node.knows.blocks = [...blocks, ...qbftBlocks({ ...growingChain, length: 15 }).slice(14)];
    node.knows.logs = [...enrolments, naming(14, uscc, "新增机构（虚构）", "AgencyEnrolled")];
    clock.now = 20_000;
    const grown = await current();
    expect(grown.agencies).to.have.length(3);
    expect(grown.publishers).to.deep.equal([gateway]);
  });

  it("is the one that was published before, while nothing but the block is another", async () => {
    const before = await readTrust(inputOf(createQbftNode(blocks.slice(0, 12))));
    expect(await sourceOf(createQbftNode(blocks), before).current()).to.equal(before);
    const node = createQbftNode(blocks);
    node.knows.logs = enrolments.slice(1);
    expect(await sourceOf(node, before).current()).not.to.equal(before);
  });
});
