import { expect } from "chai";
import { parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import { digest, record } from "../../../web/examples/base.ts";
import { bundleOf } from "../../core/verify/chain.ts";
import { amended, repaired } from "../../core/verify/scenes.ts";
import { altered, certificate, certificateOf, now } from "../certificate.ts";
import { graveFaults, overTheEdge } from "./axe.ts";
import { downloaded, focused, jsonFile, problem, verdict } from "./files.ts";
import { describeOnSite } from "./on-site.ts";
import { usualScene } from "./site.ts";
import { sent } from "./visit.ts";

const renewalOf = ({ links, proof, evidence }: Certificate): object => ({ links, proof, evidence });
const later = { block: { number: 95, timestamp: Date.parse(now) / 1000 - 60 } };

describeOnSite("a certificate on the page", (at) => {
  const take = async (value: unknown, code: string): Promise<void> => {
    await at.here.page.setInputFiles("#file", jsonFile(value));
    await verdict(at.here.page, code).waitFor();
  };
  const asked = (): string[] =>
    at.here.requests.map((request) => new URL(request.url()).pathname).filter((path) => path.startsWith("/v1/"));

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
      expect(await at.here.page.getAttribute(`[data-check=${check}]`, "data-outcome"), check).to.equal("VALID");
    }
    expect(await at.here.page.textContent(".verdict")).to.include("4 个验证人中的 3 个签章");
    expect(await at.here.page.textContent('[data-part="not-shown"]')).to.include("违法事实");
    expect(await focused(at.here.page)).to.equal("found");
    expect(asked()).to.deep.equal(["/v1/trust"]);
    expect(sent(at.here.requests)).not.to.include(certificate.record.digest);
  });

  it("is verified after the gateway stopped, by the bundle that was pinned, and not before any was", async () => {
    await at.here.page.locator('[data-trust="gateway"]').waitFor();
    await at.here.page.route("**/v1/**", (route) => route.abort());
    await take(certificate, "in-force");
    await at.here.page.click('[data-action="trust-forget"]');
    await at.here.page.locator('[data-trust="none"]').waitFor();
    await take(certificate, "unreachable");
    await at.here.page.unroute("**/v1/**");
    await take(certificate, "in-force");
  });

  it("that was altered is caught, and nobody is told", async () => {
    await take(altered, "altered");
    expect(await at.here.page.getAttribute("[data-check=digest]", "data-outcome")).to.equal("INVALID");
    expect(asked()).to.deep.equal(["/v1/trust"]);
  });

  it("that is cut short is a problem, and not forged", async () => {
    const { buffer, ...file } = jsonFile(certificate);
    await at.here.page.setInputFiles("#file", { ...file, buffer: buffer.subarray(0, 400) });
    await problem(at.here.page, "certificate-unreadable").waitFor();
    expect(await at.here.page.textContent("#problems")).to.include("这不等于证书是假的");
  });

  it("shows the chain of its amendments", async () => {
    await take(certificateOf(amended(2)), "superseded");
    expect(await at.here.page.locator(".chain > li").count()).to.equal(3);
  });

  it("grows stale by the age that its reader chooses, where the focus stays", async () => {
    await at.here.page.clock.setFixedTime("2026-12-20T00:00:00Z");
    await take(certificate, "in-force");
    await at.here.page.selectOption("#max-age", "day");
    await verdict(at.here.page, "stale").waitFor();
    expect(await focused(at.here.page)).to.equal("max-age");
    expect(await at.here.page.textContent("[role=status]")).to.include("证明已过时");
    await at.here.page.selectOption("#max-age", "any");
    await verdict(at.here.page, "in-force").waitFor();
  });

  it("is stale where this browser met a newer status of its record on another day", async () => {
    await take(certificateOf(repaired()), "ended");
    await at.here.page.reload();
    await take(certificateOf({ record: repaired().record!, block: { number: 80 } }), "stale");
    expect(await at.here.page.getAttribute("[data-check=freshness]", "data-outcome")).to.equal("ERROR");
  });

  it("of a height where this browser met another sealed header leaves the evidence to be saved", async () => {
    await take(certificate, "in-force");
    await take(certificateOf({ block: { parentHash: new Uint8Array(32).fill(5) } }), "unreachable");
    const { name, value } = await downloaded(at.here.page, () => at.here.page.click('[data-action="save-conflict"]'));
    expect(name).to.equal("hufu-conflict-block-90.json");
    expect(value).to.include({ format: "hufu-conflict", blockNumber: 90 });
  });

  it("is renewed, verified, and saved", async () => {
    at.site.scene.renewal = renewalOf(certificateOf(later));
    await take(certificate, "in-force");
    await at.here.page.click('[data-action="renew"]');
    await at.here.page.locator('[data-renewal="renewed"]').waitFor();
    expect(await focused(at.here.page)).to.equal("renewal");
    expect(await at.here.page.textContent(".facts")).to.include("区块 95");
    expect(asked()).to.include(`/v1/records/${certificate.record.digest}/proof`);
    const { value } = await downloaded(at.here.page, () => at.here.page.click('[data-action="save"]'));
    expect(parseCertificate(value).record).to.deep.equal(certificate.record);
  });

  it("says that its status changed meanwhile", async () => {
    const { record: before } = repaired();
    at.site.scene.renewal = renewalOf(certificateOf({ ...repaired(), ...later }));
    await take(certificateOf({ record: before! }), "in-force");
    await at.here.page.click('[data-action="renew"]');
    await verdict(at.here.page, "ended").waitFor();
    expect(await at.here.page.textContent("#renewal")).to.include("由“有效”变为“已终止”");
  });

  it("is not renewed by what does not hold, nor without a gateway", async () => {
    at.site.scene.renewal = renewalOf(certificateOf({ ...amended(1), ...later }));
    await take(certificate, "in-force");
    await at.here.page.click('[data-action="renew"]');
    await at.here.page.locator('[data-renewal="refused"]').waitFor();
    await at.here.page.route("**/v1/**", (route) => route.abort());
    await at.here.page.click('[data-action="renew"]');
    await at.here.page.locator('[data-renewal="unreachable"]').waitFor();
    expect(await verdict(at.here.page, "in-force").count()).to.equal(1);
  });

  it("is saved without the fields that its holder ticks, with the keyboard alone", async () => {
    await take(certificate, "in-force");
    await at.here.page.focus('[data-part="hide"] summary');
    await at.here.page.keyboard.press("Enter");
    await at.here.page.focus('[data-form="hide"] button');
    await at.here.page.keyboard.press("Enter");
    expect(await focused(at.here.page)).to.equal("hide-problem");
    expect(await graveFaults(at.here.page)).to.deep.equal([]);
    await at.here.page.focus('[value="fineAmountWan"]');
    await at.here.page.keyboard.press("Space");
    await at.here.page.focus('[data-form="hide"] button');
    const { name, value } = await downloaded(at.here.page, () => at.here.page.keyboard.press("Enter"));
    expect(name).to.match(/-reduced\.json$/);
    expect(JSON.stringify(value)).not.to.include("0.100000");
    await at.here.page.locator('[data-origin="reduced"]').waitFor();
    expect(await focused(at.here.page)).to.equal("saving");
    expect(await at.here.page.textContent('[data-part="not-shown"]')).to.include("罚款金额");
    await take(value, "in-force");
  });

  it("is taken of a record that the gateway verified, and verified here", async () => {
    at.site.scene = { ...usualScene(), records: [record], certificate };
    await at.here.page.goto(`${at.site.origin}/r/${digest}`);
    expect(await at.here.page.getAttribute('[data-part="checks"]', "data-checked-by")).to.equal("gateway");
    await at.here.page.click('[data-action="take"]');
    await at.here.page.locator('[data-checked-by="browser"]').waitFor();
    const { value } = await downloaded(at.here.page, () => at.here.page.click('[data-action="save"]'));
    expect(value).to.deep.equal(certificate);
    at.site.scene.certificate = null;
    await at.here.page.goto(`${at.site.origin}/r/${digest}`);
    await at.here.page.click('[data-action="take"]');
    await problem(at.here.page, "no-certificate").waitFor();
  });

  describe("under a trust bundle", () => {
    const words = (): Promise<string | null> => at.here.page.textContent("#trust .words");
    const other = bundleOf("qbft", { deploymentBlock: 2 });

    it("that is pinned at first use, and confirmed by its reader", async () => {
      await at.here.page.locator('[data-trust="gateway"]').waitFor();
      expect(await words()).to.equal(bundleOf().fingerprint.words.en);
      await take(certificate, "in-force");
      await at.here.page.locator('[data-under="gateway"]').waitFor();
      await at.here.page.click('[data-action="trust-confirm"]');
      await at.here.page.locator('[data-under="holder"]').waitFor();
      expect(await focused(at.here.page)).to.equal("trust");
      await at.here.page.reload();
      await at.here.page.locator('[data-trust="holder"]').waitFor();
    });

    it("that grew: taken over, told in a line, and what is open is verified again", async () => {
      await at.here.page.locator('[data-trust="gateway"]').waitFor();
      at.site.scene.trust = bundleOf("after-a-change");
      await at.here.page.reload();
      await at.here.page.locator('[data-notice="grown"] [data-change="TRANSITIONS_ADDED"]').waitFor();
      await take(certificateOf({ consensus: "after-a-change" }), "in-force");
      await at.here.page.click('[data-action="trust-dismiss"]');
      expect(await at.here.page.locator("[data-notice]").count()).to.equal(0);
    });

    it("that is too old for the certificate: in force as soon as the gateway serves the newer one", async () => {
      await take(certificateOf({ consensus: "after-a-change" }), "unreachable");
      at.site.scene.trust = bundleOf("after-a-change");
      at.site.scene.renewal = renewalOf(certificateOf({ consensus: "after-a-change", ...later }));
      await at.here.page.click('[data-action="renew"]');
      await verdict(at.here.page, "in-force").waitFor();
    });

    it("against which the gateway serves another: an alarm, and the reader decides", async () => {
      await at.here.page.locator('[data-trust="gateway"]').waitFor();
      at.site.scene.trust = other;
      await at.here.page.reload();
      await at.here.page.locator('[data-notice="other"] [data-change="DEPLOYMENT_BLOCK"]').waitFor();
      expect(await graveFaults(at.here.page)).to.deep.equal([]);
      for (const width of [360, 1280]) {
        await at.here.page.setViewportSize({ width, height: 800 });
        expect(await overTheEdge(at.here.page), String(width)).to.be.at.most(0);
      }
      expect(await words()).to.equal(bundleOf().fingerprint.words.en);
      await at.here.page.click('[data-action="trust-dismiss"]');
      expect(await words()).to.equal(bundleOf().fingerprint.words.en);
      await at.here.page.reload();
      await at.here.page.click('[data-action="trust-accept"]');
      expect(await words()).to.equal(other.fingerprint.words.en);
      await at.here.page.reload();
      await at.here.page.locator('[data-trust="gateway"]').waitFor();
      expect(await at.here.page.locator("[data-notice]").count()).to.equal(0);
    });

    it("that its reader brings as a file", async () => {
      await at.here.page.locator('[data-trust="gateway"]').waitFor();
      await at.here.page.setInputFiles("#file", jsonFile(bundleOf(), "trust.json"));
      await at.here.page.locator('[data-trust="holder"]').waitFor();
      expect(await focused(at.here.page)).to.equal("trust-notice-title");
      await at.here.page.setInputFiles("#file", jsonFile({ ...bundleOf(), chainId: 9 }, "trust.json"));
      await problem(at.here.page, "trust-unreadable").waitFor();
    });
  });
});
