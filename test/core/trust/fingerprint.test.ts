import { createHash } from "node:crypto";
import { expect } from "chai";
import { wordlists } from "ethers";
import fc from "fast-check";

import { parseTrustText } from "../../../core/trust/bundle.ts";
import { fingerprintOf, wordsOf } from "../../../core/trust/fingerprint.ts";
import { chinese, english } from "../../../core/trust/words.ts";
import { secondCanonical } from "../second-canonical.ts";
import { propertyRuns } from "../../runs.ts";
import { frozenText } from "./frozen.ts";

const bip39 = (language: "en" | "zh_cn"): Set<string> =>
  new Set(Array.from({ length: 2048 }, (_, index) => wordlists[language]!.getWord(index)));

describe("a fingerprint", () => {
  it("is 256 words that nobody takes for each other, of the published lists", () => {
    for (const [words, language] of [
      [english, "en"],
      [chinese, "zh_cn"],
    ] as const) {
      const published = bip39(language);
      expect(new Set(words).size).to.equal(256);
      expect(words.filter((word) => !published.has(word))).to.deep.equal([]);
    }
    expect(new Set(english.map((word) => word.slice(0, 4))).size).to.equal(256);
  });

  it("of a bundle published before stays what was read out then", () => {
    const { sha256, words } = parseTrustText(frozenText("qbft")).fingerprint;
    expect(sha256).to.equal("92104ca8edd463574bc883b707bf8647c49cf4ee0d2d908309fb9a12a5bc40e8");
    expect(words.en).to.equal(
      "laundry athlete effort museum thrive scheme feel equal educate pretty identify output album physical improve donor",
    );
    expect(words["zh-CN"]).to.equal("科来明太 村修山果 你破风火 这配花内");
  });

  it("is SHA-256 of the canonical text, computed by other means", () => {
    for (const name of ["qbft", "development"] as const) {
      const { fingerprint, ...rest } = JSON.parse(frozenText(name));
      const text = secondCanonical(rest);
      expect(createHash("sha256").update(text).digest("hex")).to.equal(fingerprint.sha256);
      expect(fingerprintOf({ ...rest, fingerprint: "whatever" })).to.deep.equal(fingerprint);
    }
  });

  it("has a word for each of the first sixteen bytes", () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const property = fc.property(hash, (bytes) => {
      const words = wordsOf(Buffer.from(bytes).toString("hex"));
      expect(words.en.split(" ").map((word) => english.indexOf(word))).to.deep.equal([...bytes.subarray(0, 16)]);
      const groups = words["zh-CN"].split(" ");
      expect(groups.map((group) => group.length)).to.deep.equal([4, 4, 4, 4]);
      expect(Array.from(groups.join(""), (one) => chinese.indexOf(one))).to.deep.equal([...bytes.subarray(0, 16)]);
    });
    fc.assert(property, { numRuns: propertyRuns });
  });
});
