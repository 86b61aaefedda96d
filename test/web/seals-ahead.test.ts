import { expect } from "chai";
import { bytesToBase64 } from "../../core/base64.ts";
import { to0x } from "../../core/bytes.ts";
import { proofFaultOf } from "../../core/proofs/fault.ts";
import type { Recover } from "../../core/proofs/signature.ts";
import { followTrust } from "../../core/trust/anchor.ts";
import { publishTrust, type TrustBundle, type TrustFacts } from "../../core/trust/bundle.ts";
import { createSealsAhead, SEALS_AT_ONCE, type SealsAhead } from "../../web/trust/ahead.ts";
import { fastTools, genesisOf, qbftValidators, sealClique } from "../core/proofs/sealed-chain.ts";
import { qbftBlocks, type QbftPlan } from "../core/trust/qbft-blocks.ts";
import { qbftFacts } from "../core/trust/sample.ts";
import { bundleOf } from "../core/verify/chain.ts";

/** Twelve validators, of whom seven vote a thirteenth in by blocks 1 to 7: 97 seals. */
function largeFacts(): TrustFacts {
  const all = qbftValidators(13);
  const [newcomer, ...founders] = all;
  const vote = { subject: newcomer!.address, direction: "add" } as const;
  const plan: QbftPlan = {
    length: 14,
    sets: [
      { since: 0, validators: founders },
      { since: 8, validators: all },
    ],
    votes: Object.fromEntries(founders.slice(0, 7).map((voter, index) => [index + 1, { voter, vote }])),
  };
  const blocks = qbftBlocks(plan);
  const raw = blocks.map((block) => bytesToBase64(block.raw));
  return { ...qbftFacts(blocks), transitions: [{ votes: raw.slice(1, 8), next: raw[8]! }] };
}

/** One signer, who lets another in. */
function cliqueFacts(): TrustFacts {
  const [signer, newcomer] = qbftValidators(2);
  const genesis = genesisOf("clique", [signer!]);
  const hash = fastTools.keccak.hash(genesis.raw);
  const vote = sealClique({
    ...{ signer: signer!, signers: [signer!], fields: { number: 1, parentHash: hash } },
    vote: { subject: newcomer!.address, direction: "add" },
  });
  return {
    ...qbftFacts(),
    genesis: { hash: to0x(hash), header: bytesToBase64(genesis.raw), config: null },
    consensus: { type: "clique", epoch: 100, period: 1 },
    transitions: [{ votes: [bytesToBase64(vote.raw)], next: null }],
  };
}

interface Counted {
  readonly ahead: SealsAhead;
  /** how many signatures were recovered before each pause, and since the last */
  readonly runs: number[];
  recovered(): number;
}

function counted(): Counted {
  const runs = [0];
  const recover: Recover = (...given) => {
    runs.push((runs.pop() ?? 0) + 1);
    return fastTools.recover(...given);
  };
  const pause = (): Promise<void> => {
    runs.push(0);
    return Promise.resolve();
  };
  const ahead = createSealsAhead({ keccak: fastTools.keccak, recover, pause });
  return { ahead, runs, recovered: () => runs.reduce((sum, one) => sum + one, 0) };
}

function outcome(bundle: TrustBundle, { ahead }: Counted): string {
  try {
    followTrust(bundle, ahead.tools);
    return "followed";
  } catch (error) {
    return proofFaultOf(error).code;
  }
}

describe("the seals of a trust bundle that a page looks at ahead", () => {
  const large = largeFacts();

  it("are recovered a few at a time, and to follow the bundle afterwards recovers none", async () => {
    const bundle = publishTrust(large);
    const count = counted();
    await count.ahead.recover(bundle);
    expect(count.recovered()).to.equal(97);
    expect(count.runs).to.deep.equal([SEALS_AT_ONCE, 97 - SEALS_AT_ONCE]);
    expect(outcome(bundle, count)).to.equal("followed");
    await count.ahead.recover(bundle);
    expect(count.recovered()).to.equal(97);
  });

  for (const [name, bundle, seals] of [
    ["of a change under QBFT", bundleOf("after-a-change"), 13],
    ["of a change under Clique", publishTrust(cliqueFacts()), 1],
    ["of a chain without changes", bundleOf("qbft"), 0],
    ["of a development chain", bundleOf("development"), 0],
  ] as const)
    it(`are all that following recovers: ${name}`, async () => {
      const count = counted();
      await count.ahead.recover(bundle);
      expect(count.recovered()).to.equal(seals);
      expect(outcome(bundle, count)).to.equal("followed");
      expect(count.recovered()).to.equal(seals);
    });

  it("end at a header that is none, where following ends too", async () => {
    const [{ votes, next }] = large.transitions as [TrustFacts["transitions"][number]]; // as: it has one
    const bundle = publishTrust({ ...large, transitions: [{ votes: votes.with(2, "AAAA"), next }] });
    const count = counted();
    await count.ahead.recover(bundle);
    expect(count.recovered()).to.equal(24);
    expect(outcome(bundle, count)).to.equal("RLP_TRAILING");
    expect(count.recovered()).to.equal(24);
  });

  it("are not looked for in what is no bundle", async () => {
    const count = counted();
    for (const value of [undefined, null, {}, { ...publishTrust(large), chainId: 7 }]) await count.ahead.recover(value);
    expect(count.recovered()).to.equal(0);
  });
});
