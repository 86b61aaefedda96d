import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { HufuError } from "../../../core/error.ts";
import { readAgencyPlan } from "../../../server/desk/agency-plan.ts";
import { withFolder } from "../store/folder.ts";

const market = "11440310XX0001011N";
const credit = "12440310XX0001097E";
const stranger = "11440310XX000102XE";
const sample = join(import.meta.dirname, "..", "..", "..", "server", "agencies.sample.json");
const agencies = [
  { uscc: market, name: "甲", kinds: ["credit-penalty", "status-decision"] },
  { uscc: credit, name: "乙", kinds: ["status-decision"] },
];
const oversight = [{ overseer: credit, over: [market], effects: ["ANNOTATED", "ENDED"] }];

/** The sentence with which `plan` is refused; "" where it is taken. */
async function refusal(plan: unknown): Promise<string> {
  let sentence = "";
  await withFolder((folder) => {
    const file = join(folder, "agencies.json");
    writeFileSync(file, typeof plan === "string" ? plan : JSON.stringify(plan));
    try {
      readAgencyPlan(file);
    } catch (error) {
      expect(error).to.be.instanceOf(HufuError).with.property("code", "INVALID_CONFIGURATION");
      sentence = error instanceof HufuError ? error.message : "";
      expect(sentence).to.include(file);
    }
    return Promise.resolve();
  });
  return sentence;
}

describe("the agencies' plan", () => {
  it("becomes bits of kinds and of effects", async () => {
    await withFolder((folder) => {
      const file = join(folder, "agencies.json");
      const more = { overseer: credit, over: [market], effects: ["WITHDRAWN"] };
      writeFileSync(file, JSON.stringify({ agencies, oversight: [...oversight, more] }));
      expect(readAgencyPlan(file)).to.deep.equal([
        { uscc: market, name: "甲", kinds: (1 << 1) | (1 << 4), oversight: {} },
        { uscc: credit, name: "乙", kinds: 1 << 4, oversight: { [market]: (1 << 2) | (1 << 3) | (1 << 5) } },
      ]);
      return Promise.resolve();
    });
    expect(readAgencyPlan(sample)).to.have.length(10);
  });

  it("is refused with every fault when its shape is wrong", async () => {
    const wrong = await refusal({ agencies: [{ uscc: "1", name: "", kinds: ["poem"] }], oversight: [], more: 1 });
    for (const place of ["agencies[0].uscc", "agencies[0].name", "agencies[0].kinds", "more"])
      expect(wrong).to.include(place);
    expect(await refusal("{")).to.include("JSON");
    expect(await refusal({ agencies: [], oversight: [] })).to.include("agencies");
  });

  it("is refused where the contracts would refuse it, or be told two things", async () => {
    expect(await refusal({ agencies: [...agencies, { ...agencies[0], name: "丙" }], oversight })).to.include("twice");
    const of = (over: string, overseer = credit) => [{ overseer, over: [over], effects: ["ENDED"] }];
    expect(await refusal({ agencies, oversight: of(credit) })).to.include("over itself");
    expect(await refusal({ agencies, oversight: of(stranger) })).to.include("oversight[0].over[0]");
    expect(await refusal({ agencies, oversight: of(market, stranger) })).to.include("oversight[0].overseer");
    expect(
      await refusal({ agencies, oversight: [{ overseer: credit, over: [market], effects: ["SUPERSEDED"] }] }),
    ).to.include("effects");
  });
});
