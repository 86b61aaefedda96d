import { expect } from "chai";
import fc from "fast-check";
import { canonicalJson } from "../../../core/json/canonical.ts";
import { toJsonValue, type JsonValue } from "../../../core/json/parse.ts";
import { propertyRuns } from "../../runs.ts";
import { readVector } from "../../vectors/read.ts";
import { secondCanonical } from "../second-canonical.ts";

/** The double with these 64 bits. */
function doubleOf(bits: string): number {
  return Buffer.from(bits, "hex").readDoubleBE();
}

describe("canonicalJson", () => {
  const { cases } = readVector<{ cases: { what: string; text: string; canonical: string }[] }>(
    "valid",
    "json_canonical",
  );
  for (const { what, text, canonical } of cases)
    it(`writes the vector "${what}"`, () => {
      const value = JSON.parse(text) as JsonValue;
      expect(canonicalJson(value)).to.equal(canonical);
      expect(secondCanonical(value)).to.equal(canonical);
    });

  it("writes RFC 8785's example, byte for byte", () => {
    const expected =
      "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333332c" +
      "31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d";
    expect(Buffer.from(canonicalJson(JSON.parse(cases[0]!.text) as JsonValue)).toString("hex")).to.equal(expected);
  });

  const numbers = readVector<{ cases: { bits: string; text: string | null }[] }>("valid", "json_number").cases;
  for (const { bits, text } of numbers)
    it(`${text === null ? "is never given" : "writes"} RFC 8785's number ${bits}`, () => {
      const value = doubleOf(bits);
      if (text === null) expect(() => toJsonValue(value)).to.throw();
      else expect(canonicalJson(value)).to.equal(text);
    });

  it("writes what a second implementation writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as JsonValue;
        expect(canonicalJson(json)).to.equal(secondCanonical(json));
      }),
      { numRuns: propertyRuns },
    );
  });

  it("writes strings of any characters as a second implementation does", () => {
    const text = fc.string({ unit: "binary", maxLength: 50 });
    fc.assert(
      fc.property(fc.dictionary(text, text), (value) => {
        expect(canonicalJson(value)).to.equal(secondCanonical(value));
      }),
      { numRuns: propertyRuns },
    );
  });

  it("does not depend on the order in which members were written", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.integer()), { maxLength: 10 }), (entries) => {
        const members = [...new Map(entries)];
        const [a, b] = [Object.fromEntries(members), Object.fromEntries(members.toReversed())];
        expect(canonicalJson(a)).to.equal(canonicalJson(b));
        expect(JSON.parse(canonicalJson(a))).to.deep.equal(a);
      }),
      { numRuns: propertyRuns },
    );
  });
});
