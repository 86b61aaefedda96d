import { expect } from "chai";
import guards from "../../../core/record/guards.json" with { type: "json" };
import type { WarningCode } from "../../../core/record/guard.ts";
import type { Content } from "../../../core/record/content.ts";
import { legalWarnings } from "../../../core/record/warnings.ts";
import { readVector } from "../../vectors/read.ts";
import { kindNamed, sample } from "../samples.ts";

interface Warned {
  what: string;
  kind: string;
  content: Content;
  warnings: { code: WarningCode; pointer: string }[];
}

const { cases } = readVector<{ cases: Warned[] }>("valid", "record_warnings");

describe("legal warnings", () => {
  for (const { what, kind, content, warnings } of cases)
    it(`of ${what}`, () => {
      const found = legalWarnings(kindNamed(kind), content);
      expect(found.map(({ code, pointer }) => ({ code, pointer }))).to.deep.equal(warnings);
      for (const { code, message, law, guards: version } of found) {
        expect(version).to.equal(guards.version);
        expect(message).to.be.a("string").and.not.equal("");
        expect(law).to.equal(guards.law[code]);
      }
    });

  it("have a case for each guard", () => {
    const codes = cases.flatMap(({ warnings }) => warnings.map(({ code }) => code));
    expect(new Set(codes)).to.deep.equal(new Set(Object.keys(guards.law)));
  });

  it("are none where the content lacks what a guard looks at", () => {
    for (const kind of ["credit-penalty", "enforcement-action", "land-agreement", "status-decision"])
      expect(legalWarnings(kindNamed(kind), {})).to.deep.equal([]);
  });

  it("are none of a kind that has no guards", () => {
    const kind = { ...kindNamed("status-decision"), kind: "risk-notice" };
    expect(legalWarnings(kind, sample("SP-2026-0001").content)).to.deep.equal([]);
  });

  it("know an effect for every reason of a status decision", () => {
    const reasons = kindNamed("status-decision").fields.find(({ name }) => name === "reason");
    expect(Object.keys(guards.decision.effects)).to.deep.equal(reasons?.type === "enum" && reasons.values);
  });

  it("know the periods of every rule and class of publicity", () => {
    const fields = kindNamed("credit-penalty").fields;
    const values = (wanted: string): readonly string[] => {
      const field = fields.find(({ name }) => name === wanted);
      return field?.type === "enum" ? field.values : [];
    };
    expect(Object.keys(guards.publicity)).to.deep.equal(values("publicityRule"));
    for (const { classes } of Object.values(guards.publicity))
      expect(Object.keys(classes)).to.deep.equal(values("publicityClass"));
  });
});
