import { expect } from "chai";
import { benchNetwork } from "../../scripts/bench/network.ts";
import { BUILD_MS, provideValidators } from "./world.ts";

describe("the bench of four real validators", function () {
  this.timeout(180_000);

  before(async function () {
    this.timeout(BUILD_MS);
    await provideValidators();
  });

  it("anchors what agencies post, has a majority stand behind it, and says where the time goes", async () => {
    const rows = await benchNetwork(1, 1, 1);
    const late = rows.at(-1);
    expect([late?.name, late?.median]).to.deep.equal(["not anchored 120 s later", 0]);
    const measured = rows.slice(0, -1);
    expect(measured.map(({ name }) => name)).to.include.members([
      "bulk posts: to endorsed by a majority",
      "single posts: block -> endorsed by a majority, p99",
    ]);
    for (const { name, median } of measured) expect(median, name).to.be.greaterThan(0);
  });
});
