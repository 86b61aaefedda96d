import type { Messages } from "./messages.ts";
import { inBeijing } from "./beijing.ts";

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
      superseded: ({ reason, asOf, subject, anchoredAt, actor, successor }) =>
        `${genuine(reason, "已有新版本")}，${asOf}已被${successor === null ? "另一记录" : `记录 ${successor} `}取代。${rest(subject, anchoredAt, actor)}`,
      withdrawn: ({ reason, asOf, subject, anchoredAt, actor }) =>
        `${genuine(reason, "但已撤回")}，${asOf}已撤回。${rest(subject, anchoredAt, actor)}`,
      accepted: ({ subject, acceptedAt }) =>
        `${acceptedAt ?? ""}已受理，尚未上链。${subject === "" ? "" : `该记录为${subject}。`}`,
      unknown: ({ asOf }) => `${asOf}本账本中没有这份记录。没有找到不等于是假的。`,
      altered: () => "与自身的指纹或账本不符，已被改动，不可采信。",
      unreachable: ({ cause, asOf }) => {
        if (cause === "SCHEMA_UNKNOWN") return "无法核对：这里不认识该记录的种类或版本。这不说明真假。";
        if (cause === "NODE_BEHIND") return `暂时无法核对：所问的节点${asOf}落后于该记录。这不说明真假。`;
        return "暂时无法核对：节点没有答复。这不说明真假。";
      },
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
    toldBy: { node: "账本的状态由一个节点告知。", gateway: "账本的状态由本网关告知，未经独立核对。" },
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
    AGENCY_DIFFERS: () => "记录头的机关与该批的机关不同。",
    KIND_DIFFERS: () => "记录头的种类与该批的种类不同。",
    BATCH_ON_LEDGER: () => "账本中有这一批，机关、种类、数量、时间都相符（由节点告知）。",
    BATCH_AT_ANOTHER_TIME: () => "账本中有这一批；区块回退后已重新上链，时间与证书所写不同（由节点告知）。",
    BATCH_NOT_FOUND: () => "账本中没有这一批。",
    BATCH_DIFFERS: () => "账本中这一批的机关、种类或数量与证书所写不同。",
    OTHER_LEDGER: () => "证书属于另一个账本。",
    STATUS_ON_LEDGER: () => "账本中的效力与证书所写相同（由节点告知）。",
    STATUS_NEWER: () => "证书签发后效力有变动，以账本为准（由节点告知）。",
    STATUS_DIFFERS: () => "账本中的效力与证书所写不同。",
    TOLD_BY_GATEWAY: () => "未独立核对：由本网关告知。",
    NODE_UNREACHABLE: () => "节点没有答复，未能核对。",
    NODE_BEHIND: ({ block, wanted }) => `节点只到区块 ${block}，核对需要区块 ${wanted}。`,
    NOT_IN_VERSION_0: () => "未核对：第 0 版证书不含这项证明。",
  },
  unknown: {
    AFTER: ({ block, instant }) => `区块 ${block}（${time(String(instant))}）之后发生的事。`,
    BEFORE_ANCHORING: () => "内容上链之前是否被改动过：账本只证明上链以后没有。",
    AGENCY_SIGNATURE: () => "该批上机关的签名：由合约在上链时核对，证书不含它。",
    WORD_OF_NODE: () => "所问的节点是否如实：本版没有状态证明。",
    WORD_OF_GATEWAY: () => "网关所说与账本是否一致：本版没有状态证明，可用审计工具核对。",
    REST_OF_CONTENT: () => "没有出示的内容。",
  },
  effect: { IN_FORCE: "有效", ANNOTATED: "已标注", ENDED: "已终止", SUPERSEDED: "已被取代", WITHDRAWN: "已撤回" },
};
