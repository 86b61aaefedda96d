import { expect } from "chai";
import { benchMerkle } from "../../../scripts/bench/merkle.ts";
import { benchReplay } from "../../../scripts/bench/replay.ts";

describe("the benches of tree and replay", function () {
  this.timeout(240_000);

  it("build one tree in four ways and measure each", async () => {
    const rows = await benchMerkle(1);
    expect(rows).to.have.length(4);
    for (const { median, unit } of rows) {
      expect(median).to.be.greaterThan(0);
      expect(unit).to.equal("leaves/s");
    }
  });

  it("replay a real chain to the head that its contract holds, and audit it without seals and with them", async () => {
    const rows = await benchReplay(1000, 1);
    expect(rows.map(({ name }) => name)).to.deep.equal([
      "fetching the logs alone",
      "replay: roots, rights and journal heads recomputed",
      "audit, 20 batches a block, no seals",
      "audit, 20 batches a block, three QBFT seals each",
      "audit, one batch a block, no seals",
      "audit, one batch a block, three QBFT seals each",
    ]);
    for (const { median, unit } of rows) {
      expect(median).to.be.greaterThan(0);
      expect(unit).to.equal("records/s");
    }
  });
});
