import { expect } from "chai";
import {
  anchor,
  anchorArguments,
  bureau,
  bureauKey,
  ethers,
  fixture,
  inOneHour,
  loadFixture,
  time,
  office,
  officeBatch,
  officeKey,
  strangerKey,
} from "./fixture.ts";
import { batchOf, codeBytes, digestOf, digestsOf } from "./hashes.ts";

const officeSigner = officeKey.address.toLowerCase();

describe("RecordLedger.anchor", () => {
  it("anchors a batch for whoever relays it: event, return value, slot", async () => {
    const hufu = await loadFixture(fixture);
    const batch = officeBatch(digestsOf(7));
    const deadline = await inOneHour();
    const args = await anchorArguments(hufu, batch, { deadline });
    expect(await hufu.ledger.anchor.staticCall(...args)).to.equal(batch.root);
    await expect(hufu.ledger.connect(hufu.stranger).anchor(...args))
      .to.emit(hufu.ledger, "Anchored")
      .withArgs(office, 1, batch.root, 7, deadline, officeSigner, batch.digests);
    expect(await hufu.ledger.batchOf(batch.root)).to.deep.equal([office, 1n, 7n, BigInt(await time.latest())]);
  });

  it("anchors a single record under its leaf", async () => {
    const hufu = await loadFixture(fixture);
    const batch = officeBatch([digestOf(0)]);
    await anchor(hufu, batch);
    expect(batch.root).to.equal(batch.leaves[0]);
    expect((await hufu.ledger.batchOf(batch.root)).count).to.equal(1n);
  });

  it("knows nothing of a root that was not anchored", async () => {
    const { ledger } = await loadFixture(fixture);
    expect(await ledger.batchOf(digestOf(0))).to.deep.equal([`0x${"00".repeat(18)}`, 0n, 0n, 0n]);
  });

  it("names its register", async () => {
    const { ledger, agencies } = await loadFixture(fixture);
    expect(await ledger.agencies()).to.equal(await agencies.getAddress());
  });

  it("counts in the block of its deadline, and in none after", async () => {
    const hufu = await loadFixture(fixture);
    const deadline = await inOneHour();
    await time.setNextBlockTimestamp(deadline);
    await expect(anchor(hufu, officeBatch(digestsOf(2)), { deadline })).to.emit(hufu.ledger, "Anchored");
    const late = await anchorArguments(hufu, officeBatch(digestsOf(3)), { deadline });
    await time.setNextBlockTimestamp(deadline + 1);
    await expect(hufu.ledger.anchor(...late))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerDeadlinePassed")
      .withArgs(deadline, deadline + 1);
  });

  it("refuses an empty batch", async () => {
    const hufu = await loadFixture(fixture);
    const args = await anchorArguments(hufu, { ...officeBatch([digestOf(0)]), digests: [] });
    await expect(hufu.ledger.anchor(...args)).to.be.revertedWithCustomError(hufu.ledger, "LedgerEmptyBatch");
  });

  it("refuses leaves out of order, though the root is the one that was signed", async () => {
    const hufu = await loadFixture(fixture);
    const batch = officeBatch(digestsOf(4));
    const [agency, kind, [first, second, third, fourth], ...rest] = await anchorArguments(hufu, batch);
    const orders: [number, (string | undefined)[]][] = [
      [1, [second, first, third, fourth]],
      [3, [first, second, fourth, third]],
      [2, [third, fourth, first, second]],
    ];
    for (const [index, digests] of orders) {
      await expect(hufu.ledger.anchor(agency, kind, digests.map(String), ...rest))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerLeavesNotAscending")
        .withArgs(index);
    }
  });

  it("refuses a record twice in a batch", async () => {
    const hufu = await loadFixture(fixture);
    await expect(anchor(hufu, officeBatch([digestOf(1), digestOf(2), digestOf(2)])))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerLeavesNotAscending")
      .withArgs((digests: bigint) => digests === 1n || digests === 2n);
  });

  it("refuses a batch twice, under the same signature or a new one", async () => {
    const hufu = await loadFixture(fixture);
    const batch = officeBatch(digestsOf(5));
    const args = await anchorArguments(hufu, batch);
    await hufu.ledger.anchor(...args);
    const again = await anchorArguments(hufu, batch, { deadline: (await inOneHour()) + 1 });
    for (const repeated of [args, again]) {
      await expect(hufu.ledger.anchor(...repeated))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerDuplicateRoot")
        .withArgs(batch.root);
    }
  });

  it("anchors a record again in another batch", async () => {
    const hufu = await loadFixture(fixture);
    await anchor(hufu, officeBatch(digestsOf(2)));
    await expect(anchor(hufu, officeBatch(digestsOf(3)))).to.emit(hufu.ledger, "Anchored");
  });
});

