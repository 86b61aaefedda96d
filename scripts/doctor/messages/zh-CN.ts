import type { DoctorTexts } from "./texts.ts";
import { wrongZhCN } from "./wrong.zh-CN.ts";

export const zhCN: DoctorTexts = {
  level: { OK: "正常", WARNING: "警告", PROBLEM: "问题", SKIPPED: "未查" },
  part: { folder: "数据文件夹", gateway: "网关", chain: "链", validators: "验证人", trust: "信任包" },
  means: "含义",
  todo: "处理",
  summary: (problems, warnings, skipped) => `${problems} 个问题，${warnings} 个警告，${skipped} 项未查。`,
  wrong: wrongZhCN,
  plain: {
    FOLDER_PRIVATE: ({ folder }) => `${folder} 只有属主可以访问。`,
    FOLDER_MISSING: ({ folder }) => `没有数据文件夹 ${folder}，其中的内容未查（--data）。`,
    DISK_ROOM: ({ free }) => `数据文件夹所在磁盘还有 ${free} GB 可用。`,
    DATABASE_SOUND: ({ records }) => `数据库完好，已受理 ${records} 条记录。`,
    DATABASE_LARGE: () => "数据库超过 1 GB，未逐页检查；可用 SQLite 的 quick_check 检查。",
    KEYSTORE_OPENS: ({ deployer, registrar, admin, relayers }) =>
      `密钥库可以打开。只受理名单内账户的链须把以下账户全部列入名单：部署账户 ${deployer}，登记账户 ${registrar}，管理账户 ${admin}，中继账户 ${relayers}。`,
    KEYSTORE_NOT_OPENED: () =>
      "没有打开密钥库，所以没有列出其账户，也没有查看其余额和权限：请提供 HUFU_KEYSTORE_PASSWORD。",
    PASSWORD_APART: () => "密钥库的口令没有放在它旁边。",
    PASSWORD_OF_A_DESK: () => "密钥库的口令就在它旁边：单机自带链的密钥在别处无效。",
    AGENCY_KEYS_GONE: () => "没有明文的 API 密钥留在文件夹里。",
    AGENCY_KEYS_OF_A_DESK: () => "示例部门的 API 密钥在 agency-keys.json 里，单机运行时就是如此。",
    GATEWAY_UNKNOWN: () => "没有指定网关，数据文件夹里也没有写明（--gateway）。",
    GATEWAY_ANSWERS: ({ url }) => `网关 ${url} 有应答。`,
    GATEWAY_READY: () => "网关就绪：存储、链和积压都正常。",
    BACKLOG_MOVES: ({ records, seconds }) =>
      records === 0 ? "没有记录在等待上链。" : `${records} 条记录在等待上链，最早的已等 ${seconds} 秒。`,
    ALARMS_NONE: () => "网关启动以来没有告警。",
    NODES_UNKNOWN: () => "没有指定节点，数据文件夹里也没有写明（--rpc）。",
    NODE_ANSWERS: ({ url, chainId, block }) => `节点 ${url} 有应答：链 ${chainId}，区块 ${block}。`,
    NODE_PEERS: ({ url, peers }) => `${url} 连着 ${peers} 个其他节点。`,
    PEERS_REFUSED: ({ url }) => `${url} 不回答连着多少个节点（net_peerCount）。`,
    NODES_AGREE: ({ nodes, block }) => `${nodes} 个节点的区块 ${block} 相同。`,
    CHAIN_MOVES: ({ block, seconds }) => `链在出块：区块 ${block} 是 ${seconds} 秒前的。`,
    CLOCKS_AGREE: () => "本机、网关（如有应答）和最新区块的时钟一致。",
    BLOCKS_HOLD_BATCHES: ({ records, limit }) => `${records} 条记录的批次放得进一个区块（燃料上限 ${limit}）。`,
    GAS_FREE: () => "这条链不收费，账户不需要余额。",
    ACCOUNTS_FUNDED: ({ accounts }) => `${accounts} 个写入账户的余额都够用很久。`,
    RIGHTS_AS_PLANNED: ({ registrar, days }) =>
      `部署账户已没有任何权限；登记账户 ${registrar} 变更部门登记，${days === 0 ? "立即生效" : `公告 ${days} 天后生效`}。`,
    VALIDATORS_NONE: () => "开发链没有验证人。",
    VALIDATORS_SIGN: ({ of, blocks }) => `${of} 个验证人都在签：最新 ${blocks} 个区块里每个都签过。`,
    BUNDLE_UNKNOWN: () => "没有指定信任包，数据文件夹里也没有（--trust）。",
    BUNDLE_HOLDS: ({ name, block, zhWords }) => `${name} 成立，截至区块 ${block}。指纹：${zhWords}。`,
    BUNDLE_OF_A_DESK: () => "它属于单机自带的链，没有验证人：可信程度不超过网关本身。",
    BUNDLE_CURRENT: ({ validators }) => `它的 ${validators} 个验证人就是现在签区块的验证人。`,
    BUNDLE_SERVED: () => "网关提供的信任包相同。",
    CONTRACTS_AS_TRUSTED: ({ ledger }) => `合约代码与信任包一致；账本在 ${ledger}。`,
    NOT_LOOKED_AT: ({ what, why }) => `未查：${what}：${why}`,
  },
};
