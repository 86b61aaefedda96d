import { expect } from "chai";

import { createHeadWatch } from "../../../server/anchoring/head-watch.ts";

describe("how long ago a chain made its newest block", () => {
  const made = (hash: string, time: number) =>
    ({ number: 1, hash: `0x${hash}`, parentHash: "0x", time, baseFee: null }) as const;
  const watchOf = (period: number | null) => {
    const clock = { now: 1_000_000, elapsed: 0 };
    const consensus = period === null ? { type: "qbft", epoch: 1 } : { type: "clique", epoch: 1, period };
    const watch = createHeadWatch({
      consensus: consensus as Parameters<typeof createHeadWatch>[0]["consensus"],
      now: () => clock.now,
      elapsed: () => clock.elapsed,
    });
    return { clock, watch };
  };

  it("is counted from the time that the first one names, and from their coming after that", () => {
    const { clock, watch } = watchOf(null);
    expect([watch.ageSeconds(), watch.isOld()]).to.deep.equal([null, false]);
    watch.see(made("01", 900));
    expect([watch.ageSeconds(), watch.isOld()]).to.deep.equal([100, true]);
    clock.elapsed = 5_000;
    watch.see(made("01", 900));
    expect(watch.ageSeconds()).to.equal(105);
    watch.see(made("02", 10));
    expect([watch.ageSeconds(), watch.isOld()]).to.deep.equal([0, false]);
    clock.elapsed += 30_000;
    expect(watch.isOld()).to.equal(false);
    clock.elapsed += 1;
    expect(watch.isOld()).to.equal(true);
  });

  it("is none where a block is of the future", () => {
    const { watch } = watchOf(null);
    watch.see(made("01", 2_000));
    expect(watch.ageSeconds()).to.equal(0);
  });

  it("is long after ten periods, where these are longer", () => {
    const { clock, watch } = watchOf(15);
    watch.see(made("01", 1_000));
    clock.elapsed = 150_000;
    expect(watch.isOld()).to.equal(false);
    clock.elapsed += 1;
    expect(watch.isOld()).to.equal(true);
  });
});
