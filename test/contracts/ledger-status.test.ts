import { expect } from "chai";
import {
  anchor,
  changeOf,
  Effect,
  ethers,
  fixture,
  type Fixture,
  inOneHour,
  loadFixture,
  time,
  office,
  officeBatch,
  officeKey,
  setStatus,
  someBasis,
  statusArguments,
  strangerKey,
} from "./fixture.ts";
import { batchOf, digestOf, digestsOf, hashOf } from "./hashes.ts";

const officeSigner = officeKey.address.toLowerCase();
const batch = officeBatch(digestsOf(5));
const leaf = batch.leaves[2] ?? "";
const digest = batch.digests[2] ?? "";

async function anchored() {
  const hufu = await fixture();
  await anchor(hufu, batch);
  return hufu;
}

async function effectOf(hufu: Fixture, of = leaf): Promise<number> {
  return Number((await hufu.ledger.statusOf(of)).effect);
}

describe("RecordLedger.setStatus", () => {
  it("sets a status for whoever relays it: event, slot", async () => {
    const hufu = await loadFixture(anchored);
    const args = await statusArguments(hufu, [changeOf(batch, 2, { effect: Effect.ANNOTATED })]);
    await expect(hufu.ledger.connect(hufu.stranger).setStatus(...args))
      .to.emit(hufu.ledger, "StatusSet")
      .withArgs(leaf, office, office, 1, digest, 1, Effect.ANNOTATED, someBasis, officeSigner);
    const status = await hufu.ledger.statusOf(leaf);
    expect(status).to.deep.equal([2n, 1n, BigInt(await time.latest()), hashOf(someBasis).slice(0, 50)]);
  });

  it("reads a record that was never set as all zero", async () => {
    const { ledger } = await loadFixture(anchored);
    expect(await ledger.statusOf(leaf)).to.deep.equal([0n, 0n, 0n, `0x${"00".repeat(24)}`]);
  });

  it("counts versions through every effect that is not terminal", async () => {
    const hufu = await loadFixture(anchored);
    const effects = [Effect.ENDED, Effect.IN_FORCE, Effect.ANNOTATED, Effect.ANNOTATED, Effect.SUPERSEDED];
    for (const [version, effect] of effects.entries()) {
      await setStatus(hufu, [changeOf(batch, 2, { version, effect })]);
      expect((await hufu.ledger.statusOf(leaf)).slice(0, 2)).to.deep.equal([BigInt(effect), BigInt(version + 1)]);
    }
  });

  it("sets several under one signature, one event each, in their order", async () => {
    const hufu = await loadFixture(anchored);
    const changes = [
      changeOf(batch, 0, { effect: Effect.ENDED }),
      changeOf(batch, 1, { effect: Effect.SUPERSEDED, basis: digestOf(9, "successor") }),
      changeOf(batch, 0, { version: 1, effect: Effect.WITHDRAWN }),
    ];
    const receipt = await (await setStatus(hufu, changes)).wait();
    const events = receipt?.logs.map((log) => hufu.ledger.interface.parseLog(log)?.args);
    expect(events?.map((args) => [args?.[0], Number(args?.[5]), Number(args?.[6])])).to.deep.equal([
      [batch.leaves[0], 1, Effect.ENDED],
      [batch.leaves[1], 1, Effect.SUPERSEDED],
      [batch.leaves[0], 2, Effect.WITHDRAWN],
    ]);
  });

  it("sets all or none", async () => {
    const hufu = await loadFixture(anchored);
    const changes = [changeOf(batch, 0), changeOf(batch, 1, { version: 1 })];
    await expect(setStatus(hufu, changes)).to.be.revertedWithCustomError(hufu.ledger, "LedgerVersionMismatch");
    expect(await effectOf(hufu, batch.leaves[0])).to.equal(Effect.NONE);
  });

  it("works on a batch of one, whose proof is empty", async () => {
    const hufu = await loadFixture(anchored);
    const single = officeBatch([digestOf(77)]);
    await anchor(hufu, single);
    await expect(setStatus(hufu, [changeOf(single, 0)])).to.emit(hufu.ledger, "StatusSet");
  });
});

