import { expect } from "chai";
import fc from "fast-check";
import { maskName } from "../../../core/record/masking.ts";
import { propertyRuns } from "../../runs.ts";

describe("a masked name", () => {
  const names: [string, string][] = [
    ["张三", "张*"],
    ["张小三", "张*"],
    ["欧阳示例", "欧*"],
    ["𠮷野示例", "𠮷*"],
    ["买买提·示例", "买*"],
    ["John Smith", "J*"],
    ["josé", "J*"],
    ["Иван", "И*"],
    ["张*", "张*"],
    ["张**", "张**"],
    ["张某", "张某"],
    [" 张三 ", "张*"],
    ["（虚构）", "虚*"],
    ["007", "*"],
    ["*", "*"],
  ];
  for (const [name, masked] of names)
    it(`of ${JSON.stringify(name)} is ${masked}`, () => expect(maskName(name)).to.equal(masked));

  it("tells no more than the first letter, and masks only once", () => {
    const name = fc.string({
      unit: fc.constantFrom(...Array.from("张三李四示例ABcdé𠮷 ·1")),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(name, (text) => {
        const masked = maskName(text);
        expect(masked).to.match(/^\p{Lu}?\p{Lo}?\*$/u);
        expect(maskName(masked)).to.equal(masked);
      }),
      { numRuns: propertyRuns },
    );
  });
});
