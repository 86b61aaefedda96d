import { expect } from "chai";
import { anchor, anchorArguments, bureau, bureauKey, ethers, fixture, inOneHour, networkHelpers, office, officeBatch, officeKey, strangerKey } from "./fixture.ts";
import { batchOf, digestsOf } from "./hashes.ts";

const { loadFixture, time } = networkHelpers;

describe("RecordLedger.anchor", () => {
  it("anchors a batch: event, return value, slot", async () => {
    const hufu = await loadFixture(fixture);
    const batch = officeBatch(digestsOf(7));
    const deadline = await inOneHour();
    const args = await anchorArguments(hufu, batch, { deadline });
    expect(await hufu.ledger.anchor.staticCall(...args)).to.equal(batch.root);
    await expect(hufu.ledger.connect(hufu.relayer).anchor(...args))
      .to.emit(hufu.ledger, "Anchored")
      .withArgs(office, 1, batch.root, 7, deadline, officeKey.address.toLowerCase(), batch.digests);
    expect(await hufu.ledger.batchOf(batch.root)).to.deep.equal([office, 1n, 7n, BigInt(await time.latest())]);
  });
  it("gas", async () => {
    const hufu = await loadFixture(fixture);
    await anchor(hufu, officeBatch(digestsOf(1, "first")));
    for (const n of [1, 10, 100, 500]) {
      const r = await (await anchor(hufu, officeBatch(digestsOf(n, `g${n}`)))).wait();
      console.log(n, Number(r!.gasUsed) / n);
    }
  });
});
