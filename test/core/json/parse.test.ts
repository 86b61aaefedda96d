import { expect } from "chai";
import fc from "fast-check";
import { HufuError, type Fault } from "../../../core/error.ts";
import { MAX_DEPTH, parseJson } from "../../../core/json/parse.ts";
import { propertyRuns } from "../../runs.ts";
import { readVector, vectorReasons } from "../../vectors/read.ts";

/** The one fault of a text that is refused. */
function faultOf(text: string): Fault {
  try {
    parseJson(text);
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    expect(error.code).to.equal("MALFORMED_JSON");
    expect(error.faults).to.have.length(1);
    return error.faults[0]!;
  }
  throw new Error(`${text} was read`);
}

const exact = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).match(/\d{16}|e/));

describe("parseJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const read = (): unknown => parseJson(text);
        if (holdsInexact(JSON.parse(text))) expect(read).to.throw(HufuError);
        else expect(read()).to.deep.equal(JSON.parse(text));
      }),
      { numRuns: propertyRuns },
    );
  });

  it("reads nothing that JSON.parse does not, and says where it stops", () => {
    const tokens = fc.constantFrom(
      ...Array.from('{}[]:,"\\0-1.eEtrufalsn \n\u00a0'),
      '"a"',
      '"b"',
      "true",
      "null",
      "\\u0041",
      "12",
    );
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        if (isJson(text)) return;
        const fault = faultOf(text);
        expect(fault.params?.["line"]).to.be.a("number");
        expect(fault.code).to.be.oneOf(["SYNTAX", "DUPLICATE_KEY", "NUMBER_NOT_EXACT"]);
      }),
      { numRuns: propertyRuns * 5 },
    );
  });

  it("refuses a key that stands twice, wherever it is", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 5 }), { maxLength: 4 }), fc.string(), exact, (path, key, value) => {
        const name = JSON.stringify(key);
        const inner = `{${name}:${JSON.stringify(value)},${name}:1}`;
        const text = path.reduceRight((text, part) => `{${JSON.stringify(part)}:[${text}]}`, inner);
        const { code, pointer } = faultOf(text);
        expect(code).to.equal("DUPLICATE_KEY");
        const steps = path.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}/0`).join("");
        expect(pointer).to.equal(`${steps}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("does not take colons and brackets in strings for structure", () => {
    const text = `{"a:{[\\"":"x\\\\","b":"}]:\\"{","c\\\\":":"}`;
    expect(parseJson(text)).to.deep.equal({ 'a:{["': "x\\", b: '}]:"{', "c\\": ":" });
  });

  it("keeps a key __proto__ a key like any other", () => {
    const value = parseJson(`{"__proto__":{"polluted":true},"b":{"__proto__":[1]}}`);
    expect(Object.keys(Object(value))).to.deep.equal(["__proto__", "b"]);
    expect(Reflect.get({}, "polluted")).to.equal(undefined);
  });

  it("reads escapes, exponents and zeros by the careful way too", () => {
    expect(parseJson(`{"\\u00e9":[1e3,0,-0,0.0e5,"\\ud83d\\ude00",1.5E-2]}`)).to.deep.equal({
      é: [1000, 0, -0, 0, "😀", 0.015],
    });
    expect(parseJson("[true,false,null]")).to.deep.equal([true, false, null]);
    expect(parseJson("[9007199254740991,-9007199254740991]")).to.deep.equal([2 ** 53 - 1, 1 - 2 ** 53]);
  });

  it(`reads ${MAX_DEPTH} levels and no more`, () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(parseJson(nested(MAX_DEPTH))).to.be.an("array");
    expect(faultOf(nested(MAX_DEPTH + 1)).code).to.equal("TOO_DEEP");
    expect(faultOf("[".repeat(1_000_000)).code).to.equal("TOO_DEEP");
    expect(parseJson(`[${nested(1)},${Array<string>(200).fill(nested(2)).join()}]`)).to.have.length(201);
  });

  it("reads a string of any number of escapes", () => {
    expect(parseJson(`"${"\\u0041".repeat(2_000_000)}"`)).to.have.length(2_000_000);
  });

  it("says line and column", () => {
    expect(faultOf('{\n "a": 1,\n "虎": 01\n}').params).to.deep.equal({ line: 3, column: 8 });
  });

  it("never quotes what it read", () => {
    expect(faultOf('{"name":"张三" oops}').message).to.not.include("张三");
  });

  for (const reason of vectorReasons("invalid", "json_"))
    it(`refuses the vector ${reason}`, () => {
      const { text, fault } = readVector<{ text: string; fault: object }>("invalid", `json_${reason}`);
      expect(faultOf(text)).to.include(fault);
    });
});

function isJson(text: string): boolean {
  try {
    parseJson(text);
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function holdsInexact(value: unknown): boolean {
  if (typeof value === "number") return Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsInexact);
}
