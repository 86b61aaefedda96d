/** Weaknesses that are known of other notary contracts: none of them is here. */
import { expect } from "chai";
import {
  anchor,
  anchorArguments,
  bureau,
  bureauKey,
  changeOf,
  Effect,
  ethers,
  fixture,
  inOneHour,
  loadFixture,
  networkHelpers,
  office,
  officeBatch,
  officeKey,
  setStatus,
  statusArguments,
} from "./fixture.ts";
import { batchOf, digestsOf, leafOf, proofOf } from "./hashes.ts";

const batch = officeBatch(digestsOf(4));

async function anchored() {
  const hufu = await fixture();
  await anchor(hufu, batch);
  return hufu;
}

describe("Weaknesses of peers", () => {
  it("an inner node is never a record", async () => {
    const hufu = await loadFixture(anchored);
    // In a tree of four the proof of leaf 0 ends with the parent of leaves 2 and 3: one step below the root.
    const inner = proofOf(batch.leaves, 0)[1] ?? "";
    const sibling = proofOf(batch.leaves, 2)[1] ?? "";
    const change = { ...changeOf(batch, 0), digest: inner, proof: [sibling] };
    await expect(setStatus(hufu, [change]))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidProof")
      .withArgs(leafOf(office, 1, inner), batch.root);
    const root = { ...change, digest: batch.root, proof: [] };
    await expect(setStatus(hufu, [root])).to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidProof");
  });

  it("a withdrawn record is withdrawn under every root, also one anchored later", async () => {
    const hufu = await loadFixture(anchored);
    await setStatus(hufu, [changeOf(batch, 0, { effect: Effect.WITHDRAWN })]);
    const again = officeBatch([batch.digests[0] ?? "", ...digestsOf(3, "new")]);
    await anchor(hufu, again);
    const index = again.digests.indexOf(batch.digests[0] ?? "");
    expect(again.leaves[index]).to.equal(batch.leaves[0]);
    for (const version of [0, 1]) {
      await expect(setStatus(hufu, [changeOf(again, index, { version, effect: Effect.IN_FORCE })])).to.revert(ethers);
    }
    expect((await hufu.ledger.statusOf(again.leaves[index] ?? "")).effect).to.equal(Effect.WITHDRAWN);
  });

  it("nobody keeps an agency from anchoring by anchoring first", async () => {
    const hufu = await loadFixture(fixture);
    await anchor(hufu, batchOf(bureau, 1, batch.digests), { key: bureauKey });
    await anchor(hufu, batchOf(office, 4, batch.digests));
    await expect(anchor(hufu, batch)).to.emit(hufu.ledger, "Anchored");
  });

  it("a relayer who is first anchors what the agency wanted, in the agency's name", async () => {
    const hufu = await loadFixture(fixture);
    const args = await anchorArguments(hufu, batch);
    await hufu.ledger.connect(hufu.stranger).anchor(...args);
    await expect(hufu.ledger.connect(hufu.relayer).anchor(...args))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerDuplicateRoot")
      .withArgs(batch.root);
    expect((await hufu.ledger.batchOf(batch.root)).agency).to.equal(office);
  });

  it("no signature is without a deadline", async () => {
    const hufu = await loadFixture(fixture);
    await expect(anchor(hufu, batch, { deadline: 0 })).to.be.revertedWithCustomError(
      hufu.ledger,
      "LedgerDeadlinePassed",
    );
  });

  it("a signed status is neither replayed nor reordered", async () => {
    const hufu = await loadFixture(anchored);
    const repaired = await statusArguments(hufu, [changeOf(batch, 0, { effect: Effect.ENDED })]);
    const revived = await statusArguments(hufu, [changeOf(batch, 0, { version: 1, effect: Effect.IN_FORCE })]);
    await expect(hufu.ledger.setStatus(...revived))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerVersionMismatch")
      .withArgs(batch.leaves[0], 1, 0);
    await hufu.ledger.setStatus(...repaired);
    await hufu.ledger.setStatus(...revived);
    for (const [args, version] of [
      [repaired, 0],
      [revived, 1],
    ] as const) {
      await expect(hufu.ledger.setStatus(...args))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerVersionMismatch")
        .withArgs(batch.leaves[0], version, 2);
    }
    expect((await hufu.ledger.statusOf(batch.leaves[0] ?? "")).effect).to.equal(Effect.IN_FORCE);
  });

  it("no lost signature blocks the ones after it: batches have no sequence", async () => {
    const hufu = await loadFixture(fixture);
    const lost = await anchorArguments(hufu, officeBatch(digestsOf(2, "lost")));
    const next = await anchorArguments(hufu, officeBatch(digestsOf(2, "next")));
    await hufu.ledger.anchor(...next);
    await expect(hufu.ledger.anchor(...lost)).to.emit(hufu.ledger, "Anchored");
  });

  it("the sender of a transaction has no authority, whoever it is", async () => {
    const hufu = await loadFixture(fixture);
    const signer = await ethers.getImpersonatedSigner(officeKey.address);
    await networkHelpers.setBalance(officeKey.address, 10n ** 18n);
    const [agency, kind, digests, deadline, , signature] = await anchorArguments(hufu, batch, { key: bureauKey });
    await expect(hufu.ledger.connect(signer).anchor(agency, kind, digests, deadline, officeKey.address, signature))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidSignature")
      .withArgs(officeKey.address.toLowerCase());
  });

  it("an old anchor stands when its deadline has passed", async () => {
    const hufu = await loadFixture(fixture);
    await anchor(hufu, batch, { deadline: await inOneHour() });
    await networkHelpers.time.increase(7200);
    await expect(setStatus(hufu, [changeOf(batch, 1)])).to.emit(hufu.ledger, "StatusSet");
  });
});
