import { expect } from "chai";
import fc from "fast-check";
import { HufuError } from "../../../core/error.ts";
import { MAX_DEPTH, toJsonValue } from "../../../core/json/parse.ts";
import { propertyRuns } from "../../runs.ts";

function faultsOf(value: unknown): [code: string, pointer: string][] {
  try {
    toJsonValue(value);
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    expect(error.code).to.equal("MALFORMED_JSON");
    return error.faults.map(({ code, pointer }) => [code, pointer]);
  }
  return [];
}

describe("toJsonValue", () => {
  it("copies what JSON can say", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        if (faultsOf(value).length > 0) return; // numbers beyond 2^53
        const copy = toJsonValue(value);
        expect(copy).to.deep.equal(value);
        if (typeof value === "object" && value !== null) expect(copy).to.not.equal(value);
      }),
      { numRuns: propertyRuns },
    );
  });

  const refused: [what: string, value: unknown, code: string, pointer: string][] = [
    ["undefined", undefined, "NOT_JSON", ""],
    ["an undefined member", { a: [{ b: undefined }] }, "NOT_JSON", "/a/0/b"],
    ["a hole in a list", [1, , 2], "NOT_JSON", "/1"], // eslint-disable-line no-sparse-arrays -- what is tried
    ["NaN", { a: NaN }, "NUMBER_NOT_EXACT", "/a"],
    ["infinity", [Infinity], "NUMBER_NOT_EXACT", "/0"],
    ["an integer beyond 2^53", { "a/b": 2 ** 53 }, "NUMBER_NOT_EXACT", "/a~1b"],
    ["a big integer", [1n], "NOT_JSON", "/0"],
    ["a function", { f: () => 1 }, "NOT_JSON", "/f"],
    ["a symbol", [Symbol("x")], "NOT_JSON", "/0"],
    ["a date", { at: new Date(0) }, "NOT_JSON", "/at"],
    ["a map", new Map([["a", 1]]), "NOT_JSON", ""],
    ["bytes", { salt: new Uint8Array(2) }, "NOT_JSON", "/salt"],
    ["half a surrogate pair", { a: "\ud800" }, "LONE_SURROGATE", "/a"],
    ["half a surrogate pair in a key", { "\udc00": 1 }, "LONE_SURROGATE", "/\ufffd"],
  ];
  for (const [what, value, code, pointer] of refused)
    it(`refuses ${what}`, () => expect(faultsOf(value)).to.deep.equal([[code, pointer]]));

  it("names every fault", () => {
    expect(faultsOf({ a: NaN, b: [undefined, "\udfff"] })).to.have.length(3);
  });

  it("refuses a value that holds itself, by its depth", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(faultsOf(loop)).to.deep.equal([["TOO_DEEP", "/0".repeat(MAX_DEPTH)]]);
  });

  it("copies a key __proto__ as a key, and objects without a prototype", () => {
    const source: unknown = JSON.parse(`{"__proto__":{"x":1}}`);
    const copy = toJsonValue(source);
    expect(JSON.stringify(copy)).to.equal(`{"__proto__":{"x":1}}`);
    expect(Object.getPrototypeOf(copy)).to.equal(Object.prototype);
    expect(toJsonValue(Object.assign(Object.create(null), { a: 1 }))).to.deep.equal({ a: 1 });
  });
});
