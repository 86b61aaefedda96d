import { expect } from "chai";
import fc from "fast-check";

import { bytesToHex } from "../../../core/bytes.ts";
import { hashAlgorithms, nobleHasher, shake256 } from "../../../core/hash.ts";
import { nodeHasher, nodeShake256 } from "../../../server/record/hashing.ts";
import { propertyRuns } from "../../runs.ts";

describe("hashing with OpenSSL", function () {
  this.timeout(120_000);

  for (const algorithm of hashAlgorithms) {
    it(`${algorithm} is the core's`, () => {
      const text = fc.string({ unit: "binary" });
      fc.assert(
        fc.property(text, (message) => {
          expect(nodeHasher(algorithm).hash("hufu.test.v1", message)).to.equal(
            nobleHasher(algorithm).hash("hufu.test.v1", message),
          );
        }),
        { numRuns: propertyRuns },
      );
    });
  }

  it("SHAKE-256 is the core's, of any length", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 1_000 }), (input, length) => {
        expect(bytesToHex(nodeShake256(input, length))).to.equal(bytesToHex(shake256(input, length)));
      }),
      { numRuns: propertyRuns },
    );
  });
});
