import { expect } from "chai";
import { en } from "../../../core/messages/en.ts";
import type { CheckCode } from "../../../core/verify/checks.ts";
import { isGenuine } from "../../../core/verify/verdict.ts";
import { cases } from "./cases/all.ts";
import { verified } from "./cases/verified.ts";
import { outcomes } from "./sample.ts";

for (const [sort, all] of Object.entries(cases)) {
  describe(`a certificate that is ${sort === "valid" ? "genuine" : "not to be taken"}`, () => {
    for (const [name, make] of Object.entries(all))
      it(name, () => {
        const made = make();
        const found = verified(made);
        const [id, outcome, code] = made.check;
        expect(outcomes(found)[id]).to.equal(`${outcome} ${code}`);
        expect(found.verdict).to.include({ code: made.verdict, cause: made.cause ?? null });
        expect(isGenuine(found.verdict.code)).to.equal(sort === "valid");
      });
  });
}

/** Those of a trust bundle that was not followed, of a block that a node tells with its hash, of a renewal, and of the gateway's answer. */
const elsewhere: readonly CheckCode[] = [
  "BLOCK_HASH_DIFFERS",
  "BLOCK_HASH_KEEPS_ROUND",
  "CONSENSUS_DIFFERS",
  "GENESIS_DIFFERS",
  "NODE_UNREACHABLE",
  "OLDER_BLOCK",
  "TRANSITION_BROKEN",
  "UNSUPPORTED_CONSENSUS",
  "VALIDATORS_UNSORTED", // a trusted set is sorted: a list in another order is another list
  "VOTES_ACROSS_EPOCHS",
  "VOTES_TOO_FEW",
  "VOTE_DIFFERS",
  "VOTE_MISSING",
  "VOTE_OF_STRANGER",
  "VOTE_SPENT",
  "VOTE_TWICE",
];

it("every code that a check of a certificate can end with is reached by a case", () => {
  const all = [...Object.values(cases.valid), ...Object.values(cases.invalid)];
  const reached = new Set(all.flatMap((make) => verified(make()).checks.map(({ code }) => code)));
  const codes = Object.keys(en.check) as CheckCode[]; // as: the keys of a closed record
  expect([...reached].toSorted()).to.deep.equal(codes.filter((code) => !elsewhere.includes(code)).toSorted());
});
