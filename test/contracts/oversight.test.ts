import { expect } from "chai";
import {
  anchor,
  bit,
  bureau,
  bureauKey,
  changeOf,
  court,
  courtKey,
  Effect,
  fixture,
  loadFixture,
  office,
  officeBatch,
  setStatus,
  someBasis,
} from "./fixture.ts";
import { batchOf, digestsOf } from "./hashes.ts";

const batch = officeBatch(digestsOf(5));
const asCourt = { key: courtKey, actor: court };

async function anchored() {
  const hufu = await fixture();
  await anchor(hufu, batch);
  return hufu;
}

describe("Oversight", () => {
  it("lets the overseer set the effects that it was given: event names it as actor", async () => {
    const hufu = await loadFixture(anchored);
    await expect(setStatus(hufu, [changeOf(batch, 0, { effect: Effect.WITHDRAWN })], asCourt))
      .to.emit(hufu.ledger, "StatusSet")
      .withArgs(
        batch.leaves[0],
        court,
        office,
        1,
        batch.digests[0],
        1,
        Effect.WITHDRAWN,
        someBasis,
        courtKey.address.toLowerCase(),
      );
  });

  it("is asked for each effect", async () => {
    const hufu = await loadFixture(anchored);
    for (const effect of [Effect.IN_FORCE, Effect.ENDED, Effect.SUPERSEDED]) {
      await expect(setStatus(hufu, [changeOf(batch, 0, { effect })], asCourt))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedActor")
        .withArgs(court, office, effect);
    }
  });

  it("is asked for each record's agency, also within one signature", async () => {
    const hufu = await loadFixture(anchored);
    const others = batchOf(bureau, 1, digestsOf(3, "bureau"));
    await anchor(hufu, others, { key: bureauKey });
    await expect(setStatus(hufu, [changeOf(batch, 0), changeOf(others, 0)], asCourt))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedActor")
      .withArgs(court, bureau, Effect.ANNOTATED);
    await hufu.register.setOversight(court, bureau, bit(Effect.ANNOTATED));
    await expect(setStatus(hufu, [changeOf(batch, 0), changeOf(others, 0)], asCourt)).to.emit(hufu.ledger, "StatusSet");
  });

  it("goes one way, and is nobody else's", async () => {
    const hufu = await loadFixture(anchored);
    const decisions = batchOf(court, 1, digestsOf(2, "court"));
    await anchor(hufu, decisions, { key: courtKey });
    await expect(setStatus(hufu, [changeOf(decisions, 0)]))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedActor")
      .withArgs(office, court, Effect.ANNOTATED);
    await expect(setStatus(hufu, [changeOf(batch, 0)], { key: bureauKey, actor: bureau }))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedActor")
      .withArgs(bureau, office, Effect.ANNOTATED);
  });

  it("does not let the overseer sign in the agency's name", async () => {
    const hufu = await loadFixture(anchored);
    await expect(setStatus(hufu, [changeOf(batch, 0)], { key: courtKey, actor: office }))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedSigner")
      .withArgs(office, 0, courtKey.address.toLowerCase());
  });

  it("ends for what comes after, and leaves what was set", async () => {
    const hufu = await loadFixture(anchored);
    await setStatus(hufu, [changeOf(batch, 0)], asCourt);
    await hufu.register.setOversight(court, office, 0);
    await expect(setStatus(hufu, [changeOf(batch, 0, { version: 1 })], asCourt)).to.be.revertedWithCustomError(
      hufu.ledger,
      "LedgerUnauthorizedActor",
    );
    expect((await hufu.ledger.statusOf(batch.leaves[0] ?? "")).version).to.equal(1n);
  });

  it("works on a suspended agency's records, which the agency itself cannot touch", async () => {
    const hufu = await loadFixture(anchored);
    await hufu.register.setSuspension(office, true);
    await expect(setStatus(hufu, [changeOf(batch, 0)])).to.be.revertedWithCustomError(
      hufu.ledger,
      "LedgerUnauthorizedSigner",
    );
    await expect(setStatus(hufu, [changeOf(batch, 0)], asCourt)).to.emit(hufu.ledger, "StatusSet");
  });
});
