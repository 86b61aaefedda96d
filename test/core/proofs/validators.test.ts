import { expect } from "chai";
import fc from "fast-check";

import type { Consensus } from "../../../core/proofs/consensus.ts";
import { qbftBlockHash } from "../../../core/proofs/qbft-extra.ts";
import { validatorsAt } from "../../../core/proofs/validator-sets.ts";
import { followValidators, type Override, type ValidatorHistory } from "../../../core/proofs/validators.ts";
import { propertyRuns } from "../../runs.ts";
import { faultOf } from "./fault-of.ts";
import {
  addressesOf,
  fastTools,
  genesisOf,
  qbftValidators,
  sealQbft,
  signatory,
  type Signatory,
} from "./sealed-chain.ts";
import { createVotingChain, type VotingChain } from "./voting-chain.ts";

const everybody = qbftValidators(6);
const epoch = 20;
const consensusOf = { qbft: { type: "qbft", epoch }, clique: { type: "clique", epoch, period: 1 } } as const;

function begin(type: "qbft" | "clique", members: readonly Signatory[]): VotingChain {
  return createVotingChain({ type, members, everybody, epoch });
}

function follow(chain: VotingChain, consensus: Consensus, overrides?: readonly Override[]): ValidatorHistory {
  const { genesis, transitions } = chain;
  return followValidators({ ...fastTools, consensus, genesis, transitions, ...(overrides && { overrides }) });
}

/** Of a Clique chain those who may sign the next block. */
function mayPropose(type: "qbft" | "clique", chain: VotingChain, recent: readonly Signatory[]): readonly Signatory[] {
  const members = chain.members();
  const pause = Math.floor(members.length / 2);
  if (type === "qbft" || pause === 0) return members;
  const resting = recent.slice(-pause);
  return members.filter((member) => !resting.includes(member));
}

/** A chain of random blocks: few candidates and many votes, so that votes pass, are taken back, and cross each other and the epochs. */
const moves = fc.record({
  size: fc.integer({ min: 1, max: 4 }),
  blocks: fc.array(fc.tuple(fc.nat(), fc.option(fc.nat(3), { freq: 8 }), fc.boolean()), {
    minLength: 15,
    maxLength: 45,
  }),
});

function randomChain(
  type: "qbft" | "clique",
  { size, blocks }: typeof moves extends fc.Arbitrary<infer T> ? T : never,
) {
  const chain = begin(type, everybody.slice(0, size));
  const recent: Signatory[] = [];
  for (const [who, subject, isAdd] of blocks) {
    const able = mayPropose(type, chain, recent);
    const by = able[who % able.length]!;
    recent.push(by);
    const { address } = everybody[subject ?? 0]!;
    const isLast = !isAdd && chain.members().length === 1;
    const vote = subject === null || isLast ? null : ({ subject: address, direction: isAdd ? "add" : "drop" } as const);
    chain.append({ by, vote });
  }
  if (type === "qbft") chain.append();
  return chain;
}

