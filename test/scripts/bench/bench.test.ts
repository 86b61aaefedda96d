import { expect } from "chai";
import { benchMerkle } from "../../../scripts/bench/merkle.ts";
import { benchReplay } from "../../../scripts/bench/replay.ts";

describe("the benches of tree and replay", function () {
  this.timeout(60_000);

  it("build one tree in four ways and measure each", async () => {
    const rows = await benchMerkle(1);
    expect(rows).to.have.length(4);
    for (const { median, unit } of rows) {
      expect(median).to.be.greaterThan(0);
      expect(unit).to.equal("leaves/s");
    }
  });

  it("replay a real chain to the head that its contract holds", async () => {
    const rows = await benchReplay(1000, 1);
    expect(rows.map(({ unit }) => unit)).to.deep.equal(["records/s", "records/s", "records/s"]);
    for (const { median } of rows) expect(median).to.be.greaterThan(0);
  });
});
