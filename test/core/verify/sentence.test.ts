import { expect } from "chai";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { effects } from "../../../core/ledger/effect.ts";
import { inBeijing } from "../../../core/messages/beijing.ts";
import { en } from "../../../core/messages/en.ts";
import { checkSentence, languages, sentence, unknownSentence } from "../../../core/messages/sentence.ts";
import { zhCN } from "../../../core/messages/zh-CN.ts";
import { check, type CheckCode } from "../../../core/verify/checks.ts";
import { reasonOf, statusReasons } from "../../../core/verify/reason.ts";
import type { Unknown } from "../../../core/verify/unknowns.ts";
import { verdictCodes, verdictOf, verdictOfEffect, type Verdict } from "../../../core/verify/verdict.ts";
import { certificate, justice, market, marketName, number, penalty, repaired, verify } from "./sample.ts";

const known: Partial<Verdict> = {
  agency: { uscc: market, name: marketName },
  kind: { zh: "信用处罚", en: "credit penalty" },
  documentNumber: number,
  anchoredAt: "2026-11-03T02:00:00.000Z",
  asOf: { blockNumber: 90, blockTime: "2026-11-24T03:05:00.000Z" },
};

describe("a verdict's sentence", () => {
  it("says in force as of a block and a time in Beijing, of whom, since when", () => {
    const verdict = verdictOf("in-force", { ...known, toldBy: "gateway" });
    expect(sentence(verdict, "zh-CN")).to.equal(
      "真实，截至区块 90（北京时间2026年11月24日11:05）现行有效。该记录为坪山示例市场监管局（虚构）的信用处罚（深坪示市监罚〔2026〕101号），于北京时间2026年11月3日10:00上链。账本的状态由本网关告知，未经独立核对。",
    );
    expect(sentence(verdict, "en")).to.equal(
      "Genuine and in force as of block 90 at 24 November 2026, 11:05 (Beijing time). It is the credit penalty 深坪示市监罚〔2026〕101号 of 坪山示例市场监管局（虚构）, anchored on 3 November 2026, 10:00 (Beijing time). The ledger's state is as told by this gateway, and not checked on its own.",
    );
  });

  it("says credit repaired on D, revoked by a court, superseded by X", () => {
    const { verdict } = verify(certificate(penalty(), { status: repaired }));
    expect(sentence(verdict, "en")).to.match(
      /^Genuine, credit repaired on 19 November 2026; no longer in effect as of block 90/,
    );
    expect(sentence(verdict, "zh-CN")).to.match(/^真实，2026年11月19日准予信用修复，截至区块 90/);
    const revoked = verdictOf("withdrawn", {
      ...known,
      reason: "REVOKED_BY_COURT",
      decisionDate: "2026-09-09",
      actor: { uscc: justice, name: "司法局" },
    });
    expect(sentence(revoked, "en")).to.match(/^Genuine, revoked by a court on 9 September 2026; withdrawn/);
    expect(sentence(revoked, "en")).to.include("The status was set by 司法局.");
    expect(sentence(revoked, "zh-CN")).to.include("2026年9月9日被法院撤销").and.include("效力由司法局决定");
    const superseded = verdictOf("superseded", { ...known, successor: "ab".repeat(32) });
    for (const language of languages) expect(sentence(superseded, language)).to.include("ab".repeat(32));
  });

  it("has the reasons of the schema, and no others", () => {
    const field = builtInKinds.byName("status-decision")?.fields.find(({ name }) => name === "reason");
    expect(field?.type === "enum" ? field.values : []).to.deep.equal(statusReasons);
    expect(statusReasons.map(reasonOf)).to.deep.equal(statusReasons);
    expect([reasonOf(null), reasonOf("OF_A_LATER_SCHEMA")]).to.deep.equal([null, null]);
  });

  it("of every effect with every reason differs, names the day and the block, in both languages", () => {
    for (const language of languages) {
      const all = effects.flatMap((effect) =>
        [null, ...statusReasons].map((reason) => {
          const grounds = { ...known, reason, decisionDate: reason && "2026-09-09", successor: "ab".repeat(32) };
          const text = sentence(verdictOf(verdictOfEffect(effect), grounds), language);
          if (reason !== null) expect(text).to.include(language === "en" ? "9 September 2026" : "2026年9月9日");
          expect(text)
            .to.include(language === "en" ? "Genuine" : "真实")
            .and.include("90")
            .and.include(marketName);
          return text;
        }),
      );
      expect(new Set(all).size).to.equal(5 * 17);
    }
  });

  it("is there for every verdict, whatever is known, and leaves no gap", () => {
    for (const language of languages) {
      for (const code of verdictCodes) {
        for (const cause of [null, "NODE_UNREACHABLE", "NODE_BEHIND", "SCHEMA_UNKNOWN"] as const) {
          for (const facts of [{}, known, { ...known, reason: "FULFILLED" } as const]) {
            const text = sentence(verdictOf(code, { ...facts, cause }), language);
            expect(text, `${code} ${language}`)
              .to.match(/[.。]$/)
              .and.not.match(/undefined|null|NaN| {2}|。。|\.\./);
          }
        }
      }
    }
  });

  it("never calls altered, unknown or unreachable genuine, and says that neither of the last two is a forgery", () => {
    for (const code of ["altered", "unknown", "unreachable"] as const) {
      expect(sentence(verdictOf(code, known), "en")).to.not.include("Genuine");
      expect(sentence(verdictOf(code, known), "zh-CN")).to.not.match(/^真实/);
    }
    expect(sentence(verdictOf("unknown"), "en")).to.include("not make it a forgery");
    expect(sentence(verdictOf("unreachable"), "zh-CN")).to.include("不说明真假");
  });
});

describe("the other texts", () => {
  it("are there for every check and every thing not known, without a gap", () => {
    const params = {
      name: "remark",
      count: 3,
      expected: 3,
      found: 2,
      kind: "credit-penalty",
      zh: "信用处罚",
      version: 1,
      block: 7,
      wanted: 9,
      instant: "2026-11-24T03:05:00.000Z",
    };
    for (const language of languages) {
      const codes = Object.keys(en.check) as CheckCode[]; // as: the keys of a closed record
      for (const code of codes) {
        expect(checkSentence(check("batch", "VALID", code, params), language))
          .to.match(/[.。]$/)
          .and.not.match(/undefined|null|NaN/);
      }
      const unknowns = Object.keys(en.unknown) as Unknown["code"][]; // as: the keys of a closed record
      for (const code of unknowns) {
        expect(unknownSentence({ code, params }, language))
          .to.match(/[.。]$/)
          .and.not.match(/undefined|null|NaN/);
      }
    }
    expect(Object.keys(zhCN.check)).to.have.members(Object.keys(en.check));
  });

  it("tell the time of Beijing, across midnight and the end of a year", () => {
    expect(inBeijing("2026-12-31T15:59:59.999Z")).to.deep.equal({ date: "2026-12-31", clock: "23:59" });
    expect(inBeijing("2026-12-31T16:00:00.000Z")).to.deep.equal({ date: "2027-01-01", clock: "00:00" });
  });
});
