import { expect } from "chai";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { parseContent } from "../../../core/record/content.ts";
import { isUscc } from "../../../core/record/identifiers.ts";
import { createAgencies, createPosts, withCheckCharacter, writtenKinds } from "../../../scripts/bench/district.ts";

describe("the agencies of the bench", () => {
  it("have codes with a valid check character, all different", () => {
    const codes = createAgencies(9_999).map(({ uscc }) => uscc);
    expect(codes.every(isUscc)).to.equal(true);
    expect(new Set(codes).size).to.equal(9_999);
  });

  it("have the check character that a real form of code has", () => {
    expect(withCheckCharacter("91350100M000100Y4")).to.equal("91350100M000100Y43");
  });

  for (const name of writtenKinds) {
    it(`write ${name} that the gateway takes, each with an id of its own`, () => {
      const [agency] = createAgencies(1);
      const kind = builtInKinds.byName(name);
      if (agency === undefined || kind === undefined) throw new Error("nothing to try");
      const post = createPosts(name, agency.uscc);
      const first: unknown = JSON.parse(post("1"));
      expect(first).to.include({ kind: name, recordId: "B-1" });
      const { content } = first as { content: unknown }; // as: asserted by parseContent
      expect(() => parseContent(kind, content, { agency: agency.uscc })).not.to.throw();
      expect(post("2")).to.include("B-2").and.to.include("BENCH-2").and.not.to.include("@@");
    });
  }
});
