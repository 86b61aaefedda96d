import { expect } from "chai";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { bytesToHex, hexToBytes, utf8 } from "../../core/bytes.ts";
import { hashAlgorithms, nobleHasher, shake256 } from "../../core/hash.ts";
import { sm3 } from "../../core/sm3.ts";
import { propertyRuns } from "../runs.ts";
import { secondHasher, secondShake256 } from "./second-hash.ts";

describe("SM3", () => {
  it("gives the two examples of GB/T 32905-2016, annex A", () => {
    expect(bytesToHex(sm3(utf8("abc")))).to.equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    expect(bytesToHex(sm3(utf8("abcd".repeat(16))))).to.equal(
      "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
    );
  });

  it("is OpenSSL's, for every length around the blocks", () => {
    for (let length = 0; length <= 200; length++) {
      const message = Uint8Array.from({ length }, (_, i) => i * 7 + length);
      expect(bytesToHex(sm3(message))).to.equal(createHash("sm3").update(message).digest("hex"));
    }
  });

  it("is OpenSSL's, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (message) => {
        expect(bytesToHex(sm3(message))).to.equal(createHash("sm3").update(message).digest("hex"));
      }),
      { numRuns: propertyRuns },
    );
  });

  it("reads a part of a larger buffer as that part", () => {
    const whole = Uint8Array.from({ length: 300 }, (_, i) => i);
    expect(sm3(whole.subarray(17, 150))).to.deep.equal(sm3(whole.slice(17, 150)));
  });
});

describe("a hasher", () => {
  for (const algorithm of hashAlgorithms)
    it(`of ${algorithm} hashes domain, line feed and message, as a second program does`, () => {
      const [first, second] = [nobleHasher(algorithm), secondHasher(algorithm)];
      expect(first.algorithm).to.equal(algorithm);
      const text = fc.string({ unit: "grapheme", maxLength: 300 });
      fc.assert(
        fc.property(fc.constantFrom("hufu.record.v1", "hufu.disclosure.v1"), text, (domain, message) => {
          expect(first.hash(domain, message)).to.equal(second.hash(domain, message));
        }),
        { numRuns: propertyRuns },
      );
    });

  it("gives another hash under another domain", () => {
    const { hash } = nobleHasher("sha-256");
    expect(hash("hufu.record.v1", "x")).to.not.equal(hash("hufu.schema.v1", "x"));
  });
});

describe("SHAKE-256", () => {
  it("gives FIPS 202's output for the empty message", () => {
    expect(bytesToHex(shake256(new Uint8Array(), 32))).to.equal(
      "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f",
    );
  });

  it("is OpenSSL's", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 1000 }), (input, length) => {
        expect(shake256(input, length)).to.deep.equal(secondShake256(input, length));
      }),
      { numRuns: propertyRuns },
    );
    expect(shake256(hexToBytes("00"), 16)).to.have.length(16);
  });
});
