import { expect } from "chai";
import { SigningKey, recoverAddress } from "ethers";
import fc from "fast-check";

import { concatBytes, hexToBytes, to0x } from "../../../core/bytes.ts";
import { recoverSealer, recoverSigner, type Recover } from "../../../core/proofs/signature.ts";
import { propertyRuns } from "../../runs.ts";
import { fastTools, sign, signatory, tools, twinOf } from "./sealed-chain.ts";

const hash = tools.keccak.hash(Uint8Array.of(1));
const anna = signatory("anna");
const order = hexToBytes("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

describe("a recovered signature", () => {
  it("names who made it, as ethers does", () => {
    for (let index = 0; index < 20; index++) {
      const digest = tools.keccak.hash(Uint8Array.of(index));
      const signature = new SigningKey(anna.secretKey).sign(digest);
      const ordinary = hexToBytes(signature.serialized);
      expect(recoverSigner(digest, ordinary, tools)).to.equal(anna.address);
      expect(recoverAddress(to0x(digest), signature).toLowerCase()).to.equal(anna.address);
      expect(recoverSealer(digest, ordinary.with(64, signature.yParity), tools)).to.equal(anna.address);
    }
  });

  it("has one form in a header and one elsewhere", () => {
    const seal = sign(hash, anna);
    const v = seal[64]!;
    for (const other of [2, 3, 26, 27 + v, 29, 35 + v, 128 + v, 255]) {
      expect(recoverSealer(hash, seal.with(64, other), tools)).to.equal(undefined);
    }
    for (const other of [v, 26, 29, 255]) {
      expect(recoverSigner(hash, seal.with(64, other), tools)).to.equal(undefined);
    }
    for (const other of [
      seal.subarray(1),
      seal.subarray(0, 64),
      concatBytes(seal, Uint8Array.of(0)),
      new Uint8Array(),
    ]) {
      expect(recoverSealer(hash, other, tools)).to.equal(undefined);
    }
  });

  it("may have a high s, as on the chain: it names the same signatory", () => {
    const seal = sign(hash, anna);
    expect(to0x(twinOf(seal))).not.to.equal(to0x(seal));
    for (const each of [tools, fastTools]) expect(recoverSealer(hash, twinOf(seal), each)).to.equal(anna.address);
  });

  it("is none where r or s is zero or not below the order, or r belongs to no point", () => {
    const seal = sign(hash, anna);
    const [r, s] = [seal.subarray(0, 32), seal.subarray(32, 64)];
    const noPoint = hexToBytes("05".padStart(64, "0"));
    for (const each of [tools, fastTools]) {
      for (const wrong of [new Uint8Array(32), order, new Uint8Array(32).fill(0xff)]) {
        expect(recoverSealer(hash, concatBytes(wrong, s, Uint8Array.of(0)), each)).to.equal(undefined);
        expect(recoverSealer(hash, concatBytes(r, wrong, Uint8Array.of(0)), each)).to.equal(undefined);
      }
      expect(recoverSealer(hash, concatBytes(noPoint, s, Uint8Array.of(0)), each)).to.equal(undefined);
    }
  });

  it("is not even looked for where r or s is out of bounds, so that every recovery refuses the same", () => {
    const anybody: Recover = () => new Uint8Array(64).fill(1);
    const [bad, good] = [[new Uint8Array(32), order, new Uint8Array(32).fill(0xff)], new Uint8Array(32).fill(1)];
    const seal = (r: Uint8Array, s: Uint8Array): Uint8Array => concatBytes(r, s, Uint8Array.of(0));
    const given = { ...tools, recover: anybody };
    expect(recoverSealer(hash, seal(good, good), given)).not.to.equal(undefined);
    for (const wrong of bad) {
      expect(recoverSealer(hash, seal(wrong, good), given)).to.equal(undefined);
      expect(recoverSealer(hash, seal(good, wrong), given)).to.equal(undefined);
    }
  });

  it("is the same in JavaScript and in WebAssembly, whatever the bytes", () => {
    const seals = fc.tuple(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(seals, ([numbers, v]) => {
        const seal = concatBytes(numbers, Uint8Array.of(v));
        expect(recoverSealer(hash, seal, tools)).to.equal(recoverSealer(hash, seal, fastTools));
      }),
      { numRuns: propertyRuns },
    );
  }).timeout(120_000);
});
