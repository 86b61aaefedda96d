import { expect } from "chai";
import { createHash } from "node:crypto";
import type { FileChooser } from "playwright-core";
import type { RecordView } from "../../../web/answers.ts";
import { answer, digest, housing, record, successor } from "../../../web/examples/base.ts";
import { focused, problem, verdict } from "./files.ts";
import { describeOnSite } from "./on-site.ts";
import { usualScene } from "./site.ts";
import { sent } from "./visit.ts";

const scan = Buffer.from("%PDF-1.7 the scan that must stay in the browser");
const scanHash = createHash("sha256").update(scan).digest("hex");
const withScan: RecordView = {
  ...record,
  files: [{ name: "决定书.pdf", mediaType: "application/pdf", size: scan.length, sha256: scanHash }],
};
const upload = { name: "我的扫描件.pdf", mimeType: "application/pdf", buffer: scan };

describeOnSite("the page's ways in", (at) => {
  it("document number: the verdict, on an address that can be sent on", async () => {
    at.site.scene.records = [record];
    await at.here.page.selectOption("#kind", "credit-penalty");
    await at.here.page.fill("#documentNumber", record.documentNumber!);
    await at.here.page.click("text=查验文号");
    await verdict(at.here.page, "in-force").waitFor();
    expect(new URL(at.here.page.url()).searchParams.get("documentNumber")).to.equal(record.documentNumber);
  });

  it("document number of several records: the list, then the chosen one", async () => {
    at.site.scene.records = [record, { ...record, digest: successor, agency: housing }];
    await at.here.page.selectOption("#kind", "credit-penalty");
    await at.here.page.fill("#documentNumber", record.documentNumber!);
    await at.here.page.press("#documentNumber", "Enter");
    await at.here.page.click(`a:has-text("${housing.name!}")`);
    await verdict(at.here.page, "in-force").waitFor();
    expect(at.here.page.url()).to.equal(`${at.site.origin}/r/${successor}`);
  });

  it("nothing filled in: the summary has the focus and leads to the fields", async () => {
    await at.here.page.click("text=查验文号");
    await problem(at.here.page, "no-kind").waitFor();
    expect(await focused(at.here.page)).to.equal("problems");
    await at.here.page.click("#problems [href='#documentNumber']");
    expect(await focused(at.here.page)).to.equal("documentNumber");
  });

  it("digest, or a link with it: the record's page", async () => {
    for (const typed of [digest, `https://hufu.example/r/${digest}?lang=en`]) {
      await at.here.page.goto(at.site.origin);
      await at.here.page.fill("#digest", typed);
      await at.here.page.click("text=查验摘要");
      await verdict(at.here.page, "in-force").waitFor();
      expect(at.here.page.url()).to.equal(`${at.site.origin}/r/${digest}`);
    }
  });

  it("the other language, of the same page, and back", async () => {
    await at.here.page.goto(`${at.site.origin}/r/${digest}`);
    await at.here.page.click("text=English");
    expect(await at.here.page.getAttribute("html", "lang")).to.equal("en");
    expect(await at.here.page.textContent("h2.word")).to.include("Genuine and in force");
    await at.here.page.click("text=中文");
    expect(at.here.page.url()).to.equal(`${at.site.origin}/r/${digest}`);
  });

  it("a file: hashed here, found by its hash alone, its bytes and name stay", async () => {
    at.site.scene.records = [withScan];
    await at.here.page.setInputFiles("#file", upload);
    await verdict(at.here.page, "in-force").waitFor();
    expect(await at.here.page.textContent(".matched-file")).to.include(upload.name);
    expect(await at.here.page.textContent("[role=status]")).to.include("查验完成：真实，现行有效");
    expect(await focused(at.here.page)).to.equal("found");
    expect(await at.here.page.title()).to.include("真实，现行有效");
    const left = sent(at.here.requests);
    expect(left).to.include(`/v1/records?file=${scanHash}`);
    expect(left).not.to.include(scan.toString("latin1"));
    expect(left)
      .not.to.include(encodeURIComponent(upload.name))
      .and.not.include(Buffer.from(upload.name).toString("latin1"));
    expect(
      at.here.requests.map((request) => request.postDataBuffer()?.length ?? 0).reduce((a, b) => a + b),
    ).to.be.below(200);
  });

  it("a file that nobody entered: not in this ledger, and not forged", async () => {
    await at.here.page.setInputFiles("#file", upload);
    await verdict(at.here.page, "unknown").waitFor();
    expect(await at.here.page.textContent("#found")).to.include("没有找到不等于是假的");
  });

  it("a file of several records: the list", async () => {
    at.site.scene.records = [withScan, { ...withScan, digest: successor }];
    await at.here.page.setInputFiles("#file", upload);
    await at.here.page.locator(".matches li").nth(1).waitFor();
  });

  it("the same file twice, and a dropped file", async () => {
    at.site.scene.records = [withScan];
    await at.here.page.setInputFiles("#file", upload);
    await verdict(at.here.page, "in-force").waitFor();
    at.site.scene.records = [];
    await at.here.page.setInputFiles("#file", upload);
    await verdict(at.here.page, "unknown").waitFor();
    at.site.scene.records = [withScan];
    const dropped = await at.here.page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "dropped.pdf"));
      return transfer;
    }, scan.toString("latin1"));
    await at.here.page.dispatchEvent("[data-drop]", "drop", { dataTransfer: dropped });
    await verdict(at.here.page, "in-force").waitFor();
  });

  it("an empty file: a problem that has the focus", async () => {
    await at.here.page.setInputFiles("#file", { ...upload, buffer: Buffer.alloc(0) });
    await problem(at.here.page, "file-empty").waitFor();
    expect(await focused(at.here.page)).to.equal("problems");
  });

  for (const [status, code, text] of [
    [429, "rate-limited", "30"],
    [503, "gateway-busy", "30"],
    [500, "failed", "真假"],
  ] as const) {
    it(`a gateway that answers ${String(status)}: told as what it is`, async () => {
      at.site.scene.failing = status;
      await at.here.page.setInputFiles("#file", upload);
      await problem(at.here.page, code).waitFor();
      expect(await at.here.page.textContent("#problems")).to.include(text);
    });
  }

  it("a gateway that cannot be reached: no answer, and no verdict", async () => {
    await at.here.page.route("**/v1/**", (route) => route.abort());
    await at.here.page.setInputFiles("#file", upload);
    await problem(at.here.page, "gateway-unreachable").waitFor();
    expect(await at.here.page.locator("[data-verdict]").count()).to.equal(0);
  });

  it("the slower answer to an older file does not replace the newer one", async () => {
    at.site.scene.records = [withScan];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await at.here.page.route("**/v1/records?file=*", async (route) => {
      if (route.request().url().includes(scanHash)) await held;
      await route.continue();
    });
    await at.here.page.setInputFiles("#file", upload);
    await at.here.page.setInputFiles("#file", { ...upload, buffer: Buffer.from("another") });
    await verdict(at.here.page, "unknown").waitFor();
    const late = at.here.page.waitForResponse((response) => response.url().includes("/v1/verifications"));
    release();
    await late;
    await at.here.page.waitForTimeout(100);
    expect(await verdict(at.here.page, "unknown").count()).to.equal(1);
  });

  it("everything with the keyboard alone", async () => {
    at.site.scene = { ...usualScene(), records: [withScan], verify: () => answer };
    const { page } = at.here;
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).to.equal("skip");
    await page.keyboard.press("Enter");
    expect(await focused(page)).to.equal("main");
    await page.keyboard.press("Tab");
    expect(await focused(page)).to.equal("kind");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.type(record.documentNumber!);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await focused(page)).to.equal("file");
    const chosen = new Promise<FileChooser>((resolve) => page.once("filechooser", resolve));
    await page.evaluate("0"); // one round trip, so that the browser knows that the chooser is ours
    await page.keyboard.press("Enter");
    await (await chosen).setFiles(upload);
    await verdict(page, "in-force").waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("#found") !== null)).to.equal(true);
    await page.focus("#documentNumber");
    await page.keyboard.press("Enter");
    await page.waitForURL(/documentNumber=/);
    await verdict(page, "in-force").waitFor();
  });

  it("shows where the focus is, everywhere", async () => {
    const { page } = at.here;
    for (let step = 0; step < 14; step++) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const element = document.activeElement;
        const shown = element?.id === "file" ? element.closest(".drop") : element;
        return shown === null || shown === document.body ? "outside" : getComputedStyle(shown).outlineStyle;
      });
      expect(seen, `step ${String(step)}`).to.be.oneOf(["solid", "outside"]);
    }
  });
});
