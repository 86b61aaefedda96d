import { expect } from "chai";
import { byPreference } from "../../../scripts/network/stalemate.ts";
import type { ValidatorState } from "../../../scripts/network/state.ts";
import type { Tip } from "../../../scripts/network/tip.ts";

function tip(weight: bigint, number: number, hash: string): Tip {
  const ports = { rpc: 1, peers: 2, engine: 3 };
  const validator: ValidatorState = { number: 1, address: "0x", nodeId: "", ports, pid: null, island: 0 };
  return { validator, weight, number, hash };
}

describe("branches that stand still", () => {
  it("are followed by weight, then by length, the shorter first, then by hash", () => {
    const heaviest = tip(2n ** 64n + 1n, 30, "0xcc");
    const almost = tip(2n ** 64n, 10, "0xaa");
    const short = tip(9n, 5, "0xbb");
    const [small, great] = [tip(9n, 6, "0xaa"), tip(9n, 6, "0xab")];
    const sorted = [heaviest, almost, short, small, great];
    expect(sorted.toReversed().sort(byPreference)).to.deep.equal(sorted);
    expect(byPreference(small, tip(9n, 6, "0xaa"))).to.equal(0);
    expect([great, short, heaviest, small, almost].sort(byPreference)).to.deep.equal(sorted);
  });
});
