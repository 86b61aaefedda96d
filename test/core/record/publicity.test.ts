import { expect } from "chai";
import type { JsonValue } from "../../../core/json/parse.ts";
import type { Field } from "../../../core/kinds/kind.ts";
import type { Effect } from "../../../core/ledger/effect.ts";
import type { Content } from "../../../core/record/content.ts";
import { isPublicFile } from "../../../core/record/file.ts";
import {
  fieldVisibility,
  isMaskable,
  isPerson,
  publicContent,
  publicDisclosureNames,
  publicity,
  publicView,
  withheldFieldNames,
} from "../../../core/record/publicity.ts";
import { readVector } from "../../vectors/read.ts";
import { kindNamed, readSamples, sample } from "../samples.ts";

interface PublicCase {
  what: string;
  kind: string;
  content: Content;
  person: boolean;
  publicContent: Content;
  shown: string[];
  notShown: string[];
}

const { cases } = readVector<{ cases: PublicCase[] }>("valid", "record_public-view");
const penalty = kindNamed("credit-penalty");
const land = kindNamed("land-agreement");

function fieldOf(kind: { fields: readonly Field[] }, name: string): Field {
  const field = kind.fields.find((one) => one.name === name);
  if (!field) throw new Error(`no field ${name}`);
  return field;
}

describe("the public view", () => {
  for (const expected of cases)
    it(`is the vector's, of ${expected.what}`, () => {
      const kind = kindNamed(expected.kind);
      expect(isPerson(kind, expected.content)).to.equal(expected.person);
      expect(publicContent(kind, expected.content)).to.deep.equal(expected.publicContent);
      expect(publicDisclosureNames(kind, expected.person)).to.deep.equal(expected.shown);
      expect(withheldFieldNames(kind, expected.person)).to.deep.equal(expected.notShown);
    });

  it("of a natural person holds neither name, number, facts nor money", () => {
    const { content } = sample("SP-2026-0008");
    const view = publicContent(penalty, content);
    expect(view["counterpartName"]).to.equal("王*");
    const gone = [
      "personIdType",
      "personIdNo",
      "violationFacts",
      "penaltyContent",
      "fineAmountWan",
      "sourceEnforcement",
    ];
    for (const name of gone) expect(view).to.not.have.property(name);
    expect(JSON.stringify(view)).to.not.include(content["personIdNo"]).and.not.include("王小明");
  });

  it("of an organisation keeps its name and code, and masks its representative", () => {
    const view = publicContent(penalty, sample("SP-2026-0001").content);
    expect(view).to.include({ counterpartName: "坪山示例晨光餐饮管理有限公司（虚构）", legalRepName: "林*" });
    expect(view).to.have.property("usccCode");
    expect(view).to.not.have.any.keys("legalRepIdNo", "legalRepIdType", "remark");
  });

  it("of an agreement masks the natural persons among its parties, and only them", () => {
    const { content } = sample("SL-2026-0003");
    const parties = publicContent(land, content)["parties"] as { role: string; name: string; idCode?: string }[];
    expect(parties.map(({ role, name }) => `${role} ${name}`)).to.deep.equal([
      "LAND_AGENCY 坪山示例土地整备事务中心（虚构）",
      "COLLECTIVE_COMPANY 坪山示例东溪社区股份合作公司（虚构）",
      "RIGHT_HOLDER 陈*",
      "CO_RIGHT_HOLDER M*",
    ]);
    expect(parties.map((party) => "idCode" in party && "idType" in party)).to.deep.equal([true, true, false, false]);
  });

  it("of an agreement with a natural person withholds areas and money, which are public of organisations", () => {
    const money = ["compensationYuan", "paymentSchedule", "totalAreaSqm"];
    expect(publicContent(land, sample("SL-2026-0001").content)).to.include.all.keys(money);
    const person = { role: "RIGHT_HOLDER", name: "陈大文", idType: "PASSPORT", idCode: "P1" };
    const { content } = sample("SL-2026-0001");
    const withPerson = { ...content, parties: [...(content["parties"] as JsonValue[]), person] };
    expect(isPerson(land, withPerson)).to.equal(true);
    expect(publicContent(land, withPerson)).to.not.have.any.keys(money);
  });

  it("of officers gives masked names and no certificate numbers", () => {
    const view = publicContent(kindNamed("enforcement-action"), sample("SE-2026-0001").content);
    expect(view["officers"]).to.deep.equal([{ name: "梁*" }, { name: "吴*" }]);
    expect(view).to.not.have.property("documents");
  });

  it("of a withheld or absent value is null", () => {
    expect(publicView(fieldOf(penalty, "personIdNo"), "x", false)).to.equal(null);
    expect(publicView(fieldOf(penalty, "legalRepName"), "林示例", true)).to.equal(null);
    expect(publicView(fieldOf(penalty, "counterpartName"), null, true)).to.equal(null);
  });

  it("holds nothing that a schema withholds, of any sample", () => {
    for (const { kind, content } of readSamples().records) {
      const { fields } = kindNamed(kind);
      const view = publicContent(kindNamed(kind), content);
      const person = isPerson(kindNamed(kind), content);
      for (const field of fields)
        if (fieldVisibility(field, person) === "withheld") expect(view).to.not.have.property(field.name);
    }
  });
});

