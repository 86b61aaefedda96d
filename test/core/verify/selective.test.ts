import { expect } from "chai";
import { nobleHasher } from "../../../core/hash.ts";
import type { JsonObject, JsonValue } from "../../../core/json/parse.ts";
import { computeDigest, notarise, type NotarisedRecord } from "../../../core/record/digest.ts";
import { commitmentOf, type Disclosure } from "../../../core/record/disclosure.ts";
import { publicDisclosureNames } from "../../../core/record/publicity.ts";
import { kindNamed, sample } from "../samples.ts";
import { penalty, publicNames } from "./records.ts";
import { certificate, outcomes, verify } from "./sample.ts";

/** An agreement with a right-holder who is a person, of the project's own sample data. */
function agreement(other: JsonObject = {}): NotarisedRecord {
  const { agency, recordId, content } = sample("SL-2026-0003");
  const named = { kind: kindNamed("land-agreement"), agency, recordId, amends: null, files: [] };
  return notarise({
    ...named,
    content: { ...content, ...other },
    seed: new Uint8Array(32).fill(8),
    hasher: nobleHasher("sha-256"),
  });
}

const person: JsonObject = {
  counterpartType: "NATURAL_PERSON",
  counterpartName: "张三",
  personIdType: "RESIDENT_ID",
  personIdNo: "11010519491231002X",
};

const shopWithoutCode: JsonObject = {
  counterpartType: "INDIVIDUAL_BUSINESS",
  usccCode: "00000000000000000X",
  businessRegNo: "440310600123456",
};

/** What the checks of content say of a record of which only these disclosures are shown. */
function contentChecks(record: NotarisedRecord, show: readonly string[]) {
  const { disclosures, schema } = outcomes(verify(certificate({ record, show })));
  return { disclosures, schema };
}

const sound = { disclosures: "VALID DISCLOSURES_MATCH", schema: "VALID SCHEMA_MATCHES" };

describe("a holder who hides some of a genuine record", () => {
  it("may hide any one field: what is left still follows the schema", () => {
    for (const record of [penalty(), penalty(person), penalty(shopWithoutCode)]) {
      const all = record.disclosures.map(([, name]) => name);
      expect(contentChecks(record, all)).to.deep.equal(sound);
      for (const hidden of all)
        expect(
          contentChecks(
            record,
            all.filter((name) => name !== hidden),
          ),
          hidden,
        ).to.deep.equal(sound);
    }
  });

  it("may show any one field", () => {
    for (const record of [penalty(), penalty(person), penalty(shopWithoutCode), agreement()])
      for (const [, name] of record.disclosures)
        expect(outcomes(verify(certificate({ record, show: [name] }))), name).to.include(sound);
  });

  it("may hide all of it, which leaves no content to check", () => {
    const found = verify(certificate({ record: penalty(), show: [] }));
    expect(outcomes(found)["disclosures"]).to.equal("SKIPPED NOTHING_DISCLOSED");
    expect(found.verdict.code).to.equal("in-force");
    expect(found.unknown.map(({ code }) => code)).to.include("REST_OF_CONTENT");
  });

  it("of an agreement with a person is not blamed for what the law withholds", () => {
    const show = publicDisclosureNames(kindNamed("land-agreement"), true);
    const { hidden } = verify(certificate({ record: agreement(), show }));
    expect(hidden.byHolder).to.deep.equal([]);
    expect(hidden.byLaw).to.include.members(["compensationYuan", "paymentSchedule", "totalAreaSqm"]);
  });

  it("and leaves out files, is found out: how many of them are not shown is said", () => {
    const files = ["a", "b", "c"].map((name) => ({ name, mediaType: "text/plain", size: 1, sha256: "ab".repeat(32) }));
    const record = penalty({}, { files });
    const all = record.disclosures.map(([, name]) => name);
    const told = (show: readonly string[]) =>
      verify(certificate({ record, show })).unknown.filter(({ code }) => /^(REST|FILES)/.test(code));
    const files2of3 = { code: "FILES_NOT_SHOWN", params: { count: 2, of: 3 } };
    expect(told(all)).to.deep.equal([]);
    expect(told(all.filter((name) => name !== "file/0" && name !== "file/2"))).to.deep.equal([files2of3]);
    expect(told(["remark", "file/1"])).to.deep.equal([{ code: "REST_OF_CONTENT" }, files2of3]);
    expect(told(["file/0", "file/1", "file/2"])).to.deep.equal([{ code: "REST_OF_CONTENT" }]);
  });
});

describe("a record that was notarised against its schema", () => {
  const broken: Record<string, JsonObject> = {
    "without a field that is required": { penaltyContent: null },
    "without a code that an organisation must have": { usccCode: null },
    "with dates in the wrong order": { decisionDate: "2026-11-02", penaltyValidUntil: "2026-11-01" },
    "in another agency's name": {
      penaltyAuthorityUscc: "11440310XX0001070R",
      dataSourceUnitUscc: "11440310XX0001070R",
    },
  };
  for (const [what, fields] of Object.entries(broken)) {
    it(`${what}: does not follow it`, () => {
      expect(contentChecks(penalty(fields), publicNames).schema).to.equal("INVALID FIELD_INVALID");
    });
  }

  /** As an agency would notarise it that does not keep to the program: one disclosure says something else. */
  function misstated(record: NotarisedRecord, name: string, value: JsonValue): NotarisedRecord {
    const hasher = nobleHasher("sha-256");
    const disclosures = record.disclosures.map((item): Disclosure =>
      item[1] === name ? [item[0], name, value] : item,
    );
    const commitments = disclosures.slice(0, record.commitments.length).map((item) => commitmentOf(item, hasher));
    return { ...record, disclosures, commitments, digest: computeDigest(record.header, commitments, hasher) };
  }

  it("with a public view that is none of its value, or of no value: does not follow it", () => {
    const shown = [
      "counterpartType",
      "counterpartName",
      "counterpartName.public",
      "legalRepName",
      "legalRepName.public",
    ];
    const honest = penalty({ legalRepName: "李四" });
    expect(contentChecks(honest, shown)).to.deep.equal(sound);
    const absent = penalty({ legalRepName: null });
    expect(contentChecks(absent, shown)).to.deep.equal(sound);
    const lies = [misstated(honest, "legalRepName.public", null), misstated(absent, "legalRepName.public", "李*")];
    for (const lie of [...lies, misstated(honest, "counterpartName.public", "另一企业")])
      expect(contentChecks(lie, shown)).to.deep.equal({ ...sound, schema: "INVALID FIELD_INVALID" });
  });

  it("with an item that lacks a member: does not follow it", () => {
    const record = agreement({ parties: [{ role: "WITNESS" }, { role: "WITNESS" }] });
    expect(contentChecks(record, ["parties"]).schema).to.equal("INVALID FIELD_INVALID");
  });
});
