import { zhCN as words } from "../../../core/messages/zh-CN.ts";
import type { AuditTexts } from "./texts.ts";
import { codesZhCN } from "./codes.zh-CN.ts";

export const zhCN: AuditTexts = {
  language: "zh-CN",
  title: "虎符账本审计报告",
  outcome: {
    AGREES: "一致：凡比对之处，均相符。",
    DIVERGES: "不一致：发现不符之处。",
    ERROR: "未能查验：这不表示账本有问题。",
  },
  difference: (expected, found) => `应为 ${expected}，实为 ${found}。`,
  ...codesZhCN,
  heading: {
    proven: "已证明",
    counts: "重放结果",
    compared: "已比对，均相符",
    missing: "已上链而缺失",
    notCovered: "未涵盖",
    ledger: "账本",
    figures: "统计",
    signature: "签名",
  },
  proven: {
    nothing: "尚未证明任何内容。",
    block: (number, time) => `以区块 ${number}（${time}）为准：`,
    seals: {
      qbft: (by, of) => `区块由 ${of} 个验证节点中的 ${by} 个封印。`,
      clique: (by, of) => `区块得到 ${of} 个签名节点中 ${by} 个的背书，尚非终局。`,
      development: () => "开发链没有验证节点：哪些区块属于该链，以节点所述为准。",
    },
    codes: (count) => `${count} 个合约的代码。`,
    heads: "两本日志的头哈希：事件未被隐藏、添加、篡改或调换次序。",
    blocksOfEvents: (count) => `${count} 个含事件区块的区块头。`,
    headers: (count, seals, changes) =>
      `自创世区块起 ${count} 个区块头、${seals} 个封印，验证节点经投票变更 ${changes} 次。`,
  },
  count: { events: "事件", records: "记录", batches: "批次", statusChanges: "状态变更", agencies: "机关" },
  compared: {
    roots: "批次根",
    statuses: "状态",
    agencies: "机关",
    recordsAtGateway: "网关所示记录",
    recordsInLaterBatches: "其中再次上链、所示为后一批次者",
    recordsInDatabase: "数据库记录",
  },
  missing: {
    atGateway: (count, from, to) => `网关缺少 ${count} 条记录，在区块 ${from} 至 ${to} 中上链。`,
    inDatabase: (count, from, to) => `数据库缺少 ${count} 条记录，在区块 ${from} 至 ${to} 中上链。`,
    others: (count) => `另有 ${count} 条：JSON 报告至多列出一千条，命令的输出逐条列出。`,
    record: (kind, agency, block) => `类别 ${kind}，机关 ${agency}，区块 ${block}`,
  },
  ledger: {
    chain: "链",
    genesis: "创世区块",
    contract: "账本合约",
    blocks: "区块",
    madeAt: "报告时间（北京时间）",
    trust: "信任文件指纹",
  },
  gatewayAlone: "信任文件仅由网关发布，其可信程度不高于该网关。",
  signedBy: (publicKey) => `JSON 报告由持有公钥 ${publicKey} 者签名；本页未签名，以 JSON 报告为准。`,
  notSigned: "报告未签名。",
  plot: {
    byAgency: "各机关记录数",
    byKind: "各类记录数",
    byMonth: "各月记录数（北京时间）",
    statuses: "记录现状",
    batchSizes: "批次大小",
    timeToAnchored: "自受理至上链的时间",
  },
  column: {
    agency: "机关",
    kind: "类别",
    month: "月份",
    status: "状态",
    batchSize: "每批记录数",
    seconds: "时间",
    records: "记录数",
    batches: "批次数",
  },
  effect: words.effect,
  data: "数据",
  others: (count) => `其余 ${count} 个机关`,
  waits: (median, p95, longest) => `中位数 ${median}，95% 不超过 ${p95}，最长 ${longest}。`,
  noWaits: "何时受理只有网关知道：加上 --database 或 --gateway 才能绘出此图。",
  nothingThere: "没有记录。",
  seconds: (seconds) =>
    seconds < 60
      ? `${seconds} 秒`
      : seconds < 3600
        ? `${Math.round(seconds / 60)} 分钟`
        : `${Math.round(seconds / 3600)} 小时`,
  andMore: (from) => `${from} 及以上`,
};
