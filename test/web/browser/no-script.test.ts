import { expect } from "chai";
import { digest, record } from "../../../web/examples/base.ts";
import { describeInBrowser } from "./chromium.ts";
import { startSite, usualScene, type Site } from "./site.ts";
import { visit, type Visit } from "./visit.ts";

describeInBrowser("the page without script", (browser) => {
  let site: Site;
  let here: Visit;
  before(async () => {
    site = await startSite();
    site.scene = { ...usualScene(), records: [record] };
  });
  beforeEach(async () => (here = await visit(browser(), site.origin, "/", { javaScriptEnabled: false })));
  afterEach(() => here.leave());
  after(() => site.stop());

  it("says what needs script and what can be done instead", async () => {
    expect(await here.page.isVisible("text=需要启用 JavaScript")).to.equal(true);
    expect(await here.page.isVisible("[data-drop]")).to.equal(false);
  });

  it("verifies a document number", async () => {
    await here.page.selectOption("#kind", "credit-penalty");
    await here.page.fill("#documentNumber", record.documentNumber!);
    await here.page.click("text=查验文号");
    expect(await here.page.isVisible('[data-verdict="in-force"]')).to.equal(true);
  });

  it("verifies a digest", async () => {
    await here.page.fill("#digest", digest);
    await here.page.click("text=查验摘要");
    expect(await here.page.isVisible('[data-verdict="in-force"]')).to.equal(true);
    expect(await here.page.isVisible(".technical summary")).to.equal(true);
  });

  it("says what is wrong, above the form and at the field", async () => {
    await here.page.fill("#digest", "12号");
    await here.page.click("text=查验摘要");
    expect(await here.page.isVisible('#problems [href="#digest"]')).to.equal(true);
    expect(await here.page.isVisible("#digest-problem")).to.equal(true);
    expect(await here.page.inputValue("#digest")).to.equal("12号");
  });
});
