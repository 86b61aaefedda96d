import { expect } from "chai";
import fc from "fast-check";
import { bytesToBase64 } from "../../core/base64.ts";
import { to0x } from "../../core/bytes.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { followValidators, type Transition } from "../../core/proofs/validators.ts";
import { fastTools, qbftValidators } from "../core/proofs/sealed-chain.ts";
import { createVotingChain, type VotingChain } from "../core/proofs/voting-chain.ts";
import { propertyRuns } from "../runs.ts";
import type { Bundle } from "./stranger/bundle.ts";
import { setsOf } from "./stranger/validators.ts";

/** A chain takes dozens of signatures, and plain JavaScript 2 ms for each. */
const numRuns = Math.min(Math.ceil(propertyRuns / 4), 200);
const everybody = qbftValidators(5);
const epoch = 20;

/** A chain of random blocks of three to five validators: few candidates and many votes. */
const chain = fc
  .record({
    type: fc.constantFrom("qbft" as const, "clique" as const),
    blocks: fc.array(fc.tuple(fc.nat(), fc.option(fc.nat(1), { freq: 8 }), fc.boolean()), {
      minLength: 8,
      maxLength: 30,
    }),
  })
  .map(({ type, blocks }) => {
    const made = createVotingChain({ type, members: everybody.slice(0, 3), everybody, epoch });
    const signed: string[] = [];
    for (const [who, subject, isAdded] of blocks) {
      const members = made.members();
      const pause = type === "qbft" ? 0 : Math.floor(members.length / 2);
      const able = members.filter(({ address }) => pause === 0 || !signed.slice(-pause).includes(address));
      const by = able[who % able.length]!;
      signed.push(by.address);
      const { address } = everybody[3 + (subject ?? 0)]!;
      made.append({ by, vote: subject === null ? null : { subject: address, direction: isAdded ? "add" : "drop" } });
    }
    if (type === "qbft") made.append();
    return { type, made };
  });

function bundleOf(type: "qbft" | "clique", { genesis }: VotingChain, transitions: readonly Transition[]): Bundle {
  const bundle: Pick<Bundle, "chainId" | "genesis" | "consensus" | "transitions" | "publishedAt"> = {
    chainId: 1,
    genesis: {
      hash: to0x(nobleKeccak.hash(genesis.raw)),
      header: bytesToBase64(genesis.raw),
      config: null,
    },
    consensus: type === "qbft" ? { type, epoch } : { type, epoch, period: 1 },
    transitions: transitions.map(({ votes, next }) => ({
      votes: votes.map(bytesToBase64),
      next: next && bytesToBase64(next),
    })),
    publishedAt: { blockNumber: 1000, blockTime: "2026-11-24T03:05:00.000Z" },
  };
  return bundle as Bundle; // as: the members that say who the validators are
}

function holds(follow: () => unknown): boolean {
  try {
    follow();
    return true;
  } catch {
    return false;
  }
}

describe("a stranger and the core agree on validators", function () {
  this.timeout(20_000 + 400 * numRuns);

  it("that are voted in and out", () => {
    let changes = 0;
    fc.assert(
      fc.property(chain, ({ type, made }) => {
        const found = setsOf(bundleOf(type, made, made.transitions));
        expect(found.map(({ since, validators }) => ({ since, validators }))).to.deep.equal(
          made.sets.slice(0, made.transitions.length + 1),
        );
        changes += found.length - 1;
      }),
      { numRuns },
    );
    expect(changes).to.be.greaterThan(numRuns / 4);
  });

  it("and on which proofs of a change are none", () => {
    const some = chain.filter(({ made }) => made.transitions.length > 0);
    const met = new Set<boolean>();
    fc.assert(
      fc.property(
        some,
        fc.nat(),
        fc.nat(),
        fc.constantFrom("less", "twice", "more", "first"),
        (given, n, place, how) => {
          const { type, made } = given;
          const { transitions, headers, genesis } = made;
          const at = n % transitions.length;
          const { votes, next } = transitions[at]!;
          const i = place % votes.length;
          const before = headers.findIndex(({ raw }) => raw === votes[0]) - 1;
          const changed = {
            less: votes.toSpliced(i, 1),
            twice: votes.toSpliced(i, 0, votes[i]!),
            more: [...votes, headers[place % headers.length]!.raw],
            first: before < 0 ? votes : [headers[before]!.raw, ...votes],
          }[how];
          const altered = transitions.with(at, { votes: changed, next });
          const consensus = type === "qbft" ? { type, epoch } : { type, epoch, period: 1 };
          const wanted = holds(() => followValidators({ ...fastTools, consensus, genesis, transitions: altered }));
          expect(holds(() => setsOf(bundleOf(type, made, altered)))).to.equal(wanted);
          met.add(wanted);
        },
      ),
      { numRuns },
    );
    expect(met).to.include(false);
  });
});
