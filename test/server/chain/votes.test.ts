import { expect } from "chai";
import fc from "fast-check";
import type { Hex } from "../../../core/bytes.ts";
import { countVote, type StandingVote, type Tally } from "../../../server/chain/votes.ts";
import { addressesOf, nobody, qbftValidators, signatory } from "../../core/proofs/sealed-chain.ts";
import { propertyRuns } from "../../runs.ts";

const fifth = signatory("a fifth");
const addresses = addressesOf(qbftValidators(4));

describe("counting votes", () => {
  const all: readonly Hex[] = [...addresses, fifth.address, nobody].sort();
  const votes = fc.array(
    fc.record<StandingVote>({
      voter: fc.constantFrom(...all),
      subject: fc.constantFrom(...all),
      direction: fc.constantFrom("add", "drop"),
    }),
    { maxLength: 40 },
  );

  it("changes the set by one at a time, with more than half of it, and forgets what was decided", () => {
    fc.assert(
      fc.property(votes, (cast) => {
        let tally: Tally = { validators: addresses, votes: [] };
        for (const vote of cast) {
          const agreeing = new Set(
            [...tally.votes.filter(({ voter }) => voter !== vote.voter || vote.subject === nobody), vote]
              .filter(({ subject, direction }) => subject === vote.subject && direction === vote.direction)
              .map(({ voter }) => voter),
          );
          const after = countVote(tally, vote);
          const moved = [...after.validators, ...tally.validators].filter(
            (one) => after.validators.includes(one) !== tally.validators.includes(one),
          );
          if (moved.length > 0) {
            expect(moved).to.deep.equal([vote.subject]);
            expect(agreeing.size).to.be.greaterThan(tally.validators.length / 2);
            expect(after.votes.some(({ subject }) => subject === vote.subject)).to.equal(false);
          }
          expect(after.validators).to.deep.equal([...new Set(after.validators)].sort());
          expect(after.votes.every(({ voter }) => after.validators.includes(voter))).to.equal(true);
          tally = after;
        }
      }),
      { numRuns: propertyRuns },
    );
  });

  it("lets a voter take a vote back", () => {
    const [one, two, three] = addresses;
    let tally: Tally = { validators: addresses, votes: [] };
    for (const [voter, direction] of [
      [one!, "add"],
      [two!, "add"],
      [one!, "drop"],
      [three!, "add"],
    ] as const)
      tally = countVote(tally, { voter, subject: fifth.address, direction });
    expect(tally.validators).to.deep.equal(addresses);
    expect(countVote(tally, { voter: one!, subject: fifth.address, direction: "add" }).validators).to.include(
      fifth.address,
    );
  });
});
