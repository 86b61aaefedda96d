import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { verifierPage } from "../../../scripts/verifier/page.ts";
import { bundleOf } from "../../core/verify/chain.ts";
import { repaired } from "../../core/verify/scenes.ts";
import { altered, certificate, certificateOf, now } from "../certificate.ts";
import { graveFaults, overTheEdge } from "./axe.ts";
import { describeInBrowser } from "./chromium.ts";
import { downloaded, focused, jsonFile, problem, verdict } from "./files.ts";
import { openOffline, type OfflineFile } from "./offline-file.ts";

describeInBrowser("the offline verifier", (browser) => {
  let folder: string;
  let file: OfflineFile;
  let page: Page;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hufu-verifier-"));
    await writeFile(join(folder, "plain.html"), await verifierPage(null));
    await writeFile(join(folder, "with-trust.html"), await verifierPage(bundleOf()));
  });
  after(() => rm(folder, { recursive: true }));

  async function open(name: string): Promise<void> {
    file = await openOffline(browser(), join(folder, name), now);
    page = file.page;
  }

  afterEach(() => file.leave());

  const take = async (value: unknown, code: string): Promise<void> => {
    await page.setInputFiles("#file", jsonFile(value));
    await verdict(page, code).waitFor();
  };

  it("verifies a certificate under the trust bundle that is dropped beside it, whichever comes first", async () => {
    await open("plain.html");
    await take(certificate, "unreachable");
    await page.setInputFiles("#file", jsonFile(bundleOf(), "trust.json"));
    await verdict(page, "in-force").waitFor();
    expect(await page.getAttribute("#trust [data-trust]", "data-trust")).to.equal("holder");
    await take(altered, "altered");
  });

  it("brings its trust bundle along where it was built in, and remembers across visits what it met", async () => {
    await open("with-trust.html");
    await take(certificateOf(repaired()), "ended");
    expect(await page.textContent('[data-part="standings"]')).to.include("准予信用修复");
    await page.reload();
    await take(certificateOf({ record: repaired().record!, block: { number: 80 } }), "stale");
  });

  it("speaks both languages, with what is open", async () => {
    await open("with-trust.html");
    await take(certificate, "in-force");
    await page.click("text=English");
    expect(await page.textContent("h2.word")).to.include("Genuine and in force");
    expect(await page.getAttribute("html", "lang")).to.equal("en");
    await page.click("text=中文");
    expect(await page.textContent("h2.word")).to.include("真实，现行有效");
  });

  it("saves a certificate without the fields that its holder ticks", async () => {
    await open("with-trust.html");
    await take(certificate, "in-force");
    await page.click('[data-part="hide"] summary');
    await page.check('[value="fineAmountWan"]');
    const { value } = await downloaded(page, () => page.click('[data-form="hide"] button'));
    expect(JSON.stringify(value)).not.to.include("0.100000");
    await take(value, "in-force");
  });

  it("renews nothing and looks no scan up, and says where that can be done", async () => {
    await open("with-trust.html");
    await take(certificate, "in-force");
    expect(await page.locator('[data-action="renew"]').count()).to.equal(0);
    expect(await page.textContent('[data-part="certificate"]')).to.include("离线时不能更新证明");
    expect(await page.locator('a[href^="/"]').count()).to.equal(0);
    await page.setInputFiles("#file", { name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") });
    await problem(page, "needs-gateway").waitFor();
    expect(await focused(page)).to.equal("problems");
  });

  it("takes a dropped file", async () => {
    await open("with-trust.html");
    const dropped = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "c.json"));
      return transfer;
    }, JSON.stringify(certificate));
    await page.dispatchEvent("[data-drop]", "drop", { dataTransfer: dropped });
    await verdict(page, "in-force").waitFor();
  });

  it("has a policy that lets it reach no network", async () => {
    await open("plain.html");
    const outcome = await page.evaluate(() =>
      fetch("https://elsewhere.example/").then(
        () => "reached",
        () => "stopped",
      ),
    );
    expect(outcome).to.equal("stopped");
    expect(file.complaints.join()).to.include("Content Security Policy");
    file.complaints.length = file.asked.length = 0;
  });

  it("has nothing that axe calls serious and nothing over the edge, empty and with a verdict", async () => {
    await open("plain.html");
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await overTheEdge(page)).to.be.at.most(0);
      expect(await graveFaults(page)).to.deep.equal([]);
      await page.setInputFiles("#file", jsonFile(bundleOf(), "trust.json"));
      await take(certificate, "in-force");
      expect(await overTheEdge(page)).to.be.at.most(0);
      expect(await graveFaults(page)).to.deep.equal([]);
    }
  });
});
