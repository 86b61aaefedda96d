import type { DoctorTexts } from "./texts.ts";

export const wrongZhCN: DoctorTexts["wrong"] = {
  FOLDER_OPEN: {
    says: ({ folder, names }) => `属主以外的人可以读取 ${folder} 里的 ${names}。`,
    means: "他们能读到个人信息，或者以任何部门的名义签名。",
    todo: "对该文件夹执行 chmod -R go=；如果别人也用这台机器，密钥按已被盗处理。",
  },
  FOLDER_LISTED: {
    says: ({ folder }) => `属主以外的人可以列出 ${folder} 的内容；其中的机密文件他们读不到。`,
    means: "以后放进去的文件（例如副本）可能是公开的。",
    todo: "对该文件夹执行 chmod 700。",
  },
  DISK_LOW: {
    says: ({ free }) => `数据文件夹所在磁盘只剩 ${free} GB。`,
    means: "磁盘满了网关就会停：新记录被拒绝，已受理的不会丢。",
    todo: "清理空间，或停下网关后把文件夹移到更大的磁盘。",
  },
  DISK_FULL: {
    says: ({ free }) => `数据文件夹所在磁盘只剩 ${free} GB。`,
    means: "很快就无法提交，所有写入都会被拒绝。",
    todo: "立即清理空间；如果 /readyz 没有自行恢复，重新启动网关。",
  },
  DATABASE_MISSING: {
    says: ({ file }) => `没有 ${file}。`,
    means: "这不是启动过的网关的数据文件夹，或者它的数据库不见了。",
    todo: "核对 --data；如果文件夹没错，先恢复备份，不要启动任何东西。",
  },
  DATABASE_UNREADABLE: {
    says: ({ file, why }) => `无法读取 ${file}：${why}。`,
    means: "它不是数据库、已损坏，或当前用户无权读取。",
    todo: "以网关的用户运行本命令；否则停下网关，恢复备份。",
  },
  DATABASE_DAMAGED: {
    says: ({ file, why }) => `${file} 已损坏：${why}。`,
    means: "这台机器的磁盘或内存出了故障。已上链的内容仍然可以证明。",
    todo: "停下网关，保留该文件，在另一块磁盘上恢复备份，再用 npm run audit 加 --database 核对。",
  },
  DATABASE_VERSION: {
    says: ({ found, wanted }) => `数据文件夹的格式是 ${found}，这个版本的虎符读取的是 ${wanted}。`,
    means: "它是另一个版本写的。",
    todo: "启动写它的那个版本。",
  },
  ORDERS_REFUSED: {
    says: ({ orders, codes }) => `${orders} 个指令被合约最终拒绝：${codes}。`,
    means: "再试也不会成功，例如状态变更在发出前权限已经终止。",
    todo: "查看数据库 orders 表的 error 列，请有关部门重新作出决定。",
  },
  KEYSTORE_MISSING: {
    says: ({ file }) => `没有 ${file}。`,
    means: "无法签名；新建的密钥库是别的密钥，链上不认。",
    todo: "先放回备份里的 keystore.json，再启动网关。",
  },
  KEYSTORE_UNREADABLE: {
    says: () => "密钥库用这个口令打不开，或者不是虎符的密钥库。",
    means: "网关无法用它启动。",
    todo: "提供正确的 HUFU_KEYSTORE_PASSWORD，或从同一份备份恢复 keystore.json 和口令。",
  },
  PASSWORD_BESIDE: {
    says: () => "密钥库的口令就放在它旁边（keystore-password）。",
    means: "谁复制了这个文件夹（例如一份备份），谁就能以任何部门的名义签名。",
    todo: "把口令另行保管，用 HUFU_KEYSTORE_PASSWORD 提供，并删除该文件。",
  },
  AGENCY_KEYS_LEFT: {
    says: () => "agency-keys.json 里有明文的 API 密钥。",
    means: "谁读到它，谁就能以这些部门的名义存证。网关已不需要它。",
    todo: "把密钥交给各部门，然后删除该文件。",
  },
  GATEWAY_SILENT: {
    says: ({ url, why }) => `网关 ${url} 没有应答：${why}。`,
    means: "它没有运行，或者中间有东西拦住。已受理的记录都在它的文件夹里。",
    todo: "启动它；日志或 npm start 的输出会说明它为什么退出。",
  },
  GATEWAY_HANGS: {
    says: ({ url, why }) => `有进程在使用数据文件夹，但网关 ${url} 没有应答：${why}。`,
    means: "它正在启动、监听别的地址，或者卡住了。",
    todo: "等一分钟再看；核对 PORT 和 HUFU_HOST；否则结束进程再启动。已受理的记录不会丢。",
  },
  GATEWAY_ELSEWHERE: {
    says: ({ url }) => `网关 ${url} 有应答，但没有进程在使用这个数据文件夹。`,
    means: "它用的是别的文件夹，所以这里的检查与它无关。",
    todo: "指定启动它时用的文件夹（HUFU_DATA）。",
  },
  GATEWAY_STOPPING: {
    says: () => "网关正在停止，不再受理新记录。",
    means: "它在完成进行中的工作。",
    todo: "如果是有意停止，不用处理。",
  },
  GATEWAY_STORE_FAILS: {
    says: () => "网关的存储没有应答。",
    means: "所有写入都被拒绝。",
    todo: "查看磁盘和权限，重新启动网关。",
  },
  GATEWAY_WITHOUT_CHAIN: {
    says: () => "没有节点应答网关，或者网关远远落后。",
    means: "记录仍受理并保存，但没有上链。",
    todo: "查看 HUFU_RPC 的节点，最好再加一个。节点恢复后网关自行继续。",
  },
  GATEWAY_CHAIN_STILL: {
    says: ({ seconds }) => `网关等新区块已经 ${seconds} 秒。`,
    means: "运行且彼此相连的验证人太少，或者两个分支权重相等、相持不下。记录仍受理并保存，但没有上链。",
    todo: "见 docs/operations.md「链停住」一节。恢复后网关自行继续。",
  },
  GATEWAY_BACKLOG_FULL: {
    says: () => "等待上链的记录已达上限（HUFU_BACKLOG）。",
    means: "在积压减少以前，写入一律回答 503 和 Retry-After。",
    todo: "查明为什么不上链：见关于链的各项。",
  },
  GATEWAY_SIGNERS_SHORT: {
    says: ({ wanted, of }) =>
      `状态变更须有 ${wanted} 个签名人认可其决定才发送（HUFU_CONFIRMATIONS），而这条链只有 ${of} 个。`,
    means: "状态变更一概不发送，都在等待；记录照常上链。",
    todo: "把 HUFU_CONFIRMATIONS 设为不超过该数，或不设（即过半）后重启网关；或者投票增加验证人。等待的变更随后发送。",
  },
  GATEWAY_OTHER_LEDGER: {
    says: ({ found, wanted }) => `网关写入的账本（${found}）不是信任包所指的账本（${wanted}）。`,
    means: "它的证书用这个信任包都验证不了。",
    todo: "弄清楚应该是哪一个：网关的 HUFU_RPC 和 HUFU_DATA，还是信任包。",
  },
  BACKLOG_OLD: {
    says: ({ records, seconds }) => `${records} 条记录在等待上链，最早的已等 ${seconds} 秒。`,
    means: "进来的比上链的多，或者链变慢了。",
    todo: "观察 hufu_backlog_records；如果持续增长，查看验证人和余额。",
  },
  BACKLOG_STUCK: {
    says: ({ records, seconds }) => `${records} 条记录在等待上链，最早的已等 ${seconds} 秒。`,
    means: "完全不上链，或者某个部门的批次被拒绝。",
    todo: "查看告警和链；hufu_alarms_total 写明被拒绝的原因。期间不会丢失记录。",
  },
  ALARMS_RAISED: {
    says: ({ alarms }) => `网关启动以来的告警：${alarms}。`,
    means: "有写入被拒绝，或者从链上掉了出来；会再次尝试。",
    todo: "docs/operations.md 说明了每个代码的含义，日志里有详细说明。",
  },
  ORDERS_LOST: {
    says: ({ orders, times }) => `${times} 次重组中有 ${orders} 个指令从链上掉出，已重新发送。`,
    means: "验证人曾经分成两支出块。凡是被告知已上链的，当时所指的区块已不存在。",
    todo: "查明哪些验证人曾与其他验证人断开，让每个验证人与所有其他验证人相连。",
  },
  NODE_SILENT: {
    says: ({ url, why }) => `节点 ${url} 没有应答：${why}`,
    means: "它没有运行，或者它的 JSON-RPC 不对本机开放。",
    todo: "启动它，或改正地址。",
  },
  NODE_OTHER_CHAIN: {
    says: ({ url, found, wanted }) => `节点 ${url} 上是另一条链（${found}），应为（${wanted}）。`,
    means: "它说的都与这个账本无关。",
    todo: "改正地址，或改正该节点的创世文件。",
  },
  NODE_OTHER_HISTORY: {
    says: ({ url, block }) => `${url} 的区块 ${block} 与信任包的检查点不同。`,
    means: "该节点长期走在另一个分支上，与信任包公布者看到的不同。",
    todo: "比较几个机构的节点。如果只有它不同，删除它的链数据，让它跟随其他节点。",
  },
  NODE_SYNCING: {
    says: ({ url, block, of }) => `${url} 还在追赶：区块 ${block}，共 ${of}。`,
    means: "它说的是旧的。",
    todo: "等待，期间让网关使用别的节点。",
  },
  NODE_ALONE: {
    says: ({ url }) => `${url} 没有连着任何节点。`,
    means: "它听不到新区块；验证人处在这种情况会自己另签一支，或者不出块。",
    todo: "核对它的节点列表、对方的地址和中间的防火墙。",
  },
  NODE_FEW_PEERS: {
    says: ({ url, peers, validators }) => `这条链有 ${validators} 个验证人，${url} 只连着 ${peers} 个其他节点。`,
    means: "连得这么少，凑不成多数：它在被切开的网络的较小一侧，或者多数节点没有运行。",
    todo: "核对它的节点列表、对方的地址和中间的防火墙。",
  },
  NODE_BEHIND: {
    says: ({ url, blocks }) => `${url} 落后最新区块 ${blocks} 个。`,
    means: "它断开了，或者正在追赶。",
    todo: "查看它的连接；落后期间网关会用 HUFU_RPC 的其他节点。",
  },
  NODES_FORKED: {
    says: ({ one, other, block }) => `${one} 与 ${other} 从区块 ${block} 起不同。`,
    means: "网络曾被切成两半，或者其中一个没有说真话。落选分支上的内容会重新上链。",
    todo: "把验证人重新连起来，见 docs/operations.md「重组」一节；如果不再出块，见「链停住」一节。这些区块的证书只写认可，从不写最终。",
  },
  CHAIN_STANDS_STILL: {
    says: ({ block, seconds }) => `区块 ${block} 之后 ${seconds} 秒没有新区块。`,
    means:
      "运行且彼此相连的验证人少于出块所需（Clique 需过半，QBFT 需三分之二），或者在 Clique 下两个分支权重相等、相持不下。没有东西丢失。",
    todo: "启动没有运行的验证人并连上；如果都在运行而各节点的区块仍不同，须商定采用哪个分支：见 docs/operations.md「链停住」一节。",
  },
  CHAIN_BEHIND_GATEWAY: {
    says: ({ block, readTo }) => `节点的最新区块是 ${block}，而网关已经读到 ${readTo}。`,
    means: "节点还在追赶，或者链被截短了。在节点给出与已读区块不同的区块以前，不当作丢失，也没有记录上链。",
    todo: "见 docs/operations.md「节点落后于已读区块」一节。恢复后网关自行继续。",
  },
  CLOCK_OF_GATEWAY: {
    says: ({ seconds }) => `网关的时钟与本机相差 ${seconds} 秒。`,
    means: "受理时间不准；如果它慢了，密钥和期限会结束得太晚。",
    todo: "让两台机器都与时间服务器同步。",
  },
  CLOCK_OF_CHAIN: {
    says: ({ seconds }) => `最新区块的时间比本机晚 ${seconds} 秒。`,
    means: "本机的时钟慢了，或者出块者的时钟快了；未来的区块会被拒绝。",
    todo: "让每个验证人和本机都与时间服务器同步。",
  },
  BLOCKS_TOO_SMALL: {
    says: ({ records, gas, limit, most }) =>
      `${records} 条记录的批次（HUFU_BATCH_SIZE）需要燃料 ${gas}，区块只能容纳 ${limit}：最多 ${most} 条。`,
    means: "更大的批次会被节点拒绝（TRANSACTION_TOO_LARGE），而已做成的批次不再改变。",
    todo: "调低 HUFU_BATCH_SIZE。如果已有更大的批次在等待，由验证人调高区块的燃料上限，直到它们上链。",
  },
  ACCOUNT_LOW: {
    says: ({ address, batches }) => `${address} 的余额只够 ${batches} 个批次。`,
    means: "这条链收费，账户会用完。",
    todo: "从创世区块里有余额的账户转入。",
  },
  ACCOUNT_EMPTY: {
    says: ({ address }) => `${address} 的余额不够一个批次。`,
    means: "它的写入会被拒绝。中继账户可以互相替代，登记账户没有替代。",
    todo: "转入余额；如果链接受，也可设 HUFU_GAS_PRICE=0。",
  },
  RIGHT_MISSING: {
    says: ({ step }) => `与部署时的设定不符：${step}。`,
    means: "设定没有完成，或者有人通过 AccessManager 改了权限。",
    todo: "启动网关，它会完成设定；如果仍然如此，须由管理员撤销改动。",
  },
  VALIDATOR_SILENT: {
    says: ({ validator, blocks }) => `验证人 ${validator} 在最新 ${blocks} 个区块里一个也没有签。`,
    means: "它没有运行、已断开，或者在另一个分支上。",
    todo: "由其机构查看进程、连接和时钟；如果不会再回来，投票移除它。",
  },
  VALIDATORS_NONE_SPARE: {
    says: ({ by, of, needed }) => `${of} 个验证人中有 ${by} 个在签，至少需要 ${needed} 个：不能再坏一个。`,
    means: "链照常运行；再坏一个，链就停住。",
    todo: "在另一个出故障以前，恢复没有在签的验证人。",
  },
  STRANGERS_SIGN: {
    says: ({ strangers }) => `有区块由验证人名单以外的地址签名：${strangers}。`,
    means: "后来投票加入了验证人，或者该节点上的链是伪造的。",
    todo: "向各机构核实是否有过投票，并用 npm run trust 做新的信任包。",
  },
  BUNDLE_INVALID: {
    says: ({ name, why }) => `${name} 不是可以依靠的信任包：${why}`,
    means: "用它什么也验证不了。",
    todo: "从公布它的机构重新获取，并核对十六个字的指纹。",
  },
  BUNDLE_OF_GATEWAY: {
    says: () => "信任包只有网关自己公布。",
    means: "它的可信程度不超过网关，每个结论都会这样写。",
    todo: "由各机构用自己的节点制作并公布（npm run trust），再用 --trust 指定其中一个。",
  },
  BUNDLE_VALIDATORS_OLD: {
    says: ({ come, gone }) => `信任包做成以后验证人有变动：新增 ${come}，移除 ${gone}。`,
    means: "新验证人签章的证书用它验证不了（BUNDLE_TOO_OLD），旧证书须更新（FORMER_VALIDATORS）。",
    todo: "制作并公布新的信任包：npm run trust。",
  },
  BUNDLE_GROWN: {
    says: ({ what }) => `网关提供的信任包更新：${what}。`,
    means: "是同一个账本；这个文件不知道最新的验证人、检查点或部门。",
    todo: "公布者用 npm run trust 采用它，持有人重新获取。",
  },
  BUNDLE_OTHER: {
    says: ({ what }) => `网关提供的是另一个账本的信任包，或者撤回了什么：${what}。`,
    means: "这个文件和网关，总有一个不对。",
    todo: "在与几个机构核对指纹之前，两个都不要相信。",
  },
  CONTRACT_DIFFERS: {
    says: ({ contract, address }) => `${address} 的 ${contract} 代码与信任包不同。`,
    means: "合约无法更改：该节点上是另一条链，或者没有说真话。",
    todo: "换一个机构的节点再查，并对它运行 npm run audit。",
  },
};
