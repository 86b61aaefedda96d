import { expect } from "chai";
import { parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import { digest, record } from "../../../web/examples/base.ts";
import { bundleOf } from "../../core/verify/chain.ts";
import { amended, repaired } from "../../core/verify/scenes.ts";
import { altered, certificate, certificateOf, now } from "../certificate.ts";
import { graveFaults, overTheEdge } from "./axe.ts";
import { describeInBrowser } from "./chromium.ts";
import { downloaded, focused, jsonFile, problem, verdict } from "./files.ts";
import { startSite, usualScene, type Site } from "./site.ts";
import { sent, visit, type Visit } from "./visit.ts";

const renewalOf = ({ links, proof, evidence }: Certificate): object => ({ links, proof, evidence });
const later = { block: { number: 95, timestamp: Date.parse(now) / 1000 - 60 } };

describeInBrowser("a certificate on the page", (browser) => {
  let site: Site;
  let here: Visit;
  before(async () => (site = await startSite()));
  beforeEach(async () => {
    site.scene = usualScene();
    here = await visit(browser(), site.origin, "/");
  });
  afterEach(() => here.leave());
  after(() => site.stop());

  const take = async (value: unknown, code: string): Promise<void> => {
    await here.page.setInputFiles("#file", jsonFile(value));
    await verdict(here.page, code).waitFor();
  };
  const asked = (): string[] =>
    here.requests.map((request) => new URL(request.url()).pathname).filter((path) => path.startsWith("/v1/"));

  it("is verified here, and nothing of it is sent: all that is asked for is the trust bundle", async () => {
    await take(certificate, "in-force");
    for (const check of [
      "disclosures",
      "schema",
      "digest",
      "path",
      "state-proof",
      "batch",
      "status",
      "seals",
      "trust",
      "freshness",
    ]) {
      expect(await here.page.getAttribute(`[data-check=${check}]`, "data-outcome"), check).to.equal("VALID");
    }
    expect(await here.page.textContent(".verdict")).to.include("4 个验证人中的 3 个签章");
    expect(await here.page.textContent('[data-part="not-shown"]')).to.include("违法事实");
    expect(await focused(here.page)).to.equal("found");
    expect(asked()).to.deep.equal(["/v1/trust"]);
    expect(sent(here.requests)).not.to.include(certificate.record.digest);
  });

  it("is verified after the gateway stopped, by the bundle that was pinned, and not before any was", async () => {
    await here.page.locator('[data-trust="gateway"]').waitFor();
    await here.page.route("**/v1/**", (route) => route.abort());
    await take(certificate, "in-force");
    await here.page.click('[data-action="trust-forget"]');
    await here.page.locator('[data-trust="none"]').waitFor();
    await take(certificate, "unreachable");
    await here.page.unroute("**/v1/**");
    await take(certificate, "in-force");
  });

  it("that was altered is caught, and nobody is told", async () => {
    await take(altered, "altered");
    expect(await here.page.getAttribute("[data-check=digest]", "data-outcome")).to.equal("INVALID");
    expect(asked()).to.deep.equal(["/v1/trust"]);
  });

  it("that is cut short is a problem, and not forged", async () => {
    const { buffer, ...file } = jsonFile(certificate);
    await here.page.setInputFiles("#file", { ...file, buffer: buffer.subarray(0, 400) });
    await problem(here.page, "certificate-unreadable").waitFor();
    expect(await here.page.textContent("#problems")).to.include("这不等于证书是假的");
  });

  it("shows the chain of its amendments", async () => {
    await take(certificateOf(amended(2)), "superseded");
    expect(await here.page.locator(".chain > li").count()).to.equal(3);
  });

  it("grows stale by the age that its reader chooses, where the focus stays", async () => {
    await here.page.clock.setFixedTime("2026-12-20T00:00:00Z");
    await take(certificate, "in-force");
    await here.page.selectOption("#max-age", "day");
    await verdict(here.page, "stale").waitFor();
    expect(await focused(here.page)).to.equal("max-age");
    expect(await here.page.textContent("[role=status]")).to.include("证明已过时");
    await here.page.selectOption("#max-age", "any");
    await verdict(here.page, "in-force").waitFor();
  });

  it("is stale where this browser met a newer status of its record on another day", async () => {
    await take(certificateOf(repaired()), "ended");
    await here.page.reload();
    await take(certificateOf({ record: repaired().record!, block: { number: 80 } }), "stale");
    expect(await here.page.getAttribute("[data-check=freshness]", "data-outcome")).to.equal("ERROR");
  });

  it("of a height where this browser met another sealed header leaves the evidence to be saved", async () => {
    await take(certificate, "in-force");
    await take(certificateOf({ block: { parentHash: new Uint8Array(32).fill(5) } }), "unreachable");
    const { name, value } = await downloaded(here.page, () => here.page.click('[data-action="save-conflict"]'));
    expect(name).to.equal("hufu-conflict-block-90.json");
    expect(value).to.include({ format: "hufu-conflict", blockNumber: 90 });
  });

  it("is renewed, verified, and saved", async () => {
    site.scene.renewal = renewalOf(certificateOf(later));
    await take(certificate, "in-force");
    await here.page.click('[data-action="renew"]');
    await here.page.locator('[data-renewal="renewed"]').waitFor();
    expect(await focused(here.page)).to.equal("renewal");
    expect(await here.page.textContent(".facts")).to.include("区块 95");
    expect(asked()).to.include(`/v1/records/${certificate.record.digest}/proof`);
    const { value } = await downloaded(here.page, () => here.page.click('[data-action="save"]'));
    expect(parseCertificate(value).record).to.deep.equal(certificate.record);
  });

  it("says that its status changed meanwhile", async () => {
    const { record: before } = repaired();
    site.scene.renewal = renewalOf(certificateOf({ ...repaired(), ...later }));
    await take(certificateOf({ record: before! }), "in-force");
    await here.page.click('[data-action="renew"]');
    await verdict(here.page, "ended").waitFor();
    expect(await here.page.textContent("#renewal")).to.include("由“有效”变为“已终止”");
  });

  it("is not renewed by what does not hold, nor without a gateway", async () => {
    site.scene.renewal = renewalOf(certificateOf({ ...amended(1), ...later }));
    await take(certificate, "in-force");
    await here.page.click('[data-action="renew"]');
    await here.page.locator('[data-renewal="refused"]').waitFor();
    await here.page.route("**/v1/**", (route) => route.abort());
    await here.page.click('[data-action="renew"]');
    await here.page.locator('[data-renewal="unreachable"]').waitFor();
    expect(await verdict(here.page, "in-force").count()).to.equal(1);
  });

  it("is saved without the fields that its holder ticks, with the keyboard alone", async () => {
    await take(certificate, "in-force");
    await here.page.focus('[data-part="hide"] summary');
    await here.page.keyboard.press("Enter");
    await here.page.focus('[data-form="hide"] button');
    await here.page.keyboard.press("Enter");
    expect(await focused(here.page)).to.equal("hide-problem");
    expect(await graveFaults(here.page)).to.deep.equal([]);
    await here.page.focus('[value="fineAmountWan"]');
    await here.page.keyboard.press("Space");
    await here.page.focus('[data-form="hide"] button');
    const { name, value } = await downloaded(here.page, () => here.page.keyboard.press("Enter"));
    expect(name).to.match(/-reduced\.json$/);
    expect(JSON.stringify(value)).not.to.include("0.100000");
    await here.page.locator('[data-origin="reduced"]').waitFor();
    expect(await focused(here.page)).to.equal("saving");
    expect(await here.page.textContent('[data-part="not-shown"]')).to.include("罚款金额");
    await take(value, "in-force");
  });

  it("is taken of a record that the gateway verified, and verified here", async () => {
    site.scene = { ...usualScene(), records: [record], certificate };
    await here.page.goto(`${site.origin}/r/${digest}`);
    expect(await here.page.getAttribute('[data-part="checks"]', "data-checked-by")).to.equal("gateway");
    await here.page.click('[data-action="take"]');
    await here.page.locator('[data-checked-by="browser"]').waitFor();
    const { value } = await downloaded(here.page, () => here.page.click('[data-action="save"]'));
    expect(value).to.deep.equal(certificate);
    site.scene.certificate = null;
    await here.page.goto(`${site.origin}/r/${digest}`);
    await here.page.click('[data-action="take"]');
    await problem(here.page, "no-certificate").waitFor();
  });

  describe("under a trust bundle", () => {
    const words = (): Promise<string | null> => here.page.textContent("#trust .words");
    const other = bundleOf("qbft", { deploymentBlock: 2 });

    it("that is pinned at first use, and confirmed by its reader", async () => {
      await here.page.locator('[data-trust="gateway"]').waitFor();
      expect(await words()).to.equal(bundleOf().fingerprint.words.en);
      await take(certificate, "in-force");
      await here.page.locator('[data-under="gateway"]').waitFor();
      await here.page.click('[data-action="trust-confirm"]');
      await here.page.locator('[data-under="holder"]').waitFor();
      expect(await focused(here.page)).to.equal("trust");
      await here.page.reload();
      await here.page.locator('[data-trust="holder"]').waitFor();
    });

    it("that grew: taken over, told in a line, and what is open is verified again", async () => {
      await here.page.locator('[data-trust="gateway"]').waitFor();
      site.scene.trust = bundleOf("after-a-change");
      await here.page.reload();
      await here.page.locator('[data-notice="grown"] [data-change="TRANSITIONS_ADDED"]').waitFor();
      await take(certificateOf({ consensus: "after-a-change" }), "in-force");
      await here.page.click('[data-action="trust-dismiss"]');
      expect(await here.page.locator("[data-notice]").count()).to.equal(0);
    });

    it("that is too old for the certificate: in force as soon as the gateway serves the newer one", async () => {
      await take(certificateOf({ consensus: "after-a-change" }), "unreachable");
      site.scene.trust = bundleOf("after-a-change");
      site.scene.renewal = renewalOf(certificateOf({ consensus: "after-a-change", ...later }));
      await here.page.click('[data-action="renew"]');
      await verdict(here.page, "in-force").waitFor();
    });

    it("against which the gateway serves another: an alarm, and the reader decides", async () => {
      await here.page.locator('[data-trust="gateway"]').waitFor();
      site.scene.trust = other;
      await here.page.reload();
      await here.page.locator('[data-notice="other"] [data-change="DEPLOYMENT_BLOCK"]').waitFor();
      expect(await graveFaults(here.page)).to.deep.equal([]);
      for (const width of [360, 1280]) {
        await here.page.setViewportSize({ width, height: 800 });
        expect(await overTheEdge(here.page), String(width)).to.be.at.most(0);
      }
      expect(await words()).to.equal(bundleOf().fingerprint.words.en);
      await here.page.click('[data-action="trust-dismiss"]');
      expect(await words()).to.equal(bundleOf().fingerprint.words.en);
      await here.page.reload();
      await here.page.click('[data-action="trust-accept"]');
      expect(await words()).to.equal(other.fingerprint.words.en);
      await here.page.reload();
      await here.page.locator('[data-trust="gateway"]').waitFor();
      expect(await here.page.locator("[data-notice]").count()).to.equal(0);
    });

    it("that its reader brings as a file", async () => {
      await here.page.locator('[data-trust="gateway"]').waitFor();
      await here.page.setInputFiles("#file", jsonFile(bundleOf(), "trust.json"));
      await here.page.locator('[data-trust="holder"]').waitFor();
      expect(await focused(here.page)).to.equal("trust-notice-title");
      await here.page.setInputFiles("#file", jsonFile({ ...bundleOf(), chainId: 9 }, "trust.json"));
      await problem(here.page, "trust-unreadable").waitFor();
    });
  });
});
