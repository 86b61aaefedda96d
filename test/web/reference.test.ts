import { expect } from "chai";
import fc from "fast-check";
import { parseReference, recordPath } from "../../web/reference.ts";
import { propertyRuns } from "../runs.ts";

const digest = "3f0c5a1e9b7d42688a6de0c4f1b2937de5a8061c94f7b3d2805e6c1fa9d47b36";

describe("reference", () => {
  const accepted: Readonly<Record<string, string>> = {
    "a digest": digest,
    "in upper case": digest.toUpperCase(),
    "with 0x": `0x${digest}`,
    "in groups, as it is printed": digest.replace(/(.{8})/g, "$1 "),
    "with line breaks around it": `\n ${digest}\t\n`,
    "a record link": `https://hufu.example/r/${digest}`,
    "a link with language and fragment": `https://hufu.example/r/${digest}?lang=en#verdict`,
    "a link of another gateway": `http://10.0.0.7:3000/r/${digest}`,
    "a path": `/r/${digest}/`,
  };
  for (const [name, text] of Object.entries(accepted)) {
    it(`reads ${name}`, () => expect(parseReference(text)).to.equal(digest));
  }

  const refused: Readonly<Record<string, string>> = {
    nothing: "",
    "a digit too few": digest.slice(1),
    "a digit too many": `${digest}0`,
    "a letter that is no digit": `g${digest.slice(1)}`,
    "another path": `https://hufu.example/v1/records/${digest}`,
    "a link whose digest goes on": `https://hufu.example/r/${digest}00`,
    "a document number": "深坪示市监罚〔2026〕12号",
  };
  for (const [name, text] of Object.entries(refused)) {
    it(`refuses ${name}`, () => expect(parseReference(text)).to.equal(undefined));
  }

  it("makes a path for a digest, with the language when it is not Chinese", () => {
    expect(recordPath(digest, "zh-CN")).to.equal(`/r/${digest}`);
    expect(recordPath(digest, "en")).to.equal(`/r/${digest}?lang=en`);
  });

  it("makes only paths of this site, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.constant("javascript:alert(1)//r/")), (text) => {
        expect(recordPath(text, "en")).to.match(/^\/(r\/[0-9a-f]{64}\?lang=en)?$/);
      }),
      { numRuns: propertyRuns },
    );
  });
});
