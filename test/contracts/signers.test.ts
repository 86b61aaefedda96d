import { p256 } from "@noble/curves/nist.js";
import { expect } from "chai";
import { concat, getBytes, hexlify } from "ethers";
import {
  anchor,
  changeOf,
  ethers,
  fixture,
  FOREVER,
  inOneHour,
  loadFixture,
  office,
  officeBatch,
  statusArguments,
} from "./fixture.ts";
import { anchorHash, type Batch, digestsOf, leafOf, statusTypes } from "./hashes.ts";

const secret = new Uint8Array(32).fill(7);
const batch = officeBatch(digestsOf(3));

async function withP256() {
  const hufu = await fixture();
  const key = p256.getPublicKey(secret, false).slice(1);
  const signer = concat([await hufu.p256.getAddress(), key]);
  await hufu.register.setSigner(office, signer, 0, FOREVER);
  return { ...hufu, signer };
}

function signP256(hash: string, by = secret): string {
  return hexlify(p256.sign(getBytes(hash), by, { prehash: false, lowS: true }));
}

async function signedAnchor(hufu: Awaited<ReturnType<typeof withP256>>, of: Batch, by = secret) {
  const deadline = await inOneHour();
  return { deadline, signer: hufu.signer, signature: signP256(anchorHash(hufu.domain, of, deadline), by) };
}

describe("A P-256 signer, through ERC-7913", () => {
  it("anchors: the event holds verifier and key", async () => {
    const hufu = await loadFixture(withP256);
    const options = await signedAnchor(hufu, batch);
    await expect(anchor(hufu, batch, options))
      .to.emit(hufu.ledger, "Anchored")
      .withArgs(office, 1, batch.root, 3, options.deadline, hufu.signer, batch.digests);
  });

  it("sets a status", async () => {
    const hufu = await loadFixture(withP256);
    await anchor(hufu, batch);
    const change = changeOf(batch, 1);
    const deadline = await inOneHour();
    const { version, effect, basis } = change;
    const item = { leaf: leafOf(office, 1, String(change.digest)), version, effect, basis };
    const message = { actor: office, items: [item], deadline };
    const signature = signP256(ethers.TypedDataEncoder.hash(hufu.domain, statusTypes, message));
    const args = await statusArguments(hufu, [change], { deadline, signer: hufu.signer, signature });
    await expect(hufu.ledger.setStatus(...args)).to.emit(hufu.ledger, "StatusSet");
  });

  it("refuses another key's signature, the other s, and a mutilated one", async () => {
    const hufu = await loadFixture(withP256);
    const { deadline, signature } = await signedAnchor(hufu, batch);
    const stranger = await signedAnchor(hufu, batch, new Uint8Array(32).fill(8));
    const [r, s] = [signature.slice(0, 66), BigInt(`0x${signature.slice(66)}`)];
    const otherS = concat([r, ethers.toBeHex(p256.Point.Fn.ORDER - s, 32)]);
    for (const wrong of [stranger.signature, otherS, signature.slice(0, -2), "0x"]) {
      await expect(anchor(hufu, batch, { deadline, signer: hufu.signer, signature: wrong }))
        .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidSignature")
        .withArgs(hufu.signer);
    }
  });

  it("is its key with its verifier: neither counts with another", async () => {
    const hufu = await loadFixture(withP256);
    const { deadline, signature } = await signedAnchor(hufu, batch);
    const elsewhere = concat([await hufu.agencies.getAddress(), ethers.dataSlice(hufu.signer, 20)]);
    await expect(anchor(hufu, batch, { deadline, signer: elsewhere, signature }))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerUnauthorizedSigner")
      .withArgs(office, 1, elsewhere);
    await hufu.register.setSigner(office, elsewhere, 0, FOREVER);
    await expect(anchor(hufu, batch, { deadline, signer: elsewhere, signature }))
      .to.be.revertedWithCustomError(hufu.ledger, "LedgerInvalidSignature")
      .withArgs(elsewhere);
  });
});
