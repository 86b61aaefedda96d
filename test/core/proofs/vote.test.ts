import { expect } from "chai";

import { afterVote, checkCount, majorityOf } from "../../../core/proofs/vote.ts";
import { faultOf } from "./fault-of.ts";
import { addressesOf, qbftValidators } from "./sealed-chain.ts";

const three = addressesOf(qbftValidators(3));
const [first, second, third] = three as [`0x${string}`, `0x${string}`, `0x${string}`];

describe("a vote that passed", () => {
  it("adds in order, and drops", () => {
    expect(afterVote([first, third], { subject: second, direction: "add" })).to.deep.equal(three);
    expect(afterVote(three, { subject: second, direction: "drop" })).to.deep.equal([first, third]);
  });

  it("changes something, and leaves somebody", () => {
    const add = { subject: first, direction: "add" } as const;
    const drop = { ...add, direction: "drop" } as const;
    expect(faultOf(() => afterVote(three, add))).to.equal("TRANSITION_BROKEN");
    expect(faultOf(() => afterVote([second, third], drop))).to.equal("TRANSITION_BROKEN");
    expect(faultOf(() => afterVote([first], drop))).to.equal("TRANSITION_BROKEN");
  });

  it("takes more than half", () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(majorityOf)).to.deep.equal([1, 2, 2, 3, 3, 4, 4]);
    expect(faultOf(() => checkCount(3, 4))).to.equal("ACCEPTED");
    expect(faultOf(() => checkCount(2, 4))).to.equal("VOTES_TOO_FEW");
  });
});