describe("the validators of a chain", () => {
  for (const type of ["qbft", "clique"] as const) {
    const consensus = consensusOf[type];

    it(`${type}: are those of the genesis block, in whatever order it lists them`, () => {
      const genesis = genesisOf(type, [...everybody].reverse());
      const history = followValidators({ ...fastTools, consensus, genesis, transitions: [] });
      const validators = addressesOf(everybody);
      expect(history).to.deep.equal({ since: 0, validators, sets: [{ since: 0, validators }] });
      for (const wrong of [[], [everybody[0]!, everybody[0]!]]) {
        const source = { ...fastTools, consensus, genesis: genesisOf(type, wrong), transitions: [] };
        expect(faultOf(() => followValidators(source))).to.equal("TRANSITION_BROKEN");
      }
    });

    it(`${type}: are what real nodes make of the votes, however these cross`, () => {
      let changes = 0;
      fc.assert(
        fc.property(moves, (move) => {
          const chain = randomChain(type, move);
          const history = follow(chain, consensus);
          expect(history.sets).to.deep.equal(chain.sets);
          expect({ since: history.since, validators: history.validators }).to.deep.equal(chain.sets.at(-1));
          changes += chain.transitions.length;
        }),
        { numRuns: Math.min(propertyRuns, 1000) },
      );
      expect(changes).to.be.greaterThan(100);
    }).timeout(120_000);

    it(`${type}: change by no vote less than it took, by no header more or changed`, () => {
      const places = fc.tuple(moves, fc.nat(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }));
      fc.assert(
        fc.property(places, ([move, which, place, at, change]) => {
          const { genesis, transitions } = randomChain(type, move);
          if (transitions.length === 0) return;
          const index = which % transitions.length;
          const { votes, next } = transitions[index]!;
          // A Clique chain may begin with headers that are not needed.
          const without = type === "clique" ? votes.slice(0, -1) : votes.toSpliced(place % votes.length, 1);
          const raw = votes[place % votes.length]!;
          const changed = votes.with(place % votes.length, raw.with(at % raw.length, raw[at % raw.length]! ^ change));
          const twice = [...votes, raw];
          const headers = [without, changed, twice].map((list) => transitions.with(index, { votes: list, next }));
          for (const forged of headers) {
            const source = { ...fastTools, consensus, genesis, transitions: forged };
            expect(faultOf(() => followValidators(source))).not.to.equal("ACCEPTED");
          }
        }),
        { numRuns: Math.min(propertyRuns, 1000) },
      );
    }).timeout(120_000);
  }

  it("qbft: begin anew with a set by configuration, and go on by votes from there", () => {
    const chain = begin("qbft", everybody.slice(0, 4));
    chain.append({ vote: { subject: everybody[4]!.address, direction: "add" } });
    chain.override(everybody.slice(2, 5));
    for (let count = 0; count < 2; count++)
      chain.append({ vote: { subject: everybody[0]!.address, direction: "add" } });
    chain.append();
    const overrides = [{ block: 2, validators: addressesOf(everybody.slice(2, 5)) }];
    expect(chain.transitions).to.have.length(1);
    expect(follow(chain, consensusOf.qbft, overrides).sets).to.deep.equal(chain.sets);
    expect(faultOf(() => follow(chain, consensusOf.qbft))).not.to.equal("ACCEPTED");
    const later = [...overrides, { block: 9, validators: addressesOf(everybody.slice(0, 1)) }];
    expect(follow(chain, consensusOf.qbft, later)).to.deep.include({ since: 9, validators: [everybody[0]!.address] });
    expect(faultOf(() => follow(chain, consensusOf.clique, overrides))).to.equal("TRANSITION_BROKEN");
  });

  it("qbft: count a vote of the block before a set by configuration, as Besu does", () => {
    const chain = begin("qbft", everybody.slice(0, 4));
    chain.append({ by: everybody[0]!, vote: { subject: everybody[4]!.address, direction: "add" } });
    chain.override(everybody.slice(0, 3));
    chain.append({ by: everybody[1]!, vote: { subject: everybody[4]!.address, direction: "add" } });
    const validators = addressesOf([...everybody.slice(0, 3), everybody[4]!]).sort();
    const parentHash = qbftBlockHash(chain.headers[1]!, fastTools.keccak);
    const listed = everybody.filter(({ address }) => validators.includes(address));
    const next = sealQbft({ fields: { number: 3, parentHash }, validators: listed }).raw;
    const transitions = [{ votes: chain.headers.map(({ raw }) => raw), next }];
    const overrides = [{ block: 2, validators: addressesOf(everybody.slice(0, 3)) }];
    const source = { ...fastTools, consensus: consensusOf.qbft, genesis: chain.genesis, transitions, overrides };
    expect(followValidators(source)).to.deep.include({ since: 3, validators });
  });

  it("clique: may have been voted against before, by fewer than could have undone it or since the epoch began", () => {
    const cases = [
      { size: 3, direction: "add", against: 2, isProven: true },
      { size: 3, direction: "add", against: 3, isProven: false },
      { size: 4, direction: "drop", against: 1, isProven: true },
      { size: 4, direction: "drop", against: 2, isProven: false },
    ] as const;
    for (const { size, direction, against, isProven } of cases) {
      const chain = begin("clique", everybody.slice(0, size));
      const subject = everybody[direction === "add" ? 5 : 0]!.address;
      chain.append();
      for (let count = 0; count < against; count++) {
        chain.append({ vote: { subject, direction: direction === "add" ? "drop" : "add" } });
      }
      while (chain.sets.length === 1) chain.append({ vote: { subject, direction } });
      const raw = chain.headers.map((header) => header.raw);
      const prove = (votes: readonly Uint8Array[]): unknown => {
        const transitions = [{ votes, next: null }];
        return followValidators({ ...fastTools, consensus: consensusOf.clique, genesis: chain.genesis, transitions });
      };
      expect(prove(raw)).to.deep.include({ sets: chain.sets });
      expect(faultOf(() => prove(raw.slice(1)))).to.equal(isProven ? "ACCEPTED" : "VOTE_DIFFERS");
    }
  });

  it("of an embedded chain are its gateway, and never change", () => {
    const sealer = signatory("gateway").address;
    const consensus = { type: "development", sealer } as const;
    const source = { ...fastTools, consensus, genesis: genesisOf("clique", []), transitions: [] };
    expect(followValidators(source).validators).to.deep.equal([sealer]);
    const { transitions } = randomChain("clique", { size: 1, blocks: [[0, 1, true]] });
    expect(faultOf(() => followValidators({ ...source, transitions }))).to.equal("TRANSITION_BROKEN");
  });

  it("at a height are those of the newest set that is not newer", () => {
    const [first, second] = [addressesOf(everybody.slice(0, 1)), addressesOf(everybody.slice(1, 2))];
    const sets = [
      { since: 0, validators: first },
      { since: 7, validators: second },
    ];
    expect([0, 6, 7, 100].map((number) => validatorsAt(sets, number))).to.deep.equal([first, first, second, second]);
    expect(validatorsAt([], 3)).to.deep.equal([]);
  });
});
