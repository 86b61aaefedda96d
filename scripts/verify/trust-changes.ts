import type { Language } from "../../core/messages/sentence.ts";
import type { TrustBundle } from "../../core/trust/bundle.ts";
import type { TrustComparison } from "../../core/trust/compare.ts";

type Change = TrustComparison["what"][number];

const words: Readonly<Record<Change, Readonly<Record<Language, string>>>> = {
  CHAIN_ID: { "zh-CN": "链编号不同", en: "another chain id" },
  GENESIS: { "zh-CN": "创世区块不同", en: "another genesis block" },
  GENESIS_CONFIG: { "zh-CN": "创世配置不同", en: "another genesis configuration" },
  CONSENSUS: { "zh-CN": "共识方式不同", en: "another consensus" },
  CONTRACTS: { "zh-CN": "合约不同", en: "other contracts" },
  DEPLOYMENT_BLOCK: { "zh-CN": "部署区块不同", en: "another deployment block" },
  TRANSITIONS_REWRITTEN: { "zh-CN": "验证人变更被改写", en: "changes of validators were rewritten" },
  TRANSITIONS_MISSING: { "zh-CN": "缺少已知的验证人变更", en: "known changes of validators are missing" },
  CHECKPOINTS_REWRITTEN: { "zh-CN": "检查点被改写", en: "checkpoints were rewritten" },
  CHECKPOINTS_MISSING: { "zh-CN": "缺少已知的检查点", en: "known checkpoints are missing" },
  TRANSITIONS_ADDED: { "zh-CN": "验证人有变更", en: "validators changed" },
  CHECKPOINTS_ADDED: { "zh-CN": "增加检查点", en: "checkpoints were added" },
  AGENCIES_CHANGED: { "zh-CN": "机关名录有变", en: "the list of agencies changed" },
  PUBLISHERS_CHANGED: { "zh-CN": "公布机构有变", en: "the publishers changed" },
  PUBLISHED_EARLIER: { "zh-CN": "制作区块早于此前的信任包", en: "it was made at an earlier block" },
};

/** What is different, in words, with the agencies and publishers that changed by name: a verdict names agencies as the bundle does. */
export function changesInWords(
  what: readonly Change[],
  pinned: TrustBundle,
  offered: TrustBundle,
  language: Language,
): string {
  const names = (change: Change): string => {
    if (change === "AGENCIES_CHANGED") return named(pinned.agencies.map(agencyText), offered.agencies.map(agencyText));
    if (change === "PUBLISHERS_CHANGED")
      return named(pinned.publishers.map(publisherText), offered.publishers.map(publisherText));
    return "";
  };
  return what.map((change) => `${words[change][language]} (${change}${names(change)})`).join("; ");
}

const agencyText = ({ uscc, name }: TrustBundle["agencies"][number]): string => `${uscc} ${name}`;

const publisherText = ({ name, role, validator }: TrustBundle["publishers"][number]): string =>
  `${name}, ${role}${validator === null ? "" : ` ${validator}`}`;

/** What went with −, what came with +; a name that changed is both. */
function named(before: readonly string[], after: readonly string[]): string {
  const gone = before.filter((text) => !after.includes(text)).map((text) => `− ${text}`);
  const come = after.filter((text) => !before.includes(text)).map((text) => `+ ${text}`);
  return `: ${[...gone, ...come].join(", ")}`;
}
