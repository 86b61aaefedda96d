import { expect } from "chai";
import { examples } from "../../../web/examples/all.ts";
import { graveFaults, overTheEdge } from "./axe.ts";
import { describeInBrowser } from "./chromium.ts";
import { startSite, type Site } from "./site.ts";
import { visit } from "./visit.ts";

describeInBrowser("every state of the page", (browser) => {
  let site: Site;
  before(async () => (site = await startSite()));
  after(() => site.stop());

  for (const { name } of examples) {
    it(`${name}: axe finds nothing serious, nothing runs over the edge, nothing is stopped or sent elsewhere`, async () => {
      const { page, leave } = await visit(browser(), site.origin, `/example/${name}`);
      for (const [language, width] of [
        ["zh-CN", 1280],
        ["zh-CN", 360],
        ["en", 360],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        if (language === "en") await page.goto(`${site.origin}/example/${name}?lang=en`);
        expect(await overTheEdge(page), `${language}, ${String(width)} px`).to.be.at.most(0);
        if (width === 1280 || language === "en") expect(await graveFaults(page)).to.deep.equal([]);
      }
      await leave();
    });
  }

  it("has an axe that sees faults", async () => {
    const { page, leave } = await visit(browser(), site.origin, "/");
    await page.evaluate(() => document.querySelector("label[for=kind]")?.remove());
    expect(JSON.stringify(await graveFaults(page))).to.include("select-name");
    await leave();
  });

  const faults: Readonly<Record<string, () => void>> = {
    "an inline style": () => document.body.setAttribute("style", "color: red"),
    "a picture from elsewhere": () =>
      document.body.append(Object.assign(new Image(), { src: "https://elsewhere.example/" })),
    "a request to elsewhere": () => void fetch("https://elsewhere.example/").catch(() => undefined),
  };
  for (const [name, fault] of Object.entries(faults)) {
    it(`has a watch that sees ${name}`, async () => {
      const { page, leave } = await visit(browser(), site.origin, "/");
      await page.evaluate(fault);
      await page.waitForTimeout(50);
      const noticed = await leave().then(() => false, () => true); // prettier-ignore
      expect(noticed).to.equal(true);
    });
  }

  it("lets no script write markup past the page's own policy", async () => {
    const { page, leave } = await visit(browser(), site.origin, "/");
    const write = (): string => {
      try {
        document.body.innerHTML = "<p>";
        return "written";
      } catch (error) {
        return String(error);
      }
    };
    expect(await page.evaluate(write)).to.include("TrustedHTML");
    await leave().catch(() => undefined);
  });

  it("grows with the reader's own font size without running over the edge", async () => {
    const { page, leave } = await visit(browser(), site.origin, "/example/in-force", {
      viewport: { width: 640, height: 800 },
    });
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    expect(await overTheEdge(page)).to.be.at.most(0);
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
