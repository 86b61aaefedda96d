import type { Cause } from "../verify/verdict.ts";
import type { Messages } from "./messages.ts";
import { inBeijing } from "./beijing.ts";
import { proofFaultsZhCN } from "./proof.zh-CN.ts";

function day(date: string): string {
  const [year, month, number] = date.split("-").map(Number);
  return `${year}年${month}月${number}日`;
}

function time(instant: string): string {
  const { date, clock } = inBeijing(instant);
  return `北京时间${day(date)}${clock}`;
}

/** "真实，" and what was decided, or what the effect is called where no reason is known. */
function genuine(reason: string, otherwise: string): string {
  return `真实，${reason === "" ? otherwise : reason}`;
}

/** The end of every verdict on a genuine record. */
function rest(subject: string, anchoredAt: string | null, actor: string): string {
  if (subject === "" && anchoredAt === null) return actor;
  const record = subject === "" ? "该记录" : `该记录为${subject}`;
  return `${actor}${record}${anchoredAt === null ? "" : `${subject === "" ? "" : "，"}于${anchoredAt}上链`}。`;
}

/** 为什么无法核对，该怎么办。 */
const hindrances: Readonly<Record<Cause, string>> = {
  NODE_UNREACHABLE: "暂时无法核对：节点没有答复。",
  SCHEMA_UNKNOWN: "无法核对：这里不认识该记录的种类或版本。",
  NO_TRUST_BUNDLE: "无法核对：没有信任包，不知道谁是验证人。",
  FORMER_VALIDATORS: "无法核对：证明由已被更换的验证人签章。请更新证书。",
  BUNDLE_TOO_OLD: "无法核对：签章的验证人不在信任包中。请取得最新的信任包。",
  SIGNER_UNKNOWN: "无法核对：有签名人不在信任包中。请取得最新的信任包；若最新的信任包中也没有，则是伪造。",
  CONFLICTING_HEADERS: "无法核对：验证人在同一高度签署了两个不同的区块。请保留两份文件，并告知公布信任包的机构。",
  IN_THE_FUTURE:
    "无法核对：按本机的时钟，证明的时间还没有到。不是本机时钟慢了，就是区块的时钟快了：请校准时钟后重新查验。",
  TOO_OLD: "无法核对：证明太旧。",
  OLDER_STATUS: "无法核对：此前见过它更新的效力。",
  OLDER_BLOCK: "无法核对：证明比原来的还旧。",
};

