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
import {
  causes,
  verdictCodes,
  verdictOf,
  verdictOfEffect,
  type Cause,
  type Verdict,
} from "../../../core/verify/verdict.ts";
import { justice, justiceName, market, marketName } from "./chain.ts";
import { number } from "./records.ts";
import { certificate, trusted, verify } from "./sample.ts";
import { amended, repaired } from "./scenes.ts";

const known: Partial<Verdict> = {
  agency: { uscc: market, name: marketName },
  kind: { zh: "信用处罚", en: "credit penalty" },
  documentNumber: number,
  anchoredAt: "2026-11-03T02:00:00.000Z",
  asOf: { blockNumber: 90, blockTime: "2026-11-24T03:05:00.000Z" },
};

describe("a verdict's sentence", () => {
  it("says in force as of a block and a time in Beijing, of whom, since when, and who sealed it", () => {
    const { verdict } = verify(certificate());
    expect(sentence(verdict, "zh-CN")).to.equal(
      "真实，截至区块 90（北京时间2026年11月24日11:05）现行有效。该记录为坪山示例市场监管局（虚构）的信用处罚（深坪示市监罚〔2026〕101号），于北京时间2026年11月3日10:00上链。由 4 个验证人中的 3 个签章。",
    );
    expect(sentence(verdict, "en")).to.equal(
      "Genuine and in force as of block 90 at 24 November 2026, 11:05 (Beijing time). It is the credit penalty 深坪示市监罚〔2026〕101号 of 坪山示例市场监管局（虚构）, anchored on 3 November 2026, 10:00 (Beijing time). Sealed by 3 of 4 validators.",
    );
  });

  it("says of each sort of chain who sealed it, each otherwise", () => {
    for (const language of languages) {
      const said = (["qbft", "clique", "development"] as const).map((consensus) =>
        sentence(verify(certificate({ consensus }), { trusted: trusted(consensus) }).verdict, language),
      );
      expect(new Set(said).size).to.equal(3);
    }
  });

  it("says credit repaired on D, revoked by a court, superseded by X, which is in force", () => {
    const { verdict } = verify(certificate(repaired()));
    expect(sentence(verdict, "en")).to.match(
      /^Genuine, credit repaired on 23 November 2026; no longer in effect as of block 90/,
    );
    expect(sentence(verdict, "zh-CN")).to.match(/^真实，2026年11月23日准予信用修复，截至区块 90/);
    const revoked = verdictOf("withdrawn", {
      ...known,
      reason: "REVOKED_BY_COURT",
      decisionDate: "2026-09-09",
      actor: { uscc: justice, name: justiceName },
    });
    expect(sentence(revoked, "en")).to.match(/^Genuine, revoked by a court on 9 September 2026; withdrawn/);
    expect(sentence(revoked, "en")).to.include(`The status was decided by ${justiceName}.`);
    expect(sentence(revoked, "zh-CN")).to.include("2026年9月9日被法院撤销").and.include(justiceName);
    const superseded = verify(certificate(amended(2))).verdict;
    for (const language of languages)
      expect(sentence(superseded, language)).to.include(superseded.successor).and.include(superseded.newest?.digest);
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
        for (const cause of [null, ...causes]) {
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

  it("never calls genuine what is not, and says that what is unknown or could not be checked is no forgery", () => {
    for (const code of ["altered", "unknown", "unreachable", "stale"] as const) {
      expect(sentence(verdictOf(code, known), "en")).to.not.include("Genuine");
      expect(sentence(verdictOf(code, known), "zh-CN")).to.not.match(/^真实/);
    }
    expect(sentence(verdictOf("unknown"), "en")).to.include("not make it a forgery");
    expect(sentence(verdictOf("unreachable"), "zh-CN")).to.include("不说明真假");
  });
});

describe("why something could not be checked, or is out of date", () => {
  it("has a sentence of its own for every cause, and asks for a remedy or a newer file", () => {
    const stale: Cause[] = ["TOO_OLD", "OLDER_STATUS", "OLDER_BLOCK"];
    for (const language of languages) {
      for (const [code, some] of [
        ["unreachable", causes.filter((cause) => !stale.includes(cause))],
        ["stale", stale],
      ] as const) {
        const said = some.map((cause) => sentence(verdictOf(code, { ...known, cause }), language));
        expect(new Set(said).size).to.equal(some.length);
        for (const text of said) expect(text).to.not.match(/^(Genuine|真实)/);
      }
    }
  });
});

describe("the other texts", () => {
  it("are there for every check and every thing not known, without a gap, each its own", () => {
    const params = {
      name: "remark",
      names: "reason, explanation",
      count: 3,
      expected: 3,
      found: 2,
      kind: "credit-penalty",
      zh: "信用处罚",
      version: 1,
      newer: 2,
      former: 9,
      block: 7,
      by: 3,
      of: 4,
      link: 1,
      signer: market,
      instant: "2026-11-24T03:05:00.000Z",
    };
    for (const language of languages) {
      const codes = Object.keys(en.check) as CheckCode[]; // as: the keys of a closed record
      const unknowns = Object.keys(en.unknown) as Unknown["code"][]; // as: the keys of a closed record
      const checks = codes.map((code) => checkSentence(check("batch", "VALID", code, params), language));
      const texts = [...checks, ...unknowns.map((code) => unknownSentence({ code, params }, language))];
      for (const text of texts)
        expect(text)
          .to.match(/[.。]$/)
          .and.not.match(/undefined|null|NaN/);
      const twice = texts.filter((text, index) => texts.indexOf(text) !== index);
      expect(twice).to.deep.equal([]);
    }
    expect(Object.keys(zhCN.check)).to.have.members(Object.keys(en.check));
  });

  it("tell the time of Beijing, across midnight and the end of a year", () => {
    expect(inBeijing("2026-12-31T15:59:59.999Z")).to.deep.equal({ date: "2026-12-31", clock: "23:59" });
    expect(inBeijing("2026-12-31T16:00:00.000Z")).to.deep.equal({ date: "2027-01-01", clock: "00:00" });
  });
});
