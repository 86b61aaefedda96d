import { expect } from "chai";
import { HufuError } from "../../../core/error.ts";
import type { JsonValue } from "../../../core/json/parse.ts";
import { parseContent } from "../../../core/record/content.ts";
import { crossFieldFaults } from "../../../core/record/rules.ts";
import { kindNamed, sample } from "../samples.ts";

type Change = Record<string, JsonValue | undefined>;

const decision = {
  agency: sample("SP-2026-0006").statuses[0]!.by,
  kind: "status-decision",
  content: { ...sample("SP-2026-0006").statuses[0]!.content, target: "1".repeat(64) },
};
const records = {
  penalty: sample("SP-2026-0001"),
  person: sample("SP-2026-0008"),
  shop: sample("SP-2026-0005"),
  action: sample("SE-2026-0001"),
  agreement: sample("SL-2026-0001"),
  relocation: sample("SL-2026-0003"),
  decision,
};

/** Codes and pointers of the faults after a change; a member that is undefined is left out. */
function faultsAfter(name: keyof typeof records, change: Change): string[] {
  const { kind, agency, content } = records[name];
  const changed = Object.entries({ ...content, ...change }).filter(([, value]) => value !== undefined);
  try {
    parseContent(kindNamed(kind), Object.fromEntries(changed), { agency });
    return [];
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    return error.faults.map(({ code, pointer }) => `${code} ${pointer}`);
  }
}

const party = (role: string, idType: string, idCode: string): JsonValue => ({ role, name: "示例方", idType, idCode });
const agency = records.agreement.agency;

describe("what the rules between fields let pass", () => {
  const right: [what: string, name: keyof typeof records, change: Change][] = [
    ["a person with a passport of any form", "person", { personIdType: "PASSPORT", personIdNo: "E00000000" }],
    ["a person with a code of a business", "person", { usccCode: "92440310XX00000780" }],
    ["a business with a code", "shop", { usccCode: "92440310XX00000780", businessRegNo: undefined }],
    ["a penalty without a fine", "penalty", { penaltyCategories: ["警告"], fineAmountWan: undefined }],
    ["a fine that is no category", "penalty", { penaltyCategories: ["其他"] }],
    ["a penalty that ends on its day", "penalty", { penaltyValidUntil: "2026-07-02" }],
    ["a representative with a permit", "penalty", { legalRepIdType: "HK_MACAO_PERMIT", legalRepIdNo: "H00000000" }],
    ["a representative's number without its type", "penalty", { legalRepIdType: undefined, legalRepIdNo: "x" }],
    ["a case elsewhere", "penalty", { sourceEnforcement: "11440310XX0001038E/SE-2026-0001" }],
    ["one officer in the summary procedure", "action", { procedure: "SUMMARY", officers: [officer("甲")] }],
    ["the same step twice", "action", { steps: ["INSPECTED", "FILED", "INSPECTED"] }],
    ["a person without an ID in a case", "action", { counterpartType: "NATURAL_PERSON", usccCode: undefined }],
    [
      "a business without a code in a case",
      "action",
      { counterpartType: "INDIVIDUAL_BUSINESS", usccCode: "00000000000000000X" },
    ],
    ["an agreement without areas that implements nothing", "relocation", { totalAreaSqm: undefined }],
    ["one area alone, elsewhere", "relocation", { totalAreaSqm: "10.00", storedAreaSqm: "4.00" }],
    ["an empty schedule of nothing", "relocation", { paymentSchedule: [], compensationYuan: "0.00" }],
    [
      "parties with passports and permits of any form",
      "agreement",
      { parties: [party("LAND_AGENCY", "USCC", agency), party("WITNESS", "TAIWAN_PERMIT", "T1")] },
    ],
    ["a successor of what is superseded", "decision", { effect: "SUPERSEDED", successor: "2".repeat(64) }],
    ["an explanation with a code and a document number", "decision", { explanation: "依 91440310XX00000190 申请" }],
  ];
  for (const [what, name, change] of right) it(what, () => expect(faultsAfter(name, change)).to.deep.equal([]));
});

describe("what the rules between fields refuse", () => {
  const wrong: [what: string, name: keyof typeof records, change: Change, faults: string[]][] = [
    ["a business that says nothing of its code", "shop", { usccCode: undefined }, ["REQUIRED_HERE /usccCode"]],
    ["the placeholder of a person", "person", { usccCode: "00000000000000000X" }, ["INVALID_USCC /usccCode"]],
    ["one of the two ID fields", "person", { personIdType: undefined }, ["REQUIRED_HERE /personIdType"]],
    ["no officer at all", "action", { officers: [] }, ["TOO_SHORT /officers"]],
    ["a role twice", "agreement", roles("LAND_AGENCY", "LAND_AGENCY"), ["REPEATED_ITEM /requiredSignerRoles/1"]],
    [
      "two instalments with the same number",
      "agreement",
      { paymentSchedule: [instalment(1, "1.00"), instalment(1, "1.00")], compensationYuan: "2.00" },
      ["NUMBERING /paymentSchedule/1/no"],
    ],
    [
      "instalments that are wrong in number and sum",
      "agreement",
      { paymentSchedule: [instalment(2, "1.00")], compensationYuan: "2.00" },
      ["NUMBERING /paymentSchedule/0/no", "SUM_MISMATCH /compensationYuan"],
    ],
    [
      "areas that do not add up, elsewhere too",
      "relocation",
      { totalAreaSqm: "10.00", storedAreaSqm: "4.00", retainedAreaSqm: "6.01" },
      ["SUM_MISMATCH /totalAreaSqm"],
    ],
    [
      "two parties with wrong codes",
      "agreement",
      { parties: [party("LAND_AGENCY", "USCC", "x"), party("WITNESS", "RESIDENT_ID", "x")] },
      ["INVALID_USCC /parties/0/idCode", "INVALID_CITIZEN_ID /parties/1/idCode"],
    ],
    [
      "an ID number in any public text of a decision",
      "decision",
      { explanation: "１１０１０５１９４９１２３１００２Ｘ", legalBasis: "110105194912310021" },
      ["PERSONAL_DATA /explanation", "PERSONAL_DATA /legalBasis"],
    ],
  ];
  for (const [what, name, change, faults] of wrong)
    it(what, () => expect(faultsAfter(name, change)).to.deep.equal(faults));

  it("a field once: what is wrong in itself is not missing too", () => {
    expect(faultsAfter("penalty", { fineAmountWan: "1" })).to.deep.equal(["INVALID_DECIMAL /fineAmountWan"]);
    expect(faultsAfter("penalty", { usccCode: "x" })).to.deep.equal(["INVALID_USCC /usccCode"]);
    expect(faultsAfter("person", { personIdNo: 7 })).to.deep.equal(["WRONG_TYPE /personIdNo"]);
    expect(faultsAfter("agreement", { compensationYuan: "1" })).to.deep.equal(["INVALID_DECIMAL /compensationYuan"]);
  });

  it("nothing of a kind that has no rules", () => {
    const kind = { ...kindNamed("status-decision"), kind: "risk-notice" };
    expect(crossFieldFaults(kind, {}, { agency, isGiven: () => false })).to.deep.equal([]);
  });
});

function officer(name: string): JsonValue {
  return { name, certificateNo: "DEMO0001" };
}

function roles(...requiredSignerRoles: string[]): Change {
  return { requiredSignerRoles };
}

function instalment(no: number, yuan: string): JsonValue {
  return { no, dueOn: "签约后", yuan };
}
