import { expect } from "chai";
import fc from "fast-check";
import { HufuError, type Fault, type FaultCode } from "../../../core/error.ts";
import type { Kind } from "../../../core/kinds/kind.ts";
import { parseContent } from "../../../core/record/content.ts";
import { propertyRuns } from "../../runs.ts";
import { readVector, vectorReasons } from "../../vectors/read.ts";
import { kindNamed, sample } from "../samples.ts";

interface Refused {
  kind: string;
  agency: string;
  content: unknown;
  faults: { code: FaultCode; pointer: string }[];
}

function faultsOf(kind: Kind, content: unknown, agency: string, pointer?: string): readonly Fault[] {
  try {
    parseContent(kind, content, pointer === undefined ? { agency } : { agency, pointer });
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    expect(error.code).to.equal("INVALID_RECORD");
    return error.faults;
  }
  return [];
}

const places = (faults: readonly Fault[]): object[] => faults.map(({ code, pointer }) => ({ code, pointer }));
const penalty = kindNamed("credit-penalty");
const base = sample("SP-2026-0001");
const changed = (change: object): unknown => ({ ...base.content, ...change });

describe("a content that is wrong", () => {
  for (const reason of vectorReasons("invalid", "record_"))
    it(`is refused with the faults of the vector ${reason}`, () => {
      const { kind, agency, content, faults } = readVector<Refused>("invalid", `record_${reason}`);
      const found = faultsOf(kindNamed(kind), content, agency);
      expect(places(found)).to.have.deep.members(faults);
      for (const { message } of found) expect(message).to.match(/^[a-z0-9].{10,}/);
    });

  it("is refused by every code that a content can have", () => {
    const codes: FaultCode[] = ["UNKNOWN_FIELD", "MISSING_FIELD", "WRONG_TYPE", "NOT_ALLOWED", "TOO_SHORT", "TOO_LONG"];
    codes.push("TOO_SMALL", "TOO_LARGE", "REPEATED_ITEM", "NOT_PRINTABLE", "INVALID_DATE", "INVALID_DECIMAL");
    codes.push("INVALID_USCC", "INVALID_ORG_CODE", "INVALID_CITIZEN_ID", "INVALID_HEX", "INVALID_RECORD_REF");
    codes.push("INVALID_DOCUMENT_NUMBER", "REQUIRED_HERE", "FORBIDDEN_HERE", "DATES_REVERSED", "NOT_POSTING_AGENCY");
    codes.push("SUM_MISMATCH", "NUMBERING", "TOO_FEW", "PERSONAL_DATA");
    const inVectors = vectorReasons("invalid", "record_").flatMap(
      (reason) => readVector<Refused>("invalid", `record_${reason}`).faults,
    );
    expect(new Set(inVectors.map(({ code }) => code))).to.deep.equal(new Set(codes));
  });

  for (const value of [null, undefined, [], "text", 1, true])
    it(`is refused as a whole where it is ${JSON.stringify(value)}`, () => {
      expect(places(faultsOf(penalty, value, base.agency))).to.deep.include({ code: "WRONG_TYPE", pointer: "" });
    });

  for (const invisible of ["\u200b", "\u2060\ufeff ", "\u{e0041}", "\u3164"])
    it(`is refused where ${encodeURI(invisible)} is all that a text holds`, () => {
      const faults = faultsOf(penalty, changed({ violationType: invisible }), base.agency);
      expect(places(faults)).to.deep.equal([{ code: "TOO_SHORT", pointer: "/violationType" }]);
    });

  it("is named from where the content stands", () => {
    const faults = faultsOf(
      penalty,
      changed({ usccCode: "x", "a/b": 1, fineAmountWan: null }),
      base.agency,
      "/content",
    );
    expect(faults.map(({ pointer }) => pointer)).to.have.members([
      "/content/usccCode",
      "/content/a~1b",
      "/content/fineAmountWan",
    ]);
  });

  it("is told how to mend: values listed, the field that was meant, an example", () => {
    const message = (change: object): string => faultsOf(penalty, changed(change), base.agency)[0]?.message ?? "";
    expect(message({ publicityMode: "PUBLIC" })).to.include("PUBLISH, SHARE_ONLY, WITHHELD_PERSON");
    expect(message({ REMARK: "x" })).to.include("write remark");
    expect(message({ CF_WSH: "x" })).to.include("write decisionDocNo");
    expect(message({ 备注: "x" })).to.include("write remark");
    expect(message({ fineAmountWan: "1.5" })).to.include('"12.000000"');
  });

  it("is never quoted: it may be personal data", () => {
    const secret = "11010519491231002Z";
    for (const name of penalty.fields.map((field) => field.name))
      for (const { message } of faultsOf(penalty, changed({ [name]: secret }), base.agency))
        expect(message).to.not.include(secret);
  });

  it("is not answered with more faults than anybody reads", () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x${i}`, i]));
    expect(faultsOf(penalty, many, base.agency)).to.have.length(500);
  });

  it("is refused for half a surrogate pair in a value, an item or a name", () => {
    const at = (change: object): object[] => places(faultsOf(penalty, changed(change), base.agency));
    expect(at({ remark: "\ud800" })).to.deep.equal([{ code: "LONE_SURROGATE", pointer: "/remark" }]);
    expect(at({ "\ud800": 1 })).to.deep.equal([{ code: "UNKNOWN_FIELD", pointer: "/\ufffd" }]);
    const land = sample("SL-2026-0006");
    const content = { ...land.content, parcelNos: ["\udfff"] };
    expect(places(faultsOf(kindNamed(land.kind), content, land.agency))).to.deep.equal([
      { code: "LONE_SURROGATE", pointer: "/parcelNos/0" },
    ]);
  });
});

describe("a content that is right", () => {
  it("has its fields in schema order, and absent ones absent", () => {
    const given = Object.fromEntries(Object.entries(changed({ remark: null, orgCode: undefined }) as object).reverse());
    const content = parseContent(penalty, given, { agency: base.agency });
    const names = penalty.fields.map(({ name }) => name).filter((name) => name in base.content);
    expect(Object.keys(content)).to.deep.equal(names);
    expect(content).to.deep.equal(base.content);
  });

  it("is a copy: what is changed later in the original changes nothing", () => {
    const original = structuredClone(sample("SL-2026-0001").content) as Record<string, object[]>;
    const content = parseContent(kindNamed("land-agreement"), original, { agency: sample("SL-2026-0001").agency });
    const before = JSON.stringify(content);
    Object.assign(original["parties"]![0]!, { name: "别人" });
    original["requiredSignerRoles"]!.pop();
    expect(JSON.stringify(content)).to.equal(before);
  });

  it("counts characters, not UTF-16 code units", () => {
    expect(faultsOf(penalty, changed({ businessRegNo: "𠮷".repeat(50) }), base.agency)).to.deep.equal([]);
  });

  it("may hold lines and tabs", () => {
    expect(faultsOf(penalty, changed({ violationFacts: "一、\n\t二、\r\n" }), base.agency)).to.deep.equal([]);
  });

  it("may be posted by the source of the data", () => {
    const other = "11440310XX0001038E";
    expect(faultsOf(penalty, changed({ penaltyAuthorityUscc: other }), base.agency)).to.deep.equal([]);
    expect(faultsOf(penalty, changed({ dataSourceUnitUscc: other }), base.agency)).to.deep.equal([]);
  });

  it("takes any decimal of the right form, and no other", () => {
    const digits = fc
      .array(fc.constantFrom(...Array.from("0123456789")), { maxLength: 14 })
      .map((list) => list.join(""));
    fc.assert(
      fc.property(digits, digits, (whole, fraction) => {
        const text = `${whole}.${fraction}`;
        const isRight = /^(0|[1-9]\d{0,11})\.\d{6}$/.test(text);
        const faults = places(faultsOf(penalty, changed({ fineAmountWan: text }), base.agency));
        expect(faults).to.deep.equal(isRight ? [] : [{ code: "INVALID_DECIMAL", pointer: "/fineAmountWan" }]);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("sums land to the last digit, where floating point would not", () => {
    const land = sample("SL-2026-0001");
    const cents = fc.bigInt({ min: 0n, max: 10n ** 13n });
    const text = (value: bigint): string => `${value / 100n}.${String(value % 100n).padStart(2, "0")}`;
    fc.assert(
      fc.property(cents, cents, fc.bigInt({ min: -1n, max: 1n }), (stored, retained, slip) => {
        const total = stored + retained + slip;
        if (total < 0n || total >= 10n ** 14n) return;
        const areas = { storedAreaSqm: text(stored), retainedAreaSqm: text(retained), totalAreaSqm: text(total) };
        const faults = places(faultsOf(kindNamed(land.kind), { ...land.content, ...areas }, land.agency));
        expect(faults).to.deep.equal(slip === 0n ? [] : [{ code: "SUM_MISMATCH", pointer: "/totalAreaSqm" }]);
      }),
      { numRuns: propertyRuns },
    );
  });

  it("never makes the reader fail otherwise, whatever is posted", () => {
    const anything = fc.dictionary(fc.constantFrom(...penalty.fields.map(({ name }) => name)), fc.anything());
    fc.assert(
      fc.property(anything, (fields) => {
        for (const { code, pointer } of faultsOf(penalty, changed(fields), base.agency))
          expect(`${code}${pointer}`).to.match(/^[A-Z_]+\//);
      }),
      { numRuns: propertyRuns },
    );
  });
});
