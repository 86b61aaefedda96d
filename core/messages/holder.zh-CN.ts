/** 持有证书的人在查验页上看到的用语，以及离线查验页的用语。 */
export const holder = {
  take: {
    title: "自己核对",
    lead: "以上是网关的答复。取来证书，就由本浏览器依信任包核对，不必相信网关。",
    submit: "取证书，在本浏览器里核对",
  },
  certificate: {
    title: "这份证书",
    asOf: (block: number, time: string) => `证明的是区块 ${String(block)}（${time}）时的情形。`,
    under: "依信任包核对，其指纹为",
    underState: { gateway: "指纹尚未核对：请看信任包", holder: "指纹已确认：请看信任包" },
    maxAge: "可接受的最旧证明",
    maxAges: { day: "1 天以内", month: "30 天以内", any: "不限" },
    renew: "更新证明",
    renewHint: "向网关取最新区块的证明，在本浏览器里核对后才采用。出示的内容不变，也不送出。",
    renewOffline: "离线时不能更新证明。请在网关的查验页打开这份证书，再点“更新证明”。",
    renewing: "正在取新的证明……",
    renewed: (before: string) => `证明已更新并核对无误（原来的截至${before}）。效力没有变化。`,
    renewedChanged: (before: string, from: string, to: string) =>
      `证明已更新并核对无误（原来的截至${before}）。其间效力由“${from}”变为“${to}”。`,
    renewalFailed: {
      unreachable: "连不上网关，证明没有更新。原来的证书仍然可用。",
      busy: "网关繁忙，证明没有更新。请稍候再试。",
      "not-here": "网关没有这份记录，或尚未上链，证明没有更新。",
      refused: "网关给出的证明核对不通过，没有采用。原来的证书仍然可用。",
      ahead: "按本机的时钟，网关给出的证明的时间还没有到，没有采用。请校准时钟后再更新。",
      older: "网关给出的证明比这份证书还旧，没有采用。",
    },
    save: "保存证书",
    saveHint: {
      brought: "",
      fetched: "这份证书由网关签发，已在上面核对。保存以后，不靠网关也能核对。",
      renewed: "这是更新后的证书，与原来的文件不同，请保存。",
      reduced: "这是隐去后的证书：收到的人看到的就是上面的结果。原来的文件没有改动。",
    },
    conflict: {
      qbft: (block: number) =>
        `验证人在高度 ${String(block)} 签署过两个不同的区块。这是失职的证据，请保存并交给公布信任包的机构。`,
      clique: (block: number) =>
        `高度 ${String(block)} 有两个不同的区块都得到多数验证人背书。在 Clique 共识下这不一定是失职：其中一个已经或将会退出链，文件看不出是哪一个。请待链继续延伸后更新证明，并保存两者，交给公布信任包的机构。`,
    },
    saveConflict: "保存两个区块",
  },
  hide: {
    title: "隐去内容",
    lead: "勾选不想让对方看到的项目，另存一份证书。隐去的项目仍受摘要约束，对方会看到它们的名称，看不到内容。",
    legend: "要隐去的项目",
    publicView: "（公开显示的部分）",
    file: "文件",
    submit: "另存隐去后的证书",
    nothingChosen: "请至少勾选一项。",
    done: "已隐去并另存。",
  },
};

/** 离线查验页。 */
export const offline = {
  heading: "离线查验证书",
  lead: "把证书和信任包拖进来。一切都在这个文件里计算，不连任何网络。",
  privacy: "什么也不会离开这台电脑：这个页面不能访问网络。",
  hint: "证书（JSON）和信任包（JSON）都放在这里，先后不限。",
  withoutScript: "这个页面用 JavaScript 在本机计算，需要启用它。",
  none: "还没有信任包，证书无法核对。请把信任包文件（JSON）放进上面的文件框。",
  footer: "这是一个自成一体的文件，可以保存、转交、核对它的哈希。它不含任何外部内容。",
};

export type HolderMessages = typeof holder;
export type OfflineMessages = typeof offline;