export const zhCN: Messages = {
  time,
  day,
  verdict: {
    sentence: {
      "in-force": ({ reason, asOf, subject, anchoredAt, actor }) =>
        `真实，${asOf}现行有效${reason === "" ? "" : `（${reason}）`}。${rest(subject, anchoredAt, actor)}`,
      annotated: ({ reason, asOf, subject, anchoredAt, actor }) =>
        `${genuine(reason, "附有标注")}，${asOf}已标注。${rest(subject, anchoredAt, actor)}`,
      ended: ({ reason, asOf, subject, anchoredAt, actor }) =>
        `${genuine(reason, "效力已终止")}，${asOf}不再有效。${rest(subject, anchoredAt, actor)}`,
      superseded: ({ reason, asOf, subject, anchoredAt, actor, successor, newest }) =>
        `${genuine(reason, "已有新版本")}，${asOf}已被${successor === null ? "另一记录" : `记录 ${successor} `}取代。${newest}${rest(subject, anchoredAt, actor)}`,
      withdrawn: ({ reason, asOf, subject, anchoredAt, actor }) =>
        `${genuine(reason, "但已撤回")}，${asOf}已撤回。${rest(subject, anchoredAt, actor)}`,
      accepted: ({ subject, acceptedAt }) =>
        `${acceptedAt ?? ""}已受理，尚未上链。${subject === "" ? "" : `该记录为${subject}。`}`,
      unknown: ({ asOf }) => `${asOf}本账本中没有这份记录。没有找到不等于是假的。`,
      altered: () => "与自身的指纹或账本不符，已被改动，不可采信。",
      stale: ({ cause, asOf }) =>
        cause === "OLDER_STATUS"
          ? `已过时：此前见过这份记录更新的效力，证书只${asOf}。请更新证书。`
          : cause === "OLDER_BLOCK"
            ? `已过时：取得的证明${asOf}，比要更新的证明还旧。原证书本身成立的，请保留，稍后再试，或向别处请求更新；原证书未能核对的，请先取得最新的信任包。`
            : `已过时：证明${asOf}，超过了这里接受的期限。请更新证书。`,
      unreachable: ({ cause }) => `${hindrances[cause ?? "NODE_UNREACHABLE"]}这不说明真假。`,
    },
    reason: {
      OBJECTION_ACCEPTED: (date) => `${date ?? ""}受理异议`,
      OBJECTION_DISMISSED: (date) => `${date ?? ""}认定异议不成立`,
      LITIGATION: (date) => `${date === null ? "" : `自${date}起`}在诉讼中`,
      LITIGATION_ENDED: (date) => `${date ?? ""}诉讼终结`,
      DISPUTE: (date) => `${date === null ? "" : `自${date}起`}存在争议`,
      REPAIR_GRANTED: (date) => `${date ?? ""}准予信用修复`,
      REPAIR_REVOKED: (date) => `${date ?? ""}撤销信用修复`,
      PERIOD_EXPIRED: (date) => `${date ?? ""}期限届满`,
      FULFILLED: (date) => `${date ?? ""}履行完毕`,
      CORRECTED: (date) => `${date ?? ""}更正`,
      SUPPLEMENTED: (date) => `${date ?? ""}补充`,
      REVOKED_BY_AUTHORITY: (date) => `${date ?? ""}被作出机关自行撤销`,
      REVOKED_ON_RECONSIDERATION: (date) => `${date ?? ""}经行政复议撤销`,
      REVOKED_BY_COURT: (date) => `${date ?? ""}被法院撤销`,
      FOUND_UNLAWFUL: (date) => `${date ?? ""}被确认违法`,
      INVALIDATED: (date) => `${date ?? ""}被确认无效`,
    },
    subject: (kind, number, agency) => `${agency}的${kind}${number === null ? "" : `（${number}）`}`,
    asOf: (block, instant) => `截至区块 ${block}（${instant}）`,
    actor: (name) => `效力由${name}决定。`,
    newest: (digest, effect) => `最新版本${digest === null ? "" : `（记录 ${digest}）`}${effect}。`,
    sealed: {
      qbft: (by, of) => `由 ${of} 个验证人中的 ${by} 个签章。`,
      clique: (by, of) => `由 ${of} 个验证人中的 ${by} 个背书。`,
      development: () => "仅由开发链的网关自己签章。",
    },
    toldBy: "以上由网关告知，未经独立核对。",
  },
  check: {
    DISCLOSURES_MATCH: ({ count }) => `出示的 ${count} 项内容都与各自的承诺相符。`,
    NOTHING_DISCLOSED: () => "没有出示任何内容，无可核对。",
    DISCLOSURE_ALTERED: ({ name }) => `出示的“${name}”与它的承诺不符：内容被改动。`,
    DISCLOSURE_UNKNOWN: ({ name }) => `出示的“${name}”不是这种记录的项目。`,
    DISCLOSURE_TWICE: ({ name }) => `“${name}”出示了两次。`,
    COMMITMENTS_MISSING: ({ expected, found }) => `应有 ${expected} 个承诺，实有 ${found} 个。`,
    SCHEMA_MATCHES: ({ zh, version }) => `内容符合“${zh}”第 ${version} 版的规定。`,
    SCHEMA_DIFFERS: ({ zh, version }) => `记录所依的规定与公布的“${zh}”第 ${version} 版不是同一份。`,
    SCHEMA_UNKNOWN: ({ kind }) => `这里不认识记录种类“${kind}”的这一版，无法核对。`,
    FIELD_INVALID: ({ name }) => `“${name}”不符合规定。`,
    DIGEST_MATCHES: () => "由记录头和各项承诺重新计算，得到同一摘要。",
    DIGEST_DIFFERS: () => "由记录头和各项承诺重新计算，得到的是另一摘要：记录被改动。",
    PATH_LEADS_TO_ROOT: () => "由摘要沿路径计算，得到该批的根。",
    PATH_LEADS_ELSEWHERE: () => "由摘要沿路径计算，得到的不是该批的根。",
    COMMITMENT_MISSING: ({ name }) => `“${name}”既没有出示，也没有承诺。`,
    COMMITMENT_SUPERFLUOUS: ({ name }) => `“${name}”已经出示，又另附承诺。`,
    LINKS_MATCH: ({ count }) => `文件所附的 ${count} 份决定或新版本自身无误。`,
    NO_LINKS: () => "文件没有附决定或新版本，无可核对。",
    LINK_ALTERED: ({ link }) => `文件所附的第 ${link} 份决定或新版本被改动。`,
    LINK_UNEXPECTED: () => "文件附有与该记录效力无关的决定或记录。",
    LINK_CONTRADICTS: () => "所附决定与账本不一致，以账本为准。",
    STATE_PROVEN: ({ block }) => `该批和效力已由区块 ${block} 的状态根证明。`,
    SLOTS_MISSING: () => "文件没有为其中每份记录证明其批次和效力。",
    NODE_MISSING: () => "证明缺少一个节点。",
    NODE_TWICE: () => "证明中有一个节点重复。",
    NODE_UNUSED: () => "文件含有不证明任何内容的节点。",
    BATCH_ON_LEDGER: () => "账本中有这一批，机关、种类、数量都相符。",
    BATCH_NOT_FOUND: () => "账本中没有这一批。",
    BATCH_DIFFERS: () => "账本中这一批的机关、种类或数量与证书所写不同。",
    STATUS_NEVER_SET: () => "账本没有该记录的效力变动：自上链起有效。",
    STATUS_ON_LEDGER: ({ version }) => `账本记有该效力（第 ${version} 次变动），文件附有其依据。`,
    STATUS_UNEXPLAINED: ({ version }) => `账本记有该效力（第 ${version} 次变动），文件没有出示其依据。`,
    STATUS_UNKNOWN: () => "账本中的效力不是规定的任何一种。",
    SIGNATURE_MATCHES: ({ signer }) => `该批由密钥 ${signer} 签名。`,
    SIGNATURE_NOT_CHECKED: ({ signer }) => `签名与地址不符，可能只有合约能够核对（${signer}）。`,
    NO_SIGNATURE: () => "文件没有附机关对该批的签名。",
    SEALED_BY_QUORUM: ({ block, by, of }) => `区块 ${block} 由 ${of} 个验证人中的 ${by} 个签章。`,
    ENDORSED_BY_MAJORITY: ({ block, by, of }) => `区块 ${block} 由 ${of} 个验证人中的 ${by} 个背书。`,
    SEALED_BY_ONE: ({ block }) => `区块 ${block} 仅由开发链的网关签章，没有其他人。`,
    SIGNER_UNKNOWN: () => "有区块由信任包不认识的人签名。",
    CONFLICTING_HEADERS: ({ block }) => `此前见过另一个有签章的区块 ${block}：两者都已保留。`,
    NO_TRUST_BUNDLE: () => "没有信任包，不知道谁是验证人。",
    FORMER_VALIDATORS: ({ block }) => `区块 ${block} 由已被更换的验证人签章。`,
    BUNDLE_TOO_OLD: ({ block }) => `区块 ${block} 的验证人不在信任包中。`,
    TRUST_MATCHES: () => "链、账本及其代码与信任包相符。",
    OTHER_LEDGER: () => "证书属于另一个账本，不是信任包所指的账本。",
    CODE_DIFFERS: () => "账本的代码与信任包不同。",
    CHECKPOINT_DIFFERS: ({ block }) => `信任包中的区块 ${block} 是另一个。`,
    FRESH: ({ instant }) => `证明的时间是${time(String(instant))}，足够新。`,
    TOO_OLD: ({ instant }) => `证明的时间是${time(String(instant))}，超过了这里接受的期限。`,
    IN_THE_FUTURE: ({ instant }) =>
      `证明的时间是${time(String(instant))}，按本机的时钟还没有到：本机时钟慢了，或者区块的时钟快了。`,
    OLDER_STATUS: ({ newer, version }) => `此前见过该记录的第 ${newer} 次效力变动，文件只到第 ${version} 次。`,
    OLDER_BLOCK: ({ block, former }) => `证明属于区块 ${block}；要更新的证明属于区块 ${former}，反而较新。`,
    AGE_NOT_ASKED: () => "没有规定证明可以多旧。",
    NODE_UNREACHABLE: () => "节点没有答复，未能核对。",
    ...proofFaultsZhCN,
  },
  unknown: {
    AFTER: ({ block, instant }) => `区块 ${block}（${time(String(instant))}）之后发生的事。`,
    BEFORE_ANCHORING: () => "内容上链之前是否被改动过：账本只证明上链以后没有。",
    AGENCY_SIGNATURE: () => "该批上机关的签名：由合约在上链时核对，这里没有核对。",
    SIGNER_RIGHTS: () => "签名的密钥当时是否属于该机关：由合约在上链时核对。",
    WORD_OF_GATEWAY: () => "网关是否如实：这些都还没有证明。",
    BUNDLE_OF_GATEWAY: () =>
      "信任包是否真实：它只来自网关，可信程度不高于网关。请改用验证人机构的信任包，或与该机构自己公布的指纹核对。",
    ONE_NODE: () => "网关以外是否有人同意：开发链没有验证人。",
    NOT_FINAL: ({ by, of }) => `该区块是否会留在链上：由 ${of} 个验证人中的 ${by} 个背书，并非最终。`,
    DECISION_NOT_SHOWN: () => "效力为何如此：文件没有出示决定的内容。",
    DECISION_PARTLY_SHOWN: ({ zh }) => `决定的其余内容：文件出示了效力所依据的决定，但没有出示其中的${zh}。`,
    REST_OF_CONTENT: () => "没有出示的内容。",
    FILES_NOT_SHOWN: ({ count, of }) => `没有出示的登记文件：${of} 个中的 ${count} 个。`,
  },
  effect: { IN_FORCE: "有效", ANNOTATED: "已标注", ENDED: "已终止", SUPERSEDED: "已被取代", WITHDRAWN: "已撤回" },
};