describe("RecordLedger.setStatus refuses", () => {
  it("a deadline that has passed", async () => {
    const hufu = await loadFixture(anchored);
    const deadline = await inOneHour();
    const args = await statusArguments(hufu, [changeOf(batch, 2)], { deadline });
    await time.setNextBlockTimestamp(deadline + 1);
    await expect(hufu.ledger.setStatus(...args))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerDeadlinePassed")
      .withArgs(deadline, deadline + 1);
  });

  it("no change at all", async () => {
    const hufu = await loadFixture(anchored);
    await expect(setStatus(hufu, [])).to.be.revertedWithCustomError(hufu.ledger, "LedgerEmptyBatch");
  });

  it("a signer who does not sign for the actor", async () => {
    const hufu = await loadFixture(anchored);
    await expect(setStatus(hufu, [changeOf(batch, 2)], { key: strangerKey }))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedSigner")
      .withArgs(office, 0, strangerKey.address.toLowerCase());
  });

  it("a suspended actor, and one whose signer's period is over", async () => {
    const hufu = await loadFixture(anchored);
    await hufu.register.setSuspension(office, true);
    await expect(setStatus(hufu, [changeOf(batch, 2)])).to.be.revertedWithCustomError(
      hufu.ledger,
      "LedgerUnauthorizedSigner",
    );
    await hufu.register.setSuspension(office, false);
    await hufu.register.setSigner(office, officeKey.address, 0, await time.latest());
    await expect(setStatus(hufu, [changeOf(batch, 2)])).to.be.revertedWithCustomError(
      hufu.ledger,
      "LedgerUnauthorizedSigner",
    );
  });

  it("anything but what was signed: effect, basis, version, record, order, deadline, actor", async () => {
    const hufu = await loadFixture(anchored);
    const changes = [changeOf(batch, 2), changeOf(batch, 3)];
    const [actor, , deadline, signer, signature] = await statusArguments(hufu, changes);
    const [first, second] = [changeOf(batch, 2), changeOf(batch, 3)];
    const altered = [
      [{ ...first, effect: Effect.WITHDRAWN }, second],
      [{ ...first, basis: digestOf(1, "basis") }, second],
      [{ ...first, version: 1 }, second],
      [changeOf(batch, 4), second],
      [{ ...first, kind: 4 }, second],
      [second, first],
      [first],
    ];
    for (const items of altered) {
      await expect(hufu.ledger.setStatus(actor, items, deadline, signer, signature))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidSignature")
        .withArgs(officeSigner);
    }
    await expect(hufu.ledger.setStatus(actor, changes, deadline + 1, signer, signature)).to.be.revertedWithCustomError(
      hufu.ledger,
      "LedgerInvalidSignature",
    );
  });

  it("what was signed for another chain or contract", async () => {
    const hufu = await loadFixture(anchored);
    const domains = [
      { ...hufu.domain, chainId: 1n },
      { ...hufu.domain, verifyingContract: await hufu.access.getAddress() },
    ];
    for (const domain of domains) {
      await expect(setStatus(hufu, [changeOf(batch, 2)], { domain })).to.be.revertedWithCustomError(
        hufu.ledger,
        "LedgerInvalidSignature",
      );
    }
  });

  it("a root that was never anchored, or by another agency, or for another kind", async () => {
    const hufu = await loadFixture(anchored);
    const unknown = officeBatch(digestsOf(3, "unknown"));
    const decisions = batchOf(office, 4, digestsOf(3, "decision"));
    await anchor(hufu, decisions);
    for (const change of [changeOf(unknown, 0), { ...changeOf(decisions, 0), kind: 1 }]) {
      await expect(setStatus(hufu, [change]))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnknownRoot")
        .withArgs(change.root, office, 1);
    }
    const root = `0x${"00".repeat(32)}`;
    const zero = { ...changeOf(batch, 0), root, agency: `0x${"00".repeat(18)}`, kind: 0 };
    await expect(setStatus(hufu, [zero])).to.be.revertedWithCustomError(hufu.ledger, "LedgerUnknownRoot");
  });

  it("a proof that does not lead to the root", async () => {
    const hufu = await loadFixture(anchored);
    const good = changeOf(batch, 2);
    for (const proof of [[], good.proof.slice(1), [...good.proof, batch.root], [...good.proof].reverse()]) {
      await expect(setStatus(hufu, [{ ...good, proof }]))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidProof")
        .withArgs(leaf, batch.root);
    }
    const stranger = digestOf(99);
    await expect(setStatus(hufu, [{ ...good, digest: stranger }])).to.be.revertedWithCustomError(
      hufu.ledger,
      "LedgerInvalidProof",
    );
  });

  it("NONE, an effect that there is not, and a change without basis", async () => {
    const hufu = await loadFixture(anchored);
    await expect(setStatus(hufu, [changeOf(batch, 2, { effect: Effect.NONE })]))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidEffect")
      .withArgs(Effect.NONE);
    await expect(setStatus(hufu, [changeOf(batch, 2, { effect: 6 })])).to.revert(ethers);
    await expect(setStatus(hufu, [changeOf(batch, 2, { basis: `0x${"00".repeat(32)}` })]))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerMissingBasis")
      .withArgs(leaf);
  });

  it("another version than the record has", async () => {
    const hufu = await loadFixture(anchored);
    await setStatus(hufu, [changeOf(batch, 2)]);
    for (const version of [0, 2, 65_535]) {
      await expect(setStatus(hufu, [changeOf(batch, 2, { version })]))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerVersionMismatch")
        .withArgs(leaf, version, 1);
    }
  });

  it("to leave a terminal state", async () => {
    for (const terminal of [Effect.SUPERSEDED, Effect.WITHDRAWN]) {
      const hufu = await loadFixture(anchored);
      await setStatus(hufu, [changeOf(batch, 2, { effect: terminal })]);
      for (const effect of [Effect.IN_FORCE, Effect.ANNOTATED, Effect.ENDED, Effect.SUPERSEDED, Effect.WITHDRAWN]) {
        await expect(setStatus(hufu, [changeOf(batch, 2, { version: 1, effect })]))
          .to.be.revertedWithCustomError(hufu.ledger, "LedgerTerminalStatus")
          .withArgs(leaf, terminal);
      }
    }
  });
});
