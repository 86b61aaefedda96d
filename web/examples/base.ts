/** What the examples are made of. Everybody in them is fictitious. */
import { unknownSentence } from "../../core/messages/sentence.ts";
import type { Unknown } from "../../core/verify/unknowns.ts";
import type { AgencyName, AsOf, CheckLine, RecordView, UnknownLine, VerificationAnswer } from "../answers.ts";
import type { FormValues, Found } from "../state.ts";

/** One state of the page: drives a unit test, a test in the browser, and a picture. */
export interface Example {
  readonly name: string;
  readonly found: Found;
  readonly values?: FormValues;
}

export const market: AgencyName = { uscc: "11440310XX0001011N", name: "坪山示例市场监管局（虚构）" };
export const housing: AgencyName = { uscc: "11440310XX00010469", name: "坪山示例住房建设局（虚构）" };
export const credit: AgencyName = { uscc: "12440310XX0001097E", name: "坪山示例公共信用中心（虚构）" };
export const justice: AgencyName = { uscc: "11440310XX0001070R", name: "坪山示例司法局（虚构）" };

export const digest = "3f0c5a1e9b7d42688a6de0c4f1b2937de5a8061c94f7b3d2805e6c1fa9d47b36";
export const successor = "b81d2c6a0f4e57993c7d1e8b60a2f5d4c39e7186b0da4f25e8137c9d5b6fa204";
export const decisionDigest = "59e4d7c20ab6f183d4c95e7a8b0f3612cd79a4e15f8b2036e7d1c4a9b85f0e73";
export const fileHash = "7d1a54127b222502f5b79b5fb0803061152a44f92b37e23c6527baf665d4da9a";

export const asOf: AsOf = { blockNumber: 48213, blockTime: "2026-11-24T02:30:05Z" };

const sentences: Readonly<Record<string, readonly [string, string]>> = {
  digest: ["登记的承诺与抬头算得出这个摘要。", "The header and its commitments give this digest."],
  batch: ["批次根在账本中，属于这个机关和文书种类。", "The batch root is in the ledger, under this agency and kind."],
  status: ["账本中的效力已经读到。", "The effect was read from the ledger."],
  "state-proof": ["该批和效力已由区块的状态根证明。", "Batch and status are proven under the block's state root."],
  seals: ["区块由 4 个验证人中的 3 个签章。", "The block is sealed by 3 of 4 validators."],
};

/** Checks by id; those named in `failed` end as it says, the rest is VALID. */
export function checks(failed: Readonly<Record<string, CheckLine["outcome"]>> = {}): readonly CheckLine[] {
  return Object.entries(sentences).map(([id, [zh, en]]) => ({
    id,
    outcome: failed[id] ?? "VALID",
    sentence: { "zh-CN": zh, en },
  }));
}

/** What a verdict cannot know, in the words of the core. */
export function unknownLines(codes: readonly Unknown["code"][]): readonly UnknownLine[] {
  const params = { block: asOf.blockNumber, instant: asOf.blockTime };
  return codes.map((code) => ({
    code,
    sentence: {
      "zh-CN": unknownSentence({ code, params }, "zh-CN"),
      en: unknownSentence({ code, params }, "en"),
    },
  }));
}

export const record: RecordView = {
  digest,
  agency: market,
  kind: "credit-penalty",
  recordId: "CP-2026-0101",
  documentNumber: "深坪示市监罚〔2026〕31号",
  algorithm: "sha-256",
  state: "saved",
  endorsement: null,
  acceptedAt: "2026-06-02T01:15:40Z",
  status: { effect: "IN_FORCE", since: null, actor: null, decision: null, pending: [] },
  amends: null,
  amendedBy: null,
  content: {
    counterpartName: "坪山示例十一号食品有限公司（虚构）",
    counterpartType: "LEGAL_OR_OTHER_ORG",
    usccCode: "91440310XX00000190",
    legalRepName: "林*",
    decisionDocNo: "深坪示市监罚〔2026〕31号",
    violationType: "经营超过保质期的食品",
    violationFacts: "（虚构）检查发现货架上有超过保质期的预包装食品九件，货值金额四百二十元。",
    penaltyBasis: "《中华人民共和国食品安全法》第一百二十四条第一款第五项",
    penaltyCategories: ["罚款", "没收违法所得", "没收非法财物"],
    penaltyContent: "没收超过保质期的食品九件；没收违法所得四百二十元；罚款五千元。",
    fineAmountWan: "0.500000",
    confiscatedAmountWan: "0.042000",
    decisionDate: "2026-06-01",
    penaltyValidUntil: "2027-06-01",
    publicityClass: "GENERAL",
    publicityRule: "NDRC-36-2025",
    publicityMode: "PUBLISH",
    publicityDeadline: "2027-06-01",
    penaltyAuthority: "坪山示例市场监管局（虚构）",
    penaltyAuthorityUscc: "11440310XX0001011N",
    dataSourceUnit: "坪山示例市场监管局（虚构）",
    dataSourceUnitUscc: "11440310XX0001011N",
  },
  contentHidden: null,
  notShown: ["legalRepIdType", "legalRepIdNo", "personIdType", "personIdNo", "remark"],
  files: [{ name: "行政处罚决定书.pdf", mediaType: "application/pdf", size: 184320, sha256: fileHash }],
  anchor: {
    root: "0x9d2f6c81b7e04a53c8f1d96e20b75a4388de1f0c6b9a7542e3d8c07f15a6b94e",
    transaction: "0x41c7e93ab80d5f26e7149c3b6da2f8051e9b7c4d830fa65271bc9d4e0a8f6372",
    blockNumber: 20417,
    blockHash: "0xe6b03d7f9a1c58426d8fb50e73c9a4162fd7b8e1049c5a63d28e7f1b60c4a935",
    blockTime: "2026-06-02T01:15:42Z",
  },
};

export const answer: VerificationAnswer = {
  verdict: "in-force",
  sentence: {
    "zh-CN":
      "这是坪山示例市场监管局（虚构）作出的信用处罚，真实；截至区块48213（2026年11月24日10:30，北京时间）现行有效。",
    en: "Genuine: a credit penalty of 坪山示例市场监管局（虚构）, in force as of block 48213 (24 November 2026, 10:30 Beijing time).",
  },
  checks: checks(),
  asOf,
  agency: market,
  kind: "credit-penalty",
  documentNumber: "深坪示市监罚〔2026〕31号",
  digest,
  unknown: unknownLines(["AFTER", "BEFORE_ANCHORING", "SIGNER_RIGHTS", "BUNDLE_OF_GATEWAY"]),
};
