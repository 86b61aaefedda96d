import { expect } from "chai";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { languages, type Language } from "../../core/messages/sentence.ts";
import { considerOffer, type TrustHeld } from "../../web/trust/offer.ts";
import { escapeText } from "../../web/view/html.ts";
import { trustMessages } from "../../web/view/messages.ts";
import { trustNotice } from "../../web/view/trust-notice.ts";
import { trustView } from "../../web/view/trust.ts";
import { bundleOf, market, type ChainType } from "../core/verify/chain.ts";
import { rememberedRecover, trusted } from "../core/verify/sample.ts";

const contextIn = (language: Language, isOffline = false) => ({
  ...{ language, isOffline },
  kinds: builtInKinds,
  publicUrl: "https://hufu.example",
});
const tools = { keccak: nobleKeccak, recover: rememberedRecover };
const offer = (offered: unknown, broughtBy: "gateway" | "holder" = "gateway"): TrustHeld =>
  considerOffer(trusted(), offered, broughtBy, tools);
const draw = (held: TrustHeld, language: Language = "zh-CN"): string =>
  trustNotice(held, contextIn(language))?.toString() ?? "";

describe("view of the trust bundle", () => {
  for (const language of languages) {
    it(`reads the fingerprint in words, characters in groups, and says what a gateway's bundle is worth, in ${language}`, () => {
      const held = { ...trusted(), broughtBy: "gateway" } as const;
      const markup = trustView(held, contextIn(language)).toString();
      const { words } = held.bundle.fingerprint;
      for (const group of words["zh-CN"].split(" ")) expect(markup).to.include(`<span>${group}</span>`);
      expect(markup)
        .to.include(words.en)
        .and.include('data-action="trust-confirm"')
        .and.include('data-trust="gateway"');
      expect(markup).to.include(trustMessages(language).publishedBy);
    });
  }

  it("asks for no confirmation of what the holder confirmed, or brought", () => {
    const markup = trustView(trusted(), contextIn("zh-CN")).toString();
    expect(markup).to.include('data-trust="holder"').and.not.include("trust-confirm");
  });

  it("says so where no validator's institution is among the publishers", () => {
    const alone = trusted("qbft", { publishers: [] });
    const sentence = escapeText(trustMessages("en").gatewayAlone);
    expect(trustView(alone, contextIn("en")).toString()).to.include(sentence);
    expect(trustView(trusted(), contextIn("en")).toString()).not.to.include(sentence);
  });

  it("says whose words to compare, and by whose account they publish it, where that would be an institution", () => {
    const publishers = [{ name: "坪山示例网关（虚构）", role: "gateway", validator: null, url: null }] as const;
    const alone = trusted("qbft", { publishers });
    for (const language of languages) {
      const words = trustMessages(language);
      const [ownAccount, compare, nobody] = [words.ownAccount, words.compare, words.nobodyToCompare].map(escapeText);
      const [named, unnamed] = [trusted(), alone].map((each) => trustView(each, contextIn(language)).toString());
      expect(named).to.include(ownAccount).and.include(compare).and.not.include(nobody);
      expect(unnamed).to.include(nobody).and.not.include(ownAccount).and.not.include(compare);
    }
  });

  it("never calls a Clique block final, and says of a development chain who seals it", () => {
    const text = (type: ChainType): string => trustView(trusted(type), contextIn("en")).toString();
    expect(text("clique"))
      .to.include("endorsed")
      .and.not.match(/\bfinal\b/);
    expect(text("development")).to.include("the gateway seals itself");
    expect(text("after-a-change")).to.include("5, since block 31 (QBFT)");
  });

  it("says what to do where there is none, and offline something else", () => {
    expect(trustView(null, contextIn("zh-CN")).toString())
      .to.include('data-trust="none"')
      .and.include("连上网关");
    expect(trustView(null, contextIn("zh-CN", true)).toString())
      .to.include('data-trust="none"')
      .and.not.include("连上网关");
  });

  it("alarms at another bundle: what is different, both fingerprints, and two ways to decide", () => {
    const other = bundleOf("qbft", { chainId: 7, deploymentBlock: 2 });
    const markup = draw(offer(other));
    expect(markup).to.include('role="alert"').and.include('data-notice="other"');
    for (const code of ["CHAIN_ID", "DEPLOYMENT_BLOCK"]) expect(markup).to.include(`data-change="${code}"`);
    expect(markup).to.include(trusted().bundle.fingerprint.words.en).and.include(other.fingerprint.words.en);
    expect(markup).to.include('data-action="trust-dismiss"').and.include('data-action="trust-accept"');
  });

  it("asks for what the gateway adds and nobody proves, in words of its own", () => {
    const more = bundleOf("qbft", { agencies: [], publishers: [] });
    for (const language of languages) {
      const markup = draw(offer(more), language);
      expect(markup).to.include('role="alert"').and.include('data-notice="more"');
      const words = trustMessages(language).notice;
      expect(markup).to.include(escapeText(words.moreLead)).and.not.include(escapeText(words.otherLead));
      for (const code of ["AGENCIES_CHANGED", "PUBLISHERS_CHANGED"]) expect(markup).to.include(`data-change="${code}"`);
      expect(markup).to.include('data-action="trust-dismiss"').and.include('data-action="trust-accept"');
    }
  });

  it("tells of growth in a line, naming the agencies and publishers that changed", () => {
    const brought = bundleOf("qbft", { agencies: [{ uscc: market, name: "<别的>" }], publishers: [] });
    const markup = draw(offer(brought, "holder"));
    expect(markup).to.include('data-notice="grown"').and.not.include('role="alert"');
    expect(markup).to.include("+ &lt;别的&gt;").and.include("− 坪山示例市场监管局（虚构）");
    expect(markup).to.include("− 坪山示例审计局（虚构）");
    expect(draw(offer(bundleOf("after-a-change")), "en")).to.include('data-change="TRANSITIONS_ADDED"');
  });

  it("tells why a bundle was not taken", () => {
    const unproven = bundleOf("qbft", { genesis: { ...bundleOf().genesis, hash: `0x${"1".repeat(64)}` } });
    expect(draw(offer(unproven))).to.include('data-notice="unproven"');
    expect(draw(offer({}))).to.include('data-notice="unreadable"');
    expect(draw(offer(bundleOf(), "holder"))).to.include('data-notice="same"');
    expect(draw(offer(bundleOf()))).to.equal("");
  });
});
