import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { effectAllowed, effectCode, type Effect } from "../../../core/ledger/effect.ts";
import { parseContent } from "../../../core/record/content.ts";
import { isRecordId, isUscc } from "../../../core/record/identifiers.ts";
import { legalWarnings } from "../../../core/record/warnings.ts";
import { kindNamed, readSamples } from "../samples.ts";

const { agencies, oversight, records } = readSamples();
const desk = JSON.parse(readFileSync(join(import.meta.dirname, "../../../server/agencies.sample.json"), "utf8"));

describe("the sample data", () => {
  it("is rich: every kind, amendments, statuses, files, persons", () => {
    expect(records.length).to.be.at.least(21);
    expect(new Set(records.map(({ kind }) => kind)).size).to.equal(3);
    expect(records.filter(({ amendedBy }) => amendedBy)).to.have.length.at.least(3);
    expect(records.flatMap(({ statuses }) => statuses)).to.have.length.at.least(8);
    expect(records.filter(({ files }) => files)).to.have.length.at.least(3);
    expect(records.filter(({ content }) => content["counterpartType"] === "NATURAL_PERSON")).to.have.length.at.least(2);
    const keys = records.map(({ agency, kind, recordId }) => `${agency} ${kind} ${recordId}`);
    expect(new Set(keys).size).to.equal(records.length);
  });

  it("is of the agencies that a desk enrols, which may write these kinds", () => {
    const enrolled = desk.agencies as { uscc: string; name: string; kinds: string[] }[];
    for (const { uscc, name } of agencies) {
      expect(isUscc(uscc)).to.equal(true);
      expect(enrolled.find((agency) => agency.uscc === uscc)).to.include({ name });
    }
    for (const { agency, kind } of records)
      expect(enrolled.find(({ uscc }) => uscc === agency)?.kinds, agency).to.include(kind);
    expect(oversight).to.deep.equal(desk.oversight);
  });

  for (const { agency, kind, recordId, content, amendedBy, statuses } of records) {
    it(`${recordId} is right, and so are its later versions`, () => {
      expect(isRecordId(recordId)).to.equal(true);
      expect(parseContent(kindNamed(kind), content, { agency })).to.deep.equal(content);
      if (!amendedBy) return;
      expect(parseContent(kindNamed(kind), amendedBy.content, { agency })).to.deep.equal(amendedBy.content);
      expect(amendedBy.content).to.not.deep.equal(content);
      const { version } = content;
      if (version !== undefined) expect(amendedBy.content["version"]).to.equal(Number(version) + 1);
    });

    if (statuses.length > 0)
      it(`${recordId} has decisions that their agencies may take, and none after a final one`, () => {
        const effects = statuses.map(({ content: decision }) => decision["effect"] as Effect);
        expect(effects.slice(0, -1)).to.not.include.members(["WITHDRAWN"]);
        statuses.forEach(({ by, content: decision }, i) => {
          const full = { target: "0".repeat(64), ...decision };
          expect(parseContent(kindNamed("status-decision"), full, { agency: by })).to.include(decision);
          expect(legalWarnings(kindNamed("status-decision"), full)).to.deep.equal([]);
          const over = oversight.find(({ overseer }) => overseer === by);
          const bits = (over?.effects ?? []).reduce((sum, effect) => sum | (1 << effectCode(effect as Effect)), 0);
          expect(by === agency || (over?.over.includes(agency) && effectAllowed(bits, effects[i]!))).to.equal(true);
        });
      });
  }

  it("departs from the law twice, so that a warning is seen", () => {
    const warned = records.flatMap(({ kind, recordId, content }) =>
      legalWarnings(kindNamed(kind), content).map(({ code }) => `${recordId} ${code}`),
    );
    expect(warned).to.deep.equal([
      "SE-2026-0006 NO_HEARING",
      "SE-2026-0006 SERVED_LATE",
      "SL-2026-0005 APPROVAL_MISSING",
    ]);
  });
});
