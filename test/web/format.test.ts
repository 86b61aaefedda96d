import { expect } from "chai";
import { builtInKinds } from "../../core/kinds/registry.ts";
import type { Field } from "../../core/kinds/kind.ts";
import { clockTime, enumWord, fileSize, humanise, unitWord } from "../../web/view/format.ts";

describe("format", () => {
  it("tells an instant on the clock of Beijing, over midnight and the year's end", () => {
    expect(clockTime("2026-06-02T01:15:42Z", "zh-CN")).to.include("2026年6月2日").and.include("09:15");
    expect(clockTime("2026-12-31T16:00:00.000Z", "en")).to.include("1 January 2027").and.include("00:00");
  });

  it("leaves what is no instant as it is", () => expect(clockTime("soon", "en")).to.equal("soon"));

  it("tells sizes in powers of 1,000", () => {
    expect([0, 999, 1000, 184_320, 512_000_000, 3e12].map(fileSize)).to.deep.equal([
      "0 B", "999 B", "1.0 kB", "184.3 kB", "512.0 MB", "3000.0 GB",
    ]); // prettier-ignore
  });

  it("makes English words of names and codes", () => {
    expect(["decisionDocNo", "REPAIR_GRANTED", "credit penalty", "totalAreaSqm"].map(humanise)).to.deep.equal([
      "Decision doc no", "Repair granted", "Credit penalty", "Total area sqm",
    ]); // prettier-ignore
  });

  describe("enum values", () => {
    const base = { name: "f", zh: "项", required: true, visibility: "public", type: "enum" } as const;
    const coded: Field = { ...base, values: ["ANY", "TWO_DAYS"], zhValues: ["任意", "两天"] };
    const chinese: Field = { ...base, values: ["罚款"] };
    const bare: Field = { ...base, values: ["ANY"] };
    it("are spoken in the page's language", () => {
      expect(enumWord(coded, "TWO_DAYS", "zh-CN")).to.equal("两天");
      expect(enumWord(coded, "TWO_DAYS", "en")).to.equal("Two days");
    });
    it("stay Chinese where the law has no other word", () => expect(enumWord(chinese, "罚款", "en")).to.equal("罚款"));
    it("stay as they are where they are no words", () => {
      const names: Field = { ...base, values: ["NDRC-36-2025", "USCC"] };
      expect(["NDRC-36-2025", "USCC"].map((value) => enumWord(names, value, "en"))).to.deep.equal([
        "NDRC-36-2025",
        "USCC",
      ]);
    });
    it("are spoken in the page's own words where the kind has none", () =>
      expect(enumWord(bare, "ANY", "zh-CN")).to.equal("不分先后"));
    it("have a Chinese word, every one of every kind", () => {
      const fields = builtInKinds
        .all()
        .flatMap((kind) => kind.fields)
        .flatMap((field) => ("fields" in field ? field.fields : [field]));
      for (const field of fields) {
        for (const value of "values" in field ? field.values : []) {
          expect(enumWord(field, value, "zh-CN"), `${field.name} ${value}`).to.match(/\p{Script=Han}/u);
        }
      }
    });
    it("stay as they are where the field does not have them", () =>
      expect(enumWord(coded, "THREE_DAYS", "en")).to.equal("THREE_DAYS"));
  });

  it("translates units", () => {
    expect(["万元", "元", "元/月", "m2", "份"].map((unit) => unitWord(unit, "en"))).to.deep.equal([
      "× 10,000 yuan", "yuan", "yuan a month", "m²", "份",
    ]); // prettier-ignore
    expect(unitWord("万元", "zh-CN")).to.equal("万元");
  });
});
