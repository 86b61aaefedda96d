import { expect } from "chai";
import { brokenLedgers } from "./broken-ledgers.ts";
import { digestOf, market, ordinaryLedger } from "./scenario.ts";

describe("replay of a ledger that its contracts cannot have written", () => {
  for (const [code, ways] of Object.entries(brokenLedgers)) {
    for (const [way, write] of Object.entries(ways)) {
      it(`${code}: ${way}`, () => {
        const scenario = ordinaryLedger();
        const sound = scenario.replay();
        expect(sound.divergence).to.equal(undefined);
        write(scenario);
        const { replay, divergence } = scenario.replay();
        expect(divergence).to.include({ code });
        expect(divergence?.sentence).to.include(divergence?.expected).and.include(divergence?.found);
        const broken = scenario.logs.filter((log) => log.blockNumber === divergence?.where.block);
        expect(broken.map((log) => log.transactionHash)).to.include(divergence?.where.transaction);
        expect(replay.counts().events).to.be.lessThan(scenario.logs.length);
        expect(replay.counts().events).to.be.at.least(sound.replay.counts().events);
      });
    }
  }

  it("is answered for ever, and takes nothing more in", () => {
    const scenario = ordinaryLedger();
    scenario.status({ digest: digestOf(`${market} record`), effect: 2, basis: digestOf("x") });
    const before = scenario.replay();
    scenario.status({ digest: digestOf(`${market} record`), effect: 2, basis: digestOf(`${market} decision`) });
    const after = scenario.replay();
    expect(after.divergence).to.deep.equal(before.divergence);
    expect(after.replay.heads()).to.deep.equal(before.replay.heads());
  });
});
