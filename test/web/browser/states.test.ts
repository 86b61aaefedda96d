import { expect } from "chai";
import axe from "axe-core";
import { languages } from "../../../core/messages/sentence.ts";
import { examples } from "../../../web/examples/all.ts";
import { describeInBrowser } from "./chromium.ts";
import { startSite, type Site } from "./site.ts";
import { visit } from "./visit.ts";

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

describeInBrowser("every state of the page", (browser) => {
  let site: Site;
  before(async () => (site = await startSite()));
  after(() => site.stop());

  for (const { name } of examples) {
    it(`${name}: axe finds nothing serious, nothing runs over the edge, nothing is stopped or sent elsewhere`, async () => {
      for (const language of languages) {
        const { page, leave } = await visit(browser(), site.origin, `/example/${name}?lang=${language}`);
        for (const width of [1280, 360]) {
          await page.setViewportSize({ width, height: 800 });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(over, `${language}, ${String(width)} px`).to.be.at.most(0);
          await page.evaluate(axe.source);
          // as: axe.run answers with its documented shape
          const found = (await page.evaluate("axe.run().then((result) => result.violations)")) as readonly Finding[];
          const grave = found.filter(({ impact }) => impact === "serious" || impact === "critical");
          expect(grave.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).to.deep.equal([]);
        }
        await leave();
      }
    });
  }

  it("grows with the reader's own font size without running over the edge", async () => {
    const { page, leave } = await visit(browser(), site.origin, "/example/in-force", {
      viewport: { width: 640, height: 800 },
    });
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).to.be.at.most(0);
    await leave();
  });

  it("prints the verdict and its link without forms", async () => {
    const { page, leave } = await visit(browser(), site.origin, "/example/in-force");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".verdict").isVisible()).to.equal(true);
    expect(await page.locator(".ways").isVisible()).to.equal(false);
    expect(await page.locator(".technical dl").isVisible()).to.equal(true);
    await leave();
  });
});
