import { expect } from "chai";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import { HufuError } from "../../../core/error.ts";
import { parseJson } from "../../../core/json/parse.ts";
import { documentOf } from "../../../scripts/verify/document.ts";
import { say } from "../../../scripts/verify/say.ts";
import { bundleOf } from "../../core/verify/chain.ts";
import { penalty } from "../../core/verify/records.ts";
import { certificate } from "../../core/verify/sample.ts";
import { ask, newFolder, remarkCodes, type Folder } from "./command.ts";

describe("a certificate with less in it", () => {
  let folder: Folder;
  let trust: string;
  let file: string;
  let out: string;

  beforeEach(() => {
    folder = newFolder();
    trust = folder.write("trust.json", bundleOf());
    const record = penalty();
    file = folder.write("whole.json", certificate({ record, show: record.disclosures.map(([, name]) => name) }));
    out = join(folder.path, "out.json");
  });
  afterEach(() => folder.remove());

  const read = (path = out): Certificate => parseCertificate(parseJson(readFileSync(path, "utf8")));
  const names = ({ record }: Certificate): string[] => record.disclosures.map(([, name]) => name);
  async function refusal(work: Promise<unknown>): Promise<HufuError> {
    const error = await work.catch((caught: unknown) => caught);
    if (error instanceof HufuError) return error;
    throw new Error("it was not refused");
  }

  it("is genuine, names what is hidden, and is its owner's alone", async () => {
    const hide = ["legalRepName", "violationFacts", "file/0"];
    const found = await ask(file, { trust, hide, out });
    expect(found.exitCode).to.equal(0);
    expect(remarkCodes(found)).to.deep.equal(["WRITTEN"]);
    expect(found.verification.hidden.byHolder).to.deep.equal(["legalRepName", "violationFacts"]);
    const hidden = { code: "FILES_NOT_SHOWN", params: { count: 1, of: 1 } };
    expect(found.verification.unknown).to.deep.include(hidden);
    expect(say(found, ["en"])).to.include("files that were not shown: 1 of 1");
    for (const name of ["legalRepName", "legalRepName.public", "violationFacts", "file/0"])
      expect(names(read())).not.to.include(name);
    expect(readFileSync(out, "utf8")).not.to.include("货架");
    expect(statSync(out).mode & 0o777).to.equal(0o600);
    expect((await ask(out, { trust })).exitCode).to.equal(0);
  });

  it("can lack the public view alone", async () => {
    await ask(file, { trust, hide: ["legalRepName.public"], out });
    expect(names(read())).to.include("legalRepName").and.not.to.include("legalRepName.public");
  });

  it("is not made of a name that there is not: somebody mistyped what they meant to hide", async () => {
    const error = await refusal(ask(file, { trust, hide: ["legalRepNane"], out }));
    expect(error.code).to.equal("INVALID_REQUEST");
    expect(error.message).to.include("legalRepNane").and.to.include("legalRepName");
    expect(existsSync(out)).to.equal(false);
  });

  it("is not made of a name that the certificate does not show: the rest goes by other names", async () => {
    for (const [hide, show] of [
      ["legalRepName.public", ["legalRepName", "file/0"]],
      ["remark", ["legalRepName", "file/0"]],
      ["file/1", ["legalRepName", "file/0"]],
      ["file/0", ["legalRepName"]],
    ] as const) {
      const some = folder.write("some.json", certificate({ record: penalty(), show }));
      const error = await refusal(ask(some, { trust, hide: ["legalRepName", hide], out }));
      expect(error.code).to.equal("INVALID_REQUEST");
      expect(error.message).to.match(new RegExp(`does not show ${hide},.*it shows ${show.join(", ")}\\.$`));
      expect(existsSync(out), hide).to.equal(false);
    }
    const none = folder.write("none.json", certificate({ show: [] }));
    expect((await refusal(ask(none, { trust, hide: ["remark"], out }))).message).to.include("it shows nothing");
  });

  it("is made of the public view where that alone is shown", async () => {
    const masked = folder.write("masked.json", certificate({ show: ["remark", "legalRepName.public"] }));
    await ask(masked, { trust, hide: ["legalRepName"], out });
    expect(names(read())).to.deep.equal(["remark"]);
  });

  describe("of a record whose first file is withheld", () => {
    const sealedFile = { mediaType: "application/pdf", size: 3, sha256: "cd".repeat(32) };
    const files = [
      { ...sealedFile, name: "内部.pdf", withheld: true },
      { ...sealedFile, name: "决定书.pdf" },
    ];
    let second: string;
    beforeEach(() => {
      const record = penalty({}, { files });
      second = folder.write("second.json", certificate({ record, show: ["decisionDocNo", "file/1"] }));
    });

    it("calls each file by the name by which it can be hidden, in text and as JSON", async () => {
      const found = await ask(second, { trust });
      expect(say(found, ["en"]))
        .to.match(/^ *file\/1: .*决定书\.pdf/m)
        .and.not.include("file/0");
      const document = JSON.parse(JSON.stringify(documentOf(found)));
      expect(document.files).to.deep.equal({ "file/1": { ...sealedFile, name: "决定书.pdf" } });
    });

    it("lacks the file by that name, and is not made by any other", async () => {
      const { message } = await refusal(ask(second, { trust, hide: ["file/0"], out }));
      expect(message).to.include("does not show file/0").and.include("it shows decisionDocNo, file/1");
      expect(existsSync(out)).to.equal(false);
      expect((await ask(second, { trust, hide: ["file/1"], out })).exitCode).to.equal(0);
      expect(readFileSync(out, "utf8")).not.to.include("决定书");
    });
  });

  it("takes no other file's place, unless it is told to", async () => {
    writeFileSync(out, "mine");
    expect((await refusal(ask(file, { trust, hide: ["remark"], out }))).message).to.include("--force");
    expect(readFileSync(out, "utf8")).to.equal("mine");
    await ask(file, { trust, hide: ["remark"], out, force: true });
    expect(names(read())).not.to.include("remark");
  });

  it("is written also where it could not be checked, and never of what was altered", async () => {
    const unchecked = await ask(file, { hide: ["remark"], out });
    expect(unchecked.exitCode).to.equal(2);
    expect(remarkCodes(unchecked)).to.deep.equal(["WRITTEN"]);
    const forged = readFileSync(file, "utf8").replace("罚款人民币1000元", "罚款人民币1元");
    const never = join(folder.path, "never.json");
    const altered = await ask(folder.write("forged.json", forged), { trust, hide: ["remark"], out: never });
    expect(remarkCodes(altered)).to.deep.equal(["NOT_WRITTEN"]);
    expect(existsSync(never)).to.equal(false);
  });
});
