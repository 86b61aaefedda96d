import { expect } from "chai";
import { createMissingList } from "../../../scripts/audit/missing.ts";
import { pageOf } from "../../../scripts/audit/page/page.ts";
import { sayReport } from "../../../scripts/audit/say-report.ts";
import { sampleReport } from "./sample-report.ts";

const record = (block: number) => ({
  digest: block.toString(16).padStart(64, "0"),
  agency: "11440310XX0001011N",
  kind: 1,
  root: `0x${"ab".repeat(32)}` as const,
  block,
});

describe("a list of what is missing", () => {
  it("is none where nothing is", () => {
    expect(createMissingList("there", () => undefined).all()).to.equal(undefined);
  });

  it("counts all, names a thousand in the order of their blocks, and tells each of them", () => {
    const said: string[] = [];
    const list = createMissingList("in the database", (sentence) => said.push(sentence));
    for (let block = 2500; block > 0; block--) list.add(record(block));
    const all = list.all();
    expect(all).to.deep.include({ count: 2500, blocks: { from: 1, to: 2500 } });
    expect(all?.first.map(({ block }) => block)).to.deep.equal(
      Array.from({ length: 1000 }, (_, index) => 1501 + index),
    );
    expect(new Set(said)).to.have.property("size", 2500);
    expect(said.at(-1)).to.include(record(1).digest).and.include("not in the database");
  });

  it("is printed and drawn with twenty of its records, and the number of the others", () => {
    const list = createMissingList("in the database", () => undefined);
    for (let block = 1; block <= 1234; block++) list.add(record(block));
    const report = { ...sampleReport, missing: { atGateway: null, inDatabase: list.all() ?? null } };
    for (const text of [sayReport(report), pageOf(report)]) {
      expect(text).to.include("1,234").and.include("1,214");
      expect(text).to.include(record(20).digest).and.not.include(record(21).digest);
    }
    for (const text of [sayReport(sampleReport), pageOf(sampleReport)]) expect(text).not.to.match(/缺失|missing/);
  });
});
