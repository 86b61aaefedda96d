import { expect } from "chai";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import type { TrustBundle } from "../../core/trust/bundle.ts";
import { createMemory } from "../../web/browser/memory.ts";
import { createTrustKeeper, type TrustKeeper } from "../../web/trust/keeper.ts";
import { bundleOf, market } from "../core/verify/chain.ts";
import { rememberedRecover } from "../core/verify/sample.ts";
import { storageWith } from "./storage.ts";

const first = bundleOf("qbft");
const grown = bundleOf("after-a-change");
const renamed = bundleOf("qbft", { agencies: [{ uscc: market, name: "别的名字（虚构）" }] });
const checkpoints = [{ blockNumber: 90, blockHash: `0x${"ab".repeat(32)}` }] as const;
/** Growth that no validator proves, with what is told of it. */
const unproved = [
  [renamed, ["AGENCIES_CHANGED"]],
  [bundleOf("qbft", { checkpoints }), ["CHECKPOINTS_ADDED"]],
  [bundleOf("qbft", { publishers: [] }), ["PUBLISHERS_CHANGED"]],
  [bundleOf("after-a-change", { checkpoints }), ["TRANSITIONS_ADDED", "CHECKPOINTS_ADDED"]],
] as const;
const other = bundleOf("qbft", { deploymentBlock: 2 });
const elsewhere = bundleOf("qbft", { chainId: 7 });
const laterSame = bundleOf("qbft", { publishedAt: { blockNumber: 200, blockTime: "2026-11-24T03:05:00.000Z" } });
/** Its genesis header is another block's. */
const unproven = bundleOf("qbft", { genesis: { ...first.genesis, hash: `0x${"1".repeat(64)}` } });

interface Kept {
  readonly keeper: TrustKeeper;
  /** how often a change was told, and how often that the ledger is another */
  readonly told: { changes: number; ledgers: number };
  /** the same browser, some other day */
  again(builtIn?: unknown): TrustKeeper;
}

function keeping(storage = storageWith(), builtIn?: unknown): Kept {
  const told = { changes: 0, ledgers: 0 };
  const make = (given: unknown): TrustKeeper =>
    createTrustKeeper({
      memory: createMemory(() => storage),
      builtIn: given,
      changed: () => told.changes++,
      anotherLedger: () => told.ledgers++,
      keccak: nobleKeccak,
      recover: rememberedRecover,
    });
  return { keeper: make(builtIn), told, again: make };
}

const believed = (keeper: TrustKeeper): unknown => {
  const { trusted } = keeper.held();
  return trusted && [trusted.bundle.fingerprint.sha256, trusted.broughtBy];
};
const of = ({ fingerprint }: TrustBundle, broughtBy: "gateway" | "holder"): unknown => [fingerprint.sha256, broughtBy];
const notice = (keeper: TrustKeeper): unknown => keeper.held().notice?.is ?? null;

