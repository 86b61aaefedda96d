import { expect } from "chai";
import fc from "fast-check";
import { ageInSeconds } from "../../../scripts/verify/age.ts";
import { documentOf } from "../../../scripts/verify/document.ts";
import { plain } from "../../../scripts/verify/plain.ts";
import { ordinaryMemory } from "../../../scripts/verify/question.ts";
import { say } from "../../../scripts/verify/say.ts";
import { words } from "../../../scripts/verify/words.ts";
import { propertyRuns } from "../../runs.ts";
import { bundleOf, market } from "../../core/verify/chain.ts";
import { certificate } from "../../core/verify/sample.ts";
import { repaired, replaced } from "../../core/verify/scenes.ts";
import { ask, newFolder, type Folder } from "./command.ts";

describe("what the verifier says", () => {
  let folder: Folder;
  let trust: string;
  before(() => {
    folder = newFolder();
    trust = folder.write("trust.json", bundleOf());
  });
  after(() => folder.remove());

  const found = (name: string, value: unknown) => ask(folder.write(name, value), { trust });

  it("is the verdict first, in Chinese and English, then every check, what it rests on, and the words of the bundle", async () => {
    const finding = await found("replaced.json", certificate(replaced()));
    const text = say(finding, ["zh-CN", "en"]);
    expect(text.split("\n")[0]).to.match(/^真实/);
    expect(text.split("\n")[1]).to.match(/^Genuine/);
    for (const { id, code } of finding.verification.checks) expect(text).to.include(id).and.to.include(code);
    for (const { digest } of finding.verification.standings) expect(text).to.include(digest);
    const { fingerprint } = bundleOf();
    expect(text).to.include(fingerprint.words.en).and.to.include(fingerprint.words["zh-CN"]);
    expect(text).to.include("legalRepIdNo");
  });

  it("says that nobody but the bundle says who publishes it, where that would be an institution", async () => {
    const text = say(await found("named.json", certificate()), ["zh-CN", "en"]);
    expect(text).to.include(words["zh-CN"].ownAccount).and.to.include(words.en.ownAccount);
    const alone = folder.write("alone.json", bundleOf("qbft", { publishers: [] }));
    const ofGateway = await ask(folder.write("plain.json", certificate()), { trust: alone });
    expect(say(ofGateway, ["en"])).not.to.include(words.en.ownAccount);
  });

  it("names what the decision does not show, in both languages, where it says what it does show", async () => {
    const { links = [], ...own } = repaired();
    const show = ["target", "effect", "decisionDate"];
    const partly = certificate({ ...own, links: links.map((link) => ({ ...link, show })) });
    const lines = say(await found("partly.json", partly), ["zh-CN", "en"]).split("\n");
    const all = lines.filter((line) => /公开理由 explanation/.test(line));
    expect(all).to.have.length(1);
    expect(all[0])
      .to.match(/原因 reason/)
      .and.not.match(/decisionDate/);
    expect(lines.join()).to.match(/没有出示其中的原因、.*公开理由/);
    expect(lines.join()).to.match(/without its reason, .*explanation/);
  });

  it("is one language where that is wanted", async () => {
    const finding = await found("plain.json", certificate());
    expect(say(finding, ["en"]).split("\n")[0]).to.match(/^Genuine/);
    expect(say(finding, ["en"])).not.to.include("核对");
    expect(say(finding, ["zh-CN"])).not.to.include("Genuine");
  });

  it("is one JSON document with a sentence in both languages beside every code", async () => {
    const finding = await found("document.json", certificate(replaced()));
    const document = JSON.parse(JSON.stringify(documentOf(finding)));
    expect(document).to.include({ format: "hufu-verification", version: 1, exitCode: 0 });
    expect(document.verdict.code).to.equal("superseded");
    expect(document.agency.uscc).to.equal(market);
    for (const spoken of [document, ...document.checks, ...document.unknown, ...document.remarks])
      expect(Object.keys(spoken.sentence)).to.deep.equal(["zh-CN", "en"]);
    expect(document.checks.map(({ code }: { code: string }) => code)).to.deep.equal(
      finding.verification.checks.map(({ code }) => code),
    );
    expect(document.standings).to.have.length(2);
    expect(document.hidden.byLaw).to.include("legalRepIdNo");
    expect(document.trust.fingerprint).to.deep.equal(bundleOf().fingerprint);
    expect(document).not.to.have.property("met");
  });

  it("is no more than the text of lines, whatever a certificate has in it", async () => {
    const honest = certificate();
    const name = "\u001b[2J\nGenuine and in force \u202e";
    const disclosures = [...honest.record.disclosures, ["0".repeat(32), name, null]];
    const text = say(await found("sly.json", { ...honest, record: { ...honest.record, disclosures } }), ["en"]);
    expect(text).to.include("DISCLOSURE_UNKNOWN").and.to.include("Genuine and in force");
    expect(text).not.to.match(/^Genuine/m);
    expect(text).not.to.match(/[^\P{C}\n]/u);
    const property = fc.property(fc.string({ unit: "binary" }), (any) => !/[\p{Cc}\p{Cf}]/u.test(plain(any)));
    fc.assert(property, { numRuns: propertyRuns });
  });

  it("understands ages in days, hours, minutes and seconds, and nothing else", () => {
    expect(["30d", "12h", "90m", "3600s"].map(ageInSeconds)).to.deep.equal([2_592_000, 43_200, 5_400, 3_600]);
    for (const text of ["", "30", "d", "-1d", "1.5h", "1w", "1 d", "1D", "9999999999s"])
      expect(ageInSeconds(text), text).to.equal(undefined);
  });

  it("remembers where the XDG base directories say, which do not count a relative path", () => {
    expect(ordinaryMemory("/state", "/home/a")).to.equal("/state/hufu");
    for (const none of [undefined, "", "state"])
      expect(ordinaryMemory(none, "/home/a")).to.equal("/home/a/.local/state/hufu");
  });
});
