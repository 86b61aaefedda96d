import { expect } from "chai";
import fc from "fast-check";
import { base64ToBytes, bytesToBase64, isBase64 } from "../../core/base64.ts";
import { propertyRuns } from "../runs.ts";

describe("base64", () => {
  it("has the vectors of RFC 4648", () => {
    const vectors = {
      "": "",
      f: "Zg==",
      fo: "Zm8=",
      foo: "Zm9v",
      foob: "Zm9vYg==",
      fooba: "Zm9vYmE=",
      foobar: "Zm9vYmFy",
    };
    for (const [text, encoded] of Object.entries(vectors)) {
      const bytes = new TextEncoder().encode(text);
      expect(bytesToBase64(bytes)).to.equal(encoded);
      expect(base64ToBytes(encoded)).to.deep.equal(bytes);
    }
  });

  it("reads what it writes, which is what Node writes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = bytesToBase64(bytes);
        expect(text).to.equal(Buffer.from(bytes).toString("base64"));
        expect(base64ToBytes(text)).to.deep.equal(new Uint8Array(bytes));
      }),
      { numRuns: propertyRuns },
    );
  });

  it("reads no other text, so that the same bytes have one", () => {
    const character = fc.constantFrom(..."ABQgwzZ019+/=-_ \n");
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
        const isTheOne = Buffer.from(text, "base64").toString("base64") === text;
        expect(isBase64(text)).to.equal(isTheOne);
        if (!isTheOne) expect(() => base64ToBytes(text)).to.throw(RangeError);
      }),
      { numRuns: propertyRuns },
    );
  });

  for (const text of ["AB==", "AAB=", "A===", "====", "AA", "AA= ", "A A=", "AA==\n", "AA==AA==", "-_-_", "ＡＡ=="])
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(isBase64(text)).to.equal(false);
      expect(() => base64ToBytes(text)).to.throw(RangeError);
    });
});
