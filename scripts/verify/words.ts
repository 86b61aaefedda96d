import type { Language } from "../../core/messages/sentence.ts";
import type { Outcome } from "../../core/verify/checks.ts";

/** What stands between the sentences. */
export interface Words {
  readonly digest: string;
  readonly checks: string;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly shown: string;
  readonly hiddenByHolder: string;
  readonly hiddenByLaw: string;
  readonly nothing: string;
  readonly walk: string;
  readonly record: string;
  readonly since: (time: string) => string;
  readonly reason: string;
  readonly actor: string;
  readonly explanation: string;
  readonly successor: string;
  readonly notShown: string;
  readonly notInFile: string;
  readonly contradicts: string;
  readonly unknown: string;
  readonly trust: string;
  readonly fingerprint: string;
  readonly sealed: Readonly<Record<"qbft" | "clique" | "development", (validators: number) => string>>;
  readonly ownAccount: string;
  readonly published: (publishers: string, block: number, time: string) => string;
  readonly remarks: string;
}

export const words: Readonly<Record<Language, Words>> = {
  "zh-CN": {
    digest: "摘要",
    checks: "核对项目",
    outcome: { VALID: "通过", INVALID: "不符", ERROR: "未能核对", SKIPPED: "未核对" },
    shown: "证书出示的内容",
    hiddenByHolder: "证书没有出示的公开项目",
    hiddenByLaw: "依法不公开的项目",
    nothing: "无",
    walk: "效力的由来",
    record: "记录",
    since: (time) => `自${time}起`,
    reason: "原因",
    actor: "决定机关",
    explanation: "公开理由",
    successor: "取代它的记录",
    notShown: "决定中没有出示的项目",
    notInFile: "文件没有出示所依据的决定",
    contradicts: "文件中的决定与账本不一致，以账本为准",
    unknown: "这个结论不知道什么",
    trust: "信任依据",
    fingerprint: "信任包指纹",
    sealed: {
      qbft: (validators) => `QBFT 共识，${validators} 个验证人`,
      clique: (validators) => `Clique 共识，${validators} 个验证人`,
      development: () => "开发链，没有验证人，由网关自己签章",
    },
    ownAccount: "公布者是信任包自己的说法：请与各公布者公布的指纹核对",
    published: (publishers, block, time) => `公布者：${publishers}；截至区块 ${block}，${time}`,
    remarks: "说明",
  },
  en: {
    digest: "Digest",
    checks: "Checks",
    outcome: { VALID: "VALID", INVALID: "INVALID", ERROR: "ERROR", SKIPPED: "SKIPPED" },
    shown: "What the certificate shows",
    hiddenByHolder: "Public fields that the certificate does not show",
    hiddenByLaw: "Fields that the law withholds",
    nothing: "none",
    walk: "Why it stands as it does",
    record: "Record",
    since: (time) => `since ${time}`,
    reason: "Reason",
    actor: "Decided by",
    explanation: "Explanation",
    successor: "Superseded by",
    notShown: "Fields of the decision that are not shown",
    notInFile: "The file does not show the decision that it rests on",
    contradicts: "The decision in the file says something else than the ledger, which counts",
    unknown: "What this verdict does not know",
    trust: "What the trust rests on",
    fingerprint: "Fingerprint of the trust bundle",
    sealed: {
      qbft: (validators) => `QBFT, ${validators} validators`,
      clique: (validators) => `Clique, ${validators} validators`,
      development: () => "a development chain without validators, sealed by its own gateway",
    },
    ownAccount: "who publishes it is its own account: compare the words with theirs",
    published: (publishers, block, time) => `published by ${publishers}; as of block ${block}, ${time}`,
    remarks: "Remarks",
  },
};
