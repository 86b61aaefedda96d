import { expect } from "chai";
import { exitCodeOf, found, levels, type Finding, type FindingCode } from "../../../scripts/doctor/finding.ts";
import { documentOf, say, sentenceOf } from "../../../scripts/doctor/say.ts";

const codes = Object.keys(levels) as FindingCode[]; // as: they are the keys

/** Every name that a sentence can ask for stands for itself. */
const everything = new Proxy({}, { get: (_, name) => `<${String(name)}>`, has: () => true });
const each = codes.map((code) => found("chain", code, everything));

describe("what the doctor says", () => {
  it("is a sentence for every finding in both languages, each with what it names", () => {
    for (const finding of each) {
      const [zh, en] = (["zh-CN", "en"] as const).map((language) => sentenceOf(finding, language));
      expect(zh, finding.code).to.match(/[\u4e00-\u9fff]/);
      expect(en, finding.code).not.to.equal(finding.code);
      const named = (text = ""): string[] => [...new Set(text.match(/<\w+>/g))].sort();
      const apart = ["BUNDLE_HOLDS", "KEYSTORE_UNREADABLE", "NODE_NOTHING"];
      if (!apart.includes(finding.code)) expect(named(zh), finding.code).to.deep.equal(named(en));
    }
  });

  it("has what it means and what to do for what is wrong, and for nothing else", () => {
    const { findings } = documentOf(each, "2026-11-25T00:00:00.000Z") as {
      findings: (Finding & { means: unknown; todo: unknown })[];
    }; // as: what documentOf makes
    for (const { level, code, means, todo } of findings) {
      const isWrong = level === "WARNING" || level === "PROBLEM";
      expect(means !== null, code).to.equal(isWrong);
      expect(todo !== null, code).to.equal(isWrong);
      if (isWrong) expect(Object.keys(means as object), code).to.deep.equal(["zh-CN", "en"]);
    }
  });

  it("goes part by part, and shows no control character of what others wrote", () => {
    const text = say([
      found("trust", "BUNDLE_INVALID", { name: "x\u001b[2J", why: "y\u202e" }),
      found("folder", "PASSWORD_APART"),
    ]);
    expect(text.indexOf("PASSWORD_APART")).to.be.below(text.indexOf("BUNDLE_INVALID"));
    expect(text).not.to.include("\u001b").and.not.include("\u202e");
  });

  it("comes to an exit code", () => {
    const code = (...some: FindingCode[]): number => exitCodeOf(some.map((one) => found("chain", one)));
    expect(code("CHAIN_MOVES", "PEERS_REFUSED")).to.equal(0);
    expect(code("CHAIN_STANDS_STILL")).to.equal(1);
    expect(code("CHAIN_MOVES", "NODE_ALONE")).to.equal(3);
    expect(code("NODE_ALONE", "CHAIN_STANDS_STILL")).to.equal(1);
    expect(code("BUNDLE_UNKNOWN", "BUNDLE_OF_GATEWAY", "ALARMS_RAISED", "ORDERS_LOST")).to.equal(3);
    expect(code("NODES_UNKNOWN", "GATEWAY_UNKNOWN")).to.equal(2);
    expect(code()).to.equal(2);
  });
});