describe("the trust bundle of a browser", () => {
  it("is none at first; the gateway's is pinned at first use, as the gateway's word", () => {
    const { keeper, told, again } = keeping();
    expect(believed(keeper)).to.equal(null);
    keeper.offer(first, "gateway");
    expect(believed(keeper)).to.deep.equal(of(first, "gateway"));
    expect([notice(keeper), told.changes]).to.deep.equal([null, 1]);
    expect(believed(again())).to.deep.equal(of(first, "gateway"));
  });

  it("is the holder's once they confirmed it, or brought it themselves", () => {
    const { keeper, again } = keeping();
    keeper.offer(first, "gateway");
    keeper.confirm();
    expect(believed(again())).to.deep.equal(of(first, "holder"));
    const brought = keeping();
    brought.keeper.offer(first, "holder");
    expect([believed(brought.keeper), notice(brought.keeper)]).to.deep.equal([of(first, "holder"), "first"]);
    expect(believed(brought.again())).to.deep.equal(of(first, "holder"));
  });

  it("counts as compared where the holder brings the one that the gateway served", () => {
    const { keeper, again } = keeping();
    keeper.offer(first, "gateway");
    keeper.offer(laterSame, "holder");
    expect([believed(keeper), notice(keeper)]).to.deep.equal([of(first, "holder"), "same"]);
    expect(believed(again())).to.deep.equal(of(first, "holder"));
  });

  it("stays where the gateway serves the same, made at another block", () => {
    const { keeper } = keeping();
    keeper.offer(first, "gateway");
    keeper.confirm();
    keeper.offer(laterSame, "gateway");
    expect([believed(keeper), notice(keeper)]).to.deep.equal([of(first, "holder"), null]);
  });

  it("gives way to one that grew by proven changes, and a confirmation holds on", () => {
    const { keeper, again } = keeping();
    keeper.offer(first, "gateway");
    keeper.confirm();
    keeper.offer(grown, "gateway");
    expect(believed(keeper)).to.deep.equal(of(grown, "holder"));
    expect(keeper.held().notice).to.deep.include({ is: "grown", what: ["TRANSITIONS_ADDED"] });
    expect(believed(again())).to.deep.equal(of(grown, "holder"));
    keeper.dismiss();
    expect(notice(keeper)).to.equal(null);
  });

  it("that is the gateway's gives way to what the gateway adds", () => {
    for (const [offered, what] of unproved) {
      const { keeper } = keeping();
      keeper.offer(first, "gateway");
      keeper.offer(offered, "gateway");
      expect(believed(keeper)).to.deep.equal(of(offered, "gateway"));
      expect(keeper.held().notice).to.deep.include({ is: "grown", what });
    }
  });

  it("that its holder vouched for stays against what the gateway adds, until they decide", () => {
    for (const [offered, what] of unproved) {
      const { keeper, told, again } = keeping();
      keeper.offer(first, "holder");
      keeper.offer(offered, "gateway");
      expect(believed(keeper)).to.deep.equal(of(first, "holder"));
      expect(keeper.held().notice).to.deep.include({ is: "more", what });
      expect(believed(again())).to.deep.equal(of(first, "holder"));
      keeper.dismiss();
      expect([believed(keeper), notice(keeper)]).to.deep.equal([of(first, "holder"), null]);
      keeper.offer(offered, "gateway");
      keeper.accept();
      expect([believed(keeper), notice(keeper)]).to.deep.equal([of(offered, "gateway"), null]);
      expect(believed(again())).to.deep.equal(of(offered, "gateway"));
      expect(told.ledgers).to.equal(0);
    }
  });

  it("that its holder vouched for gives way to what they bring themselves", () => {
    for (const [offered, what] of unproved) {
      const { keeper } = keeping();
      keeper.offer(first, "holder");
      keeper.offer(offered, "holder");
      expect(believed(keeper)).to.deep.equal(of(offered, "holder"));
      expect(keeper.held().notice).to.deep.include({ is: "grown", what });
    }
  });

  it("is not given up, and nobody accused, where one of the same ledger lacks a checkpoint of it", () => {
    const more = bundleOf("qbft", { checkpoints });
    for (const [kept, broughtBy] of [
      ["gateway", "gateway"],
      ["holder", "gateway"],
      ["holder", "holder"],
    ] as const) {
      const { keeper, told } = keeping();
      keeper.offer(more, kept);
      keeper.offer(bundleOf("qbft", { publishers: [] }), broughtBy);
      expect(believed(keeper)).to.deep.equal(of(more, kept));
      const what = ["CHECKPOINTS_MISSING", "PUBLISHERS_CHANGED"];
      expect(keeper.held().notice).to.deep.include({ is: "more", what });
      keeper.accept();
      expect(believed(keeper)).to.deep.equal(of(bundleOf("qbft", { publishers: [] }), broughtBy));
      expect(told.ledgers).to.equal(0);
    }
  });

  it("takes proven changes from the gateway, and not how new it says that it is", () => {
    const published = (blockNumber: number) => ({
      publishedAt: { blockNumber, blockTime: "2026-11-01T00:00:05.000Z" },
    });
    const { keeper } = keeping();
    keeper.offer(bundleOf("qbft", published(5)), "holder");
    keeper.offer(bundleOf("after-a-change", published(9_000_000)), "gateway");
    const { trusted, notice: said } = keeper.held();
    const { publishedAt, transitions } = trusted!.bundle;
    expect(publishedAt).to.deep.equal({ blockNumber: 31, blockTime: "2026-11-01T00:00:31.000Z" });
    expect(transitions).to.deep.equal(grown.transitions);
    expect([trusted!.broughtBy, trusted!.state.since]).to.deep.equal(["holder", 31]);
    expect(said).to.deep.include({ is: "grown", after: trusted!.bundle });
    keeper.offer(bundleOf("after-a-change", published(9_000_000)), "gateway");
    expect(notice(keeper)).to.equal(null);
  });

  it("stays against another one until its holder decides; then the other is pinned as the gateway's", () => {
    const { keeper, told, again } = keeping();
    keeper.offer(first, "holder");
    keeper.offer(other, "gateway");
    expect(believed(keeper)).to.deep.equal(of(first, "holder"));
    expect(keeper.held().notice).to.deep.include({ is: "other", what: ["DEPLOYMENT_BLOCK"] });
    expect(believed(again())).to.deep.equal(of(first, "holder"));
    keeper.dismiss();
    expect([believed(keeper), notice(keeper)]).to.deep.equal([of(first, "holder"), null]);
    keeper.accept();
    expect(believed(keeper)).to.deep.equal(of(first, "holder"));
    keeper.offer(other, "gateway");
    keeper.accept();
    expect([believed(keeper), notice(keeper)]).to.deep.equal([of(other, "gateway"), null]);
    expect(believed(again())).to.deep.equal(of(other, "gateway"));
    expect(told.ledgers).to.equal(0);
  });

  it("tells, before another ledger's is taken, that what was met is of the old one", () => {
    const { keeper, told } = keeping();
    keeper.offer(first, "gateway");
    keeper.offer(elsewhere, "holder");
    expect(told.ledgers).to.equal(0);
    keeper.accept();
    expect([believed(keeper), told.ledgers]).to.deep.equal([of(elsewhere, "holder"), 1]);
  });

  for (const [name, offered, is] of [
    ["no bundle", { format: "hufu-trust" }, "unreadable"],
    ["an altered one", { ...first, chainId: 9 }, "unreadable"],
    ["one that does not prove itself", unproven, "unproven"],
  ] as const) {
    it(`is never ${name}`, () => {
      const { keeper, again } = keeping();
      keeper.offer(offered, "gateway");
      expect([believed(keeper), notice(keeper)]).to.deep.equal([null, is]);
      keeper.offer(first, "gateway");
      keeper.offer(offered, "holder");
      expect([believed(keeper), notice(keeper)]).to.deep.equal([of(first, "gateway"), is]);
      expect(believed(again())).to.deep.equal(of(first, "gateway"));
    });
  }

  it("is none again where what was kept was altered", () => {
    const storage = storageWith();
    storage.setItem("hufu.trust.v1", JSON.stringify({ bundle: { ...first, chainId: 9 }, broughtBy: "holder" }));
    expect(believed(keeping(storage).keeper)).to.equal(null);
    storage.setItem("hufu.trust.v1", "7");
    expect(believed(keeping(storage).keeper)).to.equal(null);
  });

  it("is forgotten at a word", () => {
    const { keeper, again } = keeping();
    keeper.offer(first, "holder");
    keeper.forget();
    expect([believed(keeper), believed(again())]).to.deep.equal([null, null]);
  });

  it("is the one that came with the verifier, whatever of it the gateway changed", () => {
    const { keeper, again } = keeping();
    keeper.offer(renamed, "gateway");
    expect(believed(again(first))).to.deep.equal(of(first, "holder"));
  });

  it("is the one that came with the verifier, or what that one grew to", () => {
    const { keeper, again } = keeping(storageWith(), first);
    expect(believed(keeper)).to.deep.equal(of(first, "holder"));
    keeper.offer(grown, "holder");
    expect(believed(again(first))).to.deep.equal(of(grown, "holder"));
    expect(believed(again(elsewhere))).to.deep.equal(of(elsewhere, "holder"));
    keeper.forget();
    expect(believed(keeper)).to.deep.equal(of(first, "holder"));
  });
});
