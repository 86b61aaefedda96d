import { expect } from "chai";
import type { Result } from "../../web/state.ts";
import { penalty } from "../core/verify/records.ts";
import { asOf, trusted } from "../core/verify/sample.ts";
import { amended, repaired } from "../core/verify/scenes.ts";
import { altered, certificate, certificateOf } from "./certificate.ts";
import { storageWith } from "./storage.ts";
import { bench, days, shown, twin } from "./desk-bench.ts";

const outcomeOf = (result: Result, id: string): unknown => result.checks.find((check) => check.id === id)?.outcome;

describe("a certificate on the desk", () => {
  it("is verified by its own proof under the trust bundle", () => {
    const result = shown(bench().desk.open(certificate, "brought"));
    expect([result.verdict, result.checkedBy, result.sealed]).to.deep.equal([
      "in-force",
      "browser",
      { consensus: "qbft", by: 3, of: 4 },
    ]);
    expect(result.checks.filter(({ outcome }) => outcome !== "VALID").map(({ id }) => id)).to.deep.equal([
      "links",
      "signature",
    ]);
    expect(result.standings).to.deep.equal([]);
  });

  it("cannot be checked without a trust bundle, and can as soon as there is one", () => {
    const { desk, world } = bench();
    world.trusted = null;
    const result = shown(desk.open(certificate, "brought"));
    expect([result.verdict, outcomeOf(result, "seals"), result.certificate?.trust]).to.deep.equal([
      "unreachable",
      "ERROR",
      null,
    ]);
    world.trusted = trusted();
    expect(shown(desk.again()).verdict).to.equal("in-force");
  });

  it("shows what its holder shows, masked as it is, and names what is left out and by whom", () => {
    const result = shown(bench().desk.open(certificate, "brought"));
    expect(result.content).to.include({ fineAmountWan: "0.100000" });
    expect(result.content?.["legalRepName"]).to.match(/^林\*/);
    expect(result.content).not.to.have.property("violationFacts");
    expect(result.notShown.byHolder).to.deep.equal(["violationFacts"]);
    expect(result.notShown.byLaw).to.include("legalRepIdNo");
    expect(result.files.map(({ name }) => name)).to.deep.equal(["决定书.pdf"]);
  });

  it("that was altered shows nothing of itself, and leaves nothing to hide", () => {
    const result = shown(bench().desk.open(altered, "brought"));
    expect([result.verdict, outcomeOf(result, "digest")]).to.deep.equal(["altered", "INVALID"]);
    const { agency, kind, documentNumber, digest, content } = result;
    expect([agency, kind, documentNumber, digest, content]).to.deep.equal([null, null, null, null, null]);
    expect([result.files, result.certificate?.hideable]).to.deep.equal([[], []]);
  });

  describe("tells what became of the record", () => {
    it("with the decision that says so", () => {
      const scene = repaired();
      const { standings, verdict, reason } = shown(bench().desk.open(certificateOf(scene), "brought"));
      expect([verdict, reason, standings.length]).to.deep.equal(["ended", "REPAIR_GRANTED", 1]);
      expect(standings[0]).to.include({ effect: "ENDED", reason: "REPAIR_GRANTED", lacks: null });
      expect(standings[0]?.decision).to.equal(scene.links![0]!.record.digest);
      expect(standings[0]?.actor?.name).to.equal("坪山示例市场监管局（虚构）");
      expect(standings[0]?.explanation).to.be.a("string");
    });

    it("through its amendments to the newest", () => {
      const scene = amended(2);
      const { standings, verdict } = shown(bench().desk.open(certificateOf(scene), "brought"));
      expect(verdict).to.equal("superseded");
      expect(standings.map(({ digest, effect }) => [digest, effect])).to.deep.equal([
        [scene.record!.digest, "SUPERSEDED"],
        [scene.links![0]!.record.digest, "SUPERSEDED"],
        [scene.links![1]!.record.digest, "IN_FORCE"],
      ]);
    });

    it("and names what the decision in the file does not show", () => {
      const { links = [], ...own } = repaired();
      const link = { record: links[0]!.record, show: ["target", "effect", "reason", "decisionDate", "explanation"] };
      const { standings, unknown } = shown(bench().desk.open(certificateOf({ ...own, links: [link] }), "brought"));
      expect(standings[0]?.lacks).to.equal(null);
      expect(standings[0]?.notShown).to.deep.include({ name: "successor", zh: "取代记录" });
      const said = unknown.find(({ code }) => code === "DECISION_PARTLY_SHOWN");
      expect(said?.sentence.en).to.include("successor, ");
      expect(said?.sentence["zh-CN"]).to.include("取代记录、");
    });

    it("and says so where the decision is not in the file", () => {
      const { standings } = shown(bench().desk.open(certificateOf({ ...repaired(), links: [] }), "brought"));
      expect(standings[0]).to.include({ effect: "ENDED", lacks: "unexplained", decision: null });
    });
  });

  describe("grows old", () => {
    it("by the age that its reader chose, 30 days at first, which the next visit knows", () => {
      const storage = storageWith();
      const { desk, world } = bench(storage);
      world.now = days(29);
      expect(shown(desk.open(certificate, "brought")).verdict).to.equal("in-force");
      expect(shown(desk.choose("day")).verdict).to.equal("stale");
      expect(shown(desk.choose("any")).verdict).to.equal("in-force");
      expect(shown(desk.choose("century")).certificate?.maxAge).to.equal("any");
      world.now = days(4000);
      expect(shown(desk.again()).verdict).to.equal("in-force");
      const { desk: next } = bench(storage);
      expect(shown(next.open(certificate, "brought")).certificate?.maxAge).to.equal("any");
    });

    it("and cannot be checked before its time by this clock, whatever age is chosen", () => {
      const { desk, world } = bench();
      world.now = days(-1);
      for (const age of ["day", "month", "any"]) {
        desk.open(certificate, "brought");
        const result = shown(desk.choose(age));
        expect([result.verdict, outcomeOf(result, "freshness")]).to.deep.equal(["unreachable", "ERROR"]);
      }
    });

    it("and is stale at 31 days, with what it proves of its block", () => {
      const { desk, world } = bench();
      world.now = days(31);
      const result = shown(desk.open(certificate, "brought"));
      expect([result.verdict, result.asOf]).to.deep.equal(["stale", asOf]);
    });

    it("where a newer status of the record was met, on any day", () => {
      const storage = storageWith();
      expect(shown(bench(storage).desk.open(certificateOf(repaired()), "brought")).verdict).to.equal("ended");
      const older = certificateOf({ record: repaired().record!, block: { number: 80 } });
      const result = shown(bench(storage).desk.open(older, "brought"));
      expect([result.verdict, outcomeOf(result, "freshness")]).to.deep.equal(["stale", "ERROR"]);
    });
  });

  it("is evidence where another sealed header of its height was met: both are in a file", () => {
    const { desk } = bench();
    desk.open(certificate, "brought");
    expect(desk.evidence()).to.equal(undefined);
    const other = certificateOf({ block: twin });
    const result = shown(desk.open(other, "brought"));
    expect([result.verdict, result.certificate?.conflict?.blockNumber]).to.deep.equal(["unreachable", 90]);
    const file = desk.evidence()!;
    expect(file.name).to.equal("hufu-conflict-block-90.json");
    const evidence = JSON.parse(file.text);
    expect(evidence).to.include({ format: "hufu-conflict", version: 1, consensus: "qbft", blockNumber: 90 });
    expect(evidence.blocks.map(({ block }: { block: unknown }) => block)).to.deep.equal([
      certificate.proof.block,
      other.proof.block,
    ]);
  });

  describe("is reduced", () => {
    it("by the fields that its holder ticks: it stays genuine, and names them", () => {
      const { desk } = bench();
      const before = shown(desk.open(certificate, "brought"));
      const names = before.certificate!.hideable.map(({ name }) => name);
      expect(names).to.include.members(["fineAmountWan", "legalRepName.public", "file/0"]).and.not.include("orgCode");
      const { found, isReduced } = desk.hide(new Set(["fineAmountWan", "legalRepName.public", "file/0"]))!;
      const result = shown(found);
      expect([isReduced, result.verdict, result.certificate?.origin]).to.deep.equal([true, "in-force", "reduced"]);
      expect(result.notShown.byHolder).to.have.members(["legalRepName", "violationFacts", "fineAmountWan"]);
      expect(result.content).not.to.have.any.keys("fineAmountWan", "legalRepName");
      expect(result.files).to.deep.equal([]);
      expect(result.unknown.map(({ code }) => code)).to.include("FILES_NOT_SHOWN");
      const { name, text } = desk.file()!;
      expect(name).to.match(/-reduced\.json$/);
      expect(text).not.to.include("0.100000").and.not.include("林*").and.not.include("决定书");
    });

    it("by a file that goes by its own name, though the one before it is not shown", () => {
      const file = { mediaType: "application/pdf", size: 3, sha256: "cd".repeat(32) };
      const files = [
        { ...file, name: "内部.pdf", withheld: true },
        { ...file, name: "决定书.pdf" },
      ];
      const { desk } = bench();
      const open = certificateOf({ record: penalty({}, { files }), show: ["decisionDocNo", "file/1"] });
      const before = shown(desk.open(open, "brought"));
      expect(before.certificate!.hideable.map(({ name }) => name)).to.deep.equal(["decisionDocNo", "file/1"]);
      expect(before.files.map(({ name }) => name)).to.deep.equal(["决定书.pdf"]);
      expect(shown(desk.hide(new Set(["file/1"]))!.found).files).to.deep.equal([]);
      expect(desk.file()!.text).not.to.include("决定书");
    });

    it("by nothing where nothing is ticked, which is told", () => {
      const { desk } = bench();
      desk.open(certificate, "brought");
      const { found, isReduced } = desk.hide(new Set())!;
      expect([isReduced, shown(found).certificate?.isNothingChosen]).to.deep.equal([false, true]);
      expect(shown(desk.again()).certificate?.isNothingChosen).to.equal(false);
    });
  });
});
