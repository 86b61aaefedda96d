import type { Language } from "../../core/messages/sentence.ts";

/** What happened beside the checks, and is to be said. */
export type RemarkCode =
  | "PINNED"
  | "TRUST_GROWN"
  | "TRUST_REPINNED"
  | "MEMORY_SET_ASIDE"
  | "RENEWED"
  | "NOT_RENEWED"
  | "DECISION_AT_GATEWAY"
  | "CONFLICT_KEPT"
  | "WRITTEN"
  | "NOT_WRITTEN";

export interface Remark {
  readonly code: RemarkCode;
  readonly params: Readonly<Record<string, string>>;
}

type Say = (params: Remark["params"]) => string;

const sentences: Readonly<Record<RemarkCode, Readonly<Record<Language, Say>>>> = {
  PINNED: {
    "zh-CN": ({ folder = "" }) => `信任包已固定在 ${folder}；请与验证人机构公布的指纹核对。`,
    en: ({ folder = "" }) =>
      `The trust bundle is pinned in ${folder}: compare its fingerprint with one that a validator's institution publishes.`,
  },
  TRUST_GROWN: {
    "zh-CN": ({ zh = "" }) => `同一账本的信任包有新内容，已采用：${zh}。`,
    en: ({ what = "" }) => `The trust bundle of the same ledger says more than the pinned one, and was taken: ${what}.`,
  },
  TRUST_REPINNED: {
    "zh-CN": ({ zh = "", kept = "" }) => `已按要求改用另一信任包：${zh}。原信任包保存在 ${kept}。`,
    en: ({ what = "", kept = "" }) =>
      `Another trust bundle was taken, as you asked: ${what}. The former one is kept in ${kept}.`,
  },
  MEMORY_SET_ASIDE: {
    "zh-CN": ({ file = "", kept = "" }) => `记忆文件 ${file} 不能用，未予采信，已移到 ${kept}。`,
    en: ({ file = "", kept = "" }) =>
      `The memory file ${file} cannot be used: it was not believed, and is kept in ${kept}.`,
  },
  RENEWED: {
    "zh-CN": ({ url = "" }) => `证明已由 ${url} 更新；以下是对更新后的证书的核对。`,
    en: ({ url = "" }) => `The proof was renewed by ${url}; what is said here is of the renewed certificate.`,
  },
  NOT_RENEWED: {
    "zh-CN": ({ url = "" }) => `没有采用 ${url} 给出的证明，原证书没有改动；以下是对换上该证明后的证书的核对。`,
    en: ({ url = "" }) =>
      `The proof that ${url} gave was not taken, and the certificate stays as it was; what is said here is of the certificate with that proof.`,
  },
  DECISION_AT_GATEWAY: {
    "zh-CN": () => "效力自此前的证明以后有变动；变动所依据的决定不在账本上，要由网关更新（--gateway）才能取得。",
    en: () =>
      "The status changed since the former proof; the decision that it rests on is not on the ledger: renew with --gateway to have it.",
  },
  CONFLICT_KEPT: {
    "zh-CN": ({ file = "", consensus }) =>
      consensus === "clique"
        ? `同一高度的两个区块头已保存在 ${file}。在 Clique 共识下这不一定是失职：其中一个已经或将会退出链。请待链继续延伸后更新证明。`
        : `两个互相冲突的区块头已作为证据保存在 ${file}。`,
    en: ({ file = "", consensus }) =>
      consensus === "clique"
        ? `The two headers of one height are kept in ${file}. Under Clique that need not be misconduct: one of the two fell, or will fall, out of the chain. Renew the proof once the chain has gone on.`
        : `The two conflicting headers are kept as evidence in ${file}.`,
  },
  WRITTEN: {
    "zh-CN": ({ file = "" }) => `证书已写入 ${file}。`,
    en: ({ file = "" }) => `The certificate was written to ${file}.`,
  },
  NOT_WRITTEN: {
    "zh-CN": ({ file = "" }) => `没有写入 ${file}：这份证书没有通过核对。`,
    en: ({ file = "" }) => `Nothing was written to ${file}: the certificate did not pass.`,
  },
};

export function remarkSentence({ code, params }: Remark, language: Language): string {
  return sentences[code][language](params);
}
