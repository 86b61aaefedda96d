import { expect } from "chai";
import { notCoveredSentences } from "../../../scripts/audit/report.ts";
import { en } from "../../../scripts/audit/messages/en.ts";
import { zhCN } from "../../../scripts/audit/messages/zh-CN.ts";
import { pageOf } from "../../../scripts/audit/page/page.ts";
import { drawPlot } from "../../../scripts/audit/page/plot.ts";
import { divergence, type AuditReport } from "../../../scripts/audit/report.ts";
import { describeInBrowser } from "../../web/browser/chromium.ts";
import { hostileName, sampleFigures, sampleReport } from "./sample-report.ts";

const diverging: AuditReport = {
  ...sampleReport,
  outcome: "DIVERGES",
  divergence: divergence("AGENCY_NAME_DIFFERS", "A name", "one", hostileName, { agency: hostileName }),
  figures: { ...sampleFigures, timeToAnchored: null },
};
const unchecked: AuditReport = {
  ...sampleReport,
  outcome: "ERROR",
  error: { code: "NODE_SLOW", message: hostileName },
  proven: { block: null, seals: null, codes: 0, heads: false, blocksOfEvents: 0, headers: null },
  replayed: null,
  heads: null,
  figures: null,
};

describe("an audit's page", () => {
  it("says the outcome in both languages, and why", () => {
    for (const report of [sampleReport, diverging, unchecked]) {
      const page = pageOf(report);
      for (const texts of [zhCN, en]) {
        expect(page).to.include(texts.outcome[report.outcome]);
        if (report.divergence !== null) expect(page).to.include(escaped(texts.code[report.divergence.code]));
        if (report.error !== null) expect(page).to.include(escaped(texts.fault.NODE_SLOW));
      }
    }
    expect(pageOf(diverging)).to.include(zhCN.noWaits).and.include(en.noWaits);
  });

  it("has a plot and a table for each figure, with every agency in the table", () => {
    const page = pageOf(sampleReport);
    for (const name of Object.keys(sampleFigures) as (keyof typeof sampleFigures)[])
      // as: its own keys
      expect(page).to.include(`aria-label="${zhCN.plot[name]} ${en.plot[name]}"`);
    expect(page.match(/<svg /g)).to.have.length(6);
    expect(page.match(/<details>/g)).to.have.length(6);
    for (const { agency, records } of sampleFigures.byAgency)
      expect(page).to.include(agency).and.include(records.toLocaleString("en"));
  });

  it("says who signed the report, and that the page itself is not signed", () => {
    const publicKey = "ab".repeat(32);
    const signed = pageOf({ ...sampleReport, signature: { algorithm: "Ed25519", publicKey, value: "00" } });
    expect(signed).to.include(zhCN.signedBy(publicKey)).and.include(en.signedBy(publicKey));
    expect(pageOf(sampleReport)).to.include(en.notSigned);
  });

  it("is the same each time, and needs no script and no network", () => {
    const page = pageOf(sampleReport);
    expect(pageOf(sampleReport)).to.equal(page);
    expect(page).not.to.match(/<script|<link|<img|\ssrc=|\shref=|@import|url\(|javascript:/i);
    expect(page.match(/https?:\/\/[^\s"<]*/g) ?? []).to.deep.equal(
      (page.match(/https?:\/\/www\.w3\.org\/[^\s"<]*/g) ?? []).map(String),
    );
  });

  it("lets no name from the chain be more than text", () => {
    const names = drawPlot({ id: "x", title: hostileName, shape: "rows", bars: [{ name: hostileName, value: 1 }] });
    for (const text of [names, pageOf(sampleReport), pageOf(diverging), pageOf(unchecked)]) {
      expect(text).not.to.match(/<script/i);
      expect(text.match(/<\/text>/g)?.length ?? 0).to.equal(text.match(/<text/g)?.length ?? 0);
    }
    for (const page of [sampleReport, diverging, unchecked].map(pageOf))
      expect(page).not.to.match(/\p{Cc}(?<!\n)|\u202e/u);
  });

  it("gives ids that no two plots share", () => {
    const ids = [...pageOf(sampleReport).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it("says in both languages what was not covered", () => {
    const codes = Object.keys(notCoveredSentences) as (keyof typeof notCoveredSentences)[]; // as: its own keys
    const page = pageOf({ ...sampleReport, notCovered: codes.map((code) => ({ code, sentence: "" })) });
    for (const code of codes)
      expect(page).to.include(escaped(zhCN.notCovered[code])).and.include(escaped(en.notCovered[code]));
  });
});

describeInBrowser("an audit's page in a browser", (browser) => {
  it("shows its plots, asks for nothing, runs nothing, and fits a telephone", async () => {
    const page = await browser().newPage({ viewport: { width: 390, height: 844 } });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("dialog", (dialog) => void dialog.dismiss().then(() => asked.push("a dialog")));
    page.on("console", (message) => asked.push(message.text()));
    await page.setContent(pageOf(sampleReport));
    const found = await page.evaluate(() => ({
      plots: [...document.querySelectorAll("svg")].map((svg) => svg.getBoundingClientRect().height > 100),
      bars: document.querySelectorAll("svg path").length,
      scripts: document.scripts.length,
      isWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    }));
    expect(found).to.deep.include({ plots: Array(6).fill(true), scripts: 0, isWide: false });
    expect(found.bars).to.be.greaterThan(40);
    expect(asked).to.deep.equal([]);
    await page.close();
  });
});

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("'", "&#39;").replaceAll('"', "&quot;");
}
