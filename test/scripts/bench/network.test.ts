import { expect } from "chai";
import { HufuError } from "../../../core/error.ts";
import { endorsedIn } from "../../../scripts/bench/endorsed-clock.ts";
import { benchNetwork } from "../../../scripts/bench/network.ts";

const [a, b, c] = ["0xaa", "0xbb", "0xcc"] as const;

describe("the bench of four validators", () => {
  it("counts distinct signers from a block on, its own among them", () => {
    const blocks = { first: 10, signers: [a, b, a, b, c, a] };
    expect(endorsedIn(blocks, 10, 1)).to.equal(10);
    expect(endorsedIn(blocks, 10, 2)).to.equal(11);
    expect(endorsedIn(blocks, 10, 3)).to.equal(14);
    expect(endorsedIn(blocks, 13, 3)).to.equal(15);
    expect(endorsedIn(blocks, 14, 3)).to.be.NaN;
  });

  it("has one row that says so where there is no geth", async function () {
    this.timeout(20_000);
    const nobody = () => Promise.reject(new HufuError("CHAIN_BINARY_MISSING", "there is none"));
    const rows = await benchNetwork(1, 1, 1, nobody);
    expect(rows).to.have.length(1);
    expect(rows[0]?.name).to.match(/^no geth/);
    expect(rows[0]?.median).to.be.NaN;
  });
});