describe("RecordLedger.anchor asks whether the signer may", () => {
  const batch = officeBatch(digestsOf(3));

  async function refused(hufu: Awaited<ReturnType<typeof fixture>>, kind = 1, signer = officeSigner): Promise<void> {
    const options = signer === officeSigner ? {} : { signer, key: strangerKey };
    await expect(anchor(hufu, batchOf(office, kind, batch.digests), options))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedSigner")
      .withArgs(office, kind, signer);
  }

  it("refuses a signer of nobody, and one of another agency", async () => {
    const hufu = await loadFixture(fixture);
    await refused(hufu, 1, strangerKey.address.toLowerCase());
    await refused(hufu, 1, bureauKey.address.toLowerCase());
    await refused(hufu, 1, "0x");
  });

  it("refuses a kind that the agency may not write; there is no kind 0", async () => {
    const hufu = await loadFixture(fixture);
    await refused(hufu, 2);
    await refused(hufu, 0);
    await refused(hufu, 255);
  });

  it("refuses an agency that is not enrolled", async () => {
    const hufu = await loadFixture(fixture);
    const nobody = codeBytes("11440310000000009X");
    await expect(anchor(hufu, batchOf(nobody, 1, batch.digests)))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedSigner")
      .withArgs(nobody, 1, officeSigner);
  });

  it("refuses a suspended agency, and takes it back when it is reinstated", async () => {
    const hufu = await loadFixture(fixture);
    await hufu.register.setSuspension(office, true);
    await refused(hufu);
    await refused(hufu, 0);
    await hufu.register.setSuspension(office, false);
    await expect(anchor(hufu, batch)).to.emit(hufu.ledger, "Anchored");
  });

  it("looks at the period in the block that anchors, its ends included", async () => {
    const hufu = await loadFixture(fixture);
    const from = await inOneHour();
    const until = from + 1000;
    const deadline = until + 1000;
    await hufu.register.setSigner(office, officeKey.address, from, until);
    const batches = [0, 1, 2, 3].map((n) => officeBatch(digestsOf(n + 1)));
    for (const [n, at] of [from - 1, from, until, until + 1].entries()) {
      const args = await anchorArguments(hufu, batches[n] ?? batch, { deadline });
      await time.setNextBlockTimestamp(at);
      const sent = hufu.ledger.anchor(...args);
      if (at >= from && at <= until) await expect(sent).to.emit(hufu.ledger, "Anchored");
      else await expect(sent).to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedSigner");
    }
  });

  it("lets a rotated signer's old batches stand", async () => {
    const hufu = await loadFixture(fixture);
    await anchor(hufu, batch);
    const before = await hufu.ledger.batchOf(batch.root);
    await hufu.register.setSigner(office, officeKey.address, 0, await time.latest());
    await hufu.register.setSigner(office, strangerKey.address, 0, 2n ** 40n - 1n);
    await expect(anchor(hufu, officeBatch(digestsOf(4)))).to.be.revertedWithCustomError(
      hufu.ledger,
      "LedgerUnauthorizedSigner",
    );
    await anchor(hufu, officeBatch(digestsOf(4)), { key: strangerKey });
    expect(await hufu.ledger.batchOf(batch.root)).to.deep.equal(before);
  });
});

describe("RecordLedger.anchor checks the signature", () => {
  const batch = officeBatch(digestsOf(3));

  it("refuses a stranger's signature in a signer's name", async () => {
    const hufu = await loadFixture(fixture);
    await expect(anchor(hufu, batch, { key: strangerKey, signer: officeKey.address }))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidSignature")
      .withArgs(officeSigner);
  });

  it("refuses what was signed for another chain, contract, name or version", async () => {
    const hufu = await loadFixture(fixture);
    const others = [
      { ...hufu.domain, chainId: hufu.domain.chainId + 1n },
      { ...hufu.domain, verifyingContract: await hufu.agencies.getAddress() },
      { ...hufu.domain, name: "Hufu" },
      { ...hufu.domain, version: "2" },
    ];
    for (const domain of others) {
      await expect(anchor(hufu, batch, { domain })).to.be.revertedWithCustomError(
        hufu.ledger,
        "LedgerInvalidSignature",
      );
    }
  });

  it("refuses anything but what was signed: digests, kind, deadline, agency", async () => {
    const hufu = await loadFixture(fixture);
    const deadline = await inOneHour();
    const [agency, kind, digests, , signer, signature] = await anchorArguments(hufu, batch, { deadline });
    await hufu.register.setSigner(bureau, officeKey.address, 0, 2n ** 40n - 1n);
    const fewer = officeBatch(digests.slice(1)).digests;
    const asBureau = batchOf(bureau, kind, digests).digests;
    const asDecision = batchOf(agency, 4, digests).digests;
    const altered = [
      [agency, kind, [...fewer], deadline, signer, signature],
      [agency, 4, [...asDecision], deadline, signer, signature],
      [agency, kind, digests, deadline + 1, signer, signature],
      [bureau, kind, [...asBureau], deadline, signer, signature],
    ] as const;
    for (const args of altered) {
      await expect(hufu.ledger.anchor(args[0], args[1], [...args[2]], args[3], args[4], args[5]))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidSignature")
        .withArgs(officeSigner);
    }
  });

  it("refuses a signature with the other s, of another length, or none", async () => {
    const hufu = await loadFixture(fixture);
    const [, , , deadline, , signature] = await anchorArguments(hufu, batch);
    const { r, s, v } = ethers.Signature.from(signature);
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const otherS = ethers.toBeHex(order - BigInt(s), 32);
    const malleable = ethers.concat([r, otherS, v === 27 ? "0x1c" : "0x1b"]);
    for (const wrong of [malleable, `${signature}00`, signature.slice(0, -2), "0x"]) {
      await expect(anchor(hufu, batch, { deadline, signature: wrong }))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidSignature")
        .withArgs(officeSigner);
    }
  });
});