describe("a field that can be masked", () => {
  it("is one whose value or whose items' members can be", () => {
    const names = ["credit-penalty", "enforcement-action", "land-agreement", "status-decision"].map((kind) =>
      kindNamed(kind)
        .fields.filter(isMaskable)
        .map(({ name }) => name),
    );
    expect(names).to.deep.equal([
      ["counterpartName", "legalRepName"],
      ["counterpartName", "officers"],
      ["parties"],
      [],
    ]);
  });
});

describe("a file", () => {
  const file = { name: "a.pdf", mediaType: "application/pdf", size: 1, sha256: "a".repeat(64) };
  it("is public unless it is withheld or about a person", () => {
    expect(isPublicFile(file, false)).to.equal(true);
    expect(isPublicFile({ ...file, withheld: false }, false)).to.equal(true);
    expect(isPublicFile({ ...file, withheld: true }, false)).to.equal(false);
    expect(isPublicFile(file, true)).to.equal(false);
  });
});

describe("publicity", () => {
  const open = sample("SP-2026-0001").content;
  const on = (change: object, today: string, effect: Effect): string => {
    const answer = publicity(penalty, { ...open, ...change }, { today, effect });
    return answer.shown ? "shown" : answer.reason;
  };

  const table: [change: object, today: string, effect: Effect, answer: string][] = [
    [{}, "2026-08-01", "IN_FORCE", "shown"],
    [{}, "2026-08-01", "ANNOTATED", "shown"],
    [{}, "2026-08-01", "SUPERSEDED", "shown"],
    [{}, "2026-08-01", "ENDED", "ENDED"],
    [{}, "2026-08-01", "WITHDRAWN", "WITHDRAWN"],
    [{}, "2027-07-02", "IN_FORCE", "shown"], // the deadline's own day
    [{}, "2027-07-03", "IN_FORCE", "DEADLINE_PASSED"],
    [{ publicityMode: "SHARE_ONLY" }, "2026-08-01", "IN_FORCE", "NOT_PUBLISHED"],
    [{ publicityMode: "WITHHELD_PERSON" }, "2026-08-01", "ENDED", "NOT_PUBLISHED"],
  ];
  for (const [change, today, effect, answer] of table)
    it(`${JSON.stringify(change)} on ${today}, ${effect}: ${answer}`, () => {
      expect(on(change, today, effect)).to.equal(answer);
    });

  it("of a kind without mode and deadline rests on the effect alone", () => {
    const { content } = sample("SL-2026-0001");
    expect(publicity(land, content, { today: "2099-01-01", effect: "IN_FORCE" })).to.deep.equal({ shown: true });
    expect(publicity(land, content, { today: "2026-01-01", effect: "WITHDRAWN" })).to.deep.equal({
      shown: false,
      reason: "WITHDRAWN",
    });
  });
});
