import { expect } from "chai";
import { anchor, changeOf, ethers, fixture, loadFixture, officeBatch, setStatus } from "./fixture.ts";
import { digestsOf } from "./hashes.ts";

/** Gas of a whole transaction, by the rules of Shanghai, not the first of its contract. */
async function gasOf(sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>): Promise<number> {
  const receipt = await (await sent).wait();
  return Number(receipt?.gasUsed);
}

describe("Gas", () => {
  async function inUse() {
    const hufu = await fixture();
    await anchor(hufu, officeBatch(digestsOf(1, "first of all")));
    return hufu;
  }

  it("of a single record is at most 75,000", async () => {
    const hufu = await loadFixture(inUse);
    expect(await gasOf(anchor(hufu, officeBatch(digestsOf(1))))).to.be.within(45_000, 75_000);
  });

  it("of a record in a batch of 500 is at most 1,350", async () => {
    const hufu = await loadFixture(inUse);
    expect((await gasOf(anchor(hufu, officeBatch(digestsOf(500))))) / 500).to.be.within(855, 1_350);
  });

  it("of a status in a batch of 500 is at most 86,000, and 43,000 among twenty", async () => {
    const hufu = await loadFixture(inUse);
    const batch = officeBatch(digestsOf(500));
    await anchor(hufu, batch);
    expect(await gasOf(setStatus(hufu, [changeOf(batch, 99)]))).to.be.below(86_000);
    const twenty = Array.from({ length: 20 }, (_, n) => changeOf(batch, n));
    expect((await gasOf(setStatus(hufu, twenty))) / 20).to.be.below(43_000);
  });

  it("is spent under the rules that the figures are meant for", async () => {
    const block = await ethers.provider.send("eth_getBlockByNumber", ["latest", false]);
    expect(block).to.include.keys("withdrawalsRoot").and.not.include.keys("excessBlobGas");
  });
});
