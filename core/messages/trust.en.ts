import type { TrustMessages } from "./trust.zh-CN.ts";

/** What the verify page says of trust bundles, in English. */
export const trust: TrustMessages = {
  title: "Trust bundle",
  lead: "Whether a certificate can be believed rests on who sealed its block. The trust bundle says who may: which chain, which validators, which contract.",
  publishedBy:
    "It is published by each of the institutions that seal the blocks. A bundle that only the gateway serves is worth no more than the gateway.",
  fingerprint: "Fingerprint",
  compare:
    "Compare these words, one by one, with the fingerprint that an institution among the publishers below gives of its own bundle: on its site, in print, or over the telephone. Bundles that name other publishers have other words, which is no fraud by itself: put the institution's bundle into the file box, and this page says what differs.",
  nobodyToCompare:
    "No institution gives these words. Where a validator's institution publishes a bundle, put it into the file box: this page says what differs.",
  state: {
    gateway: "Not compared yet: the gateway served this bundle, and nobody has confirmed its fingerprint.",
    holder: "Confirmed, or brought, by you.",
  },
  gatewayAlone: "No validator's institution is among its publishers: it is the gateway's own word.",
  none: "There is no trust bundle yet, so no certificate can be verified. Open this page again while the gateway can be reached, or put a trust bundle file (JSON) into the file box above.",
  confirm: "The fingerprint agrees, I confirm it",
  forget: "Forget what this browser remembers",
  forgetHint:
    "This browser remembers the trust bundle, block headers that it met and how often a status was set; nothing of any document's content.",
  forgotten: "Forgotten.",
  confirmed: "The fingerprint of this trust bundle is confirmed.",
  chain: "Chain",
  chainOf: (chainId, block) => `Chain id ${String(chainId)}, ledger since block ${String(block)}`,
  validators: "Validators",
  consensus: {
    qbft: (count, since) => `${String(count)}, since block ${String(since)} (QBFT)`,
    clique: (count, since) =>
      `${String(count)}, since block ${String(since)} (Clique: endorsed, and never more than that)`,
    development: () => "None: a development chain, whose blocks the gateway seals itself",
  },
  publishers: "Published by",
  role: { gateway: "gateway", validator: "validator" },
  noPublisher: "Nobody is named",
  ownAccount: "By its own account: compare the words with theirs.",
  publishedAt: "Published at",
  offeredBy: { gateway: "served by the gateway", holder: "brought by you" },
  notice: {
    first: "The trust bundle that you brought is in use, and this browser remembers it.",
    grown: "The trust bundle has grown; it is of the same ledger and has been taken over:",
    same: "This is the trust bundle in use; as you brought it yourself, it counts as compared.",
    other: "The trust bundle has changed",
    otherLead:
      "The trust bundle that is offered now is not the one that this browser remembers. Verification goes on with the old one; it is for you to decide.",
    otherAdvice:
      "If no validator's institution has announced such a change, do not take it, and tell those institutions.",
    more: "Another trust bundle of the same ledger is offered",
    moreLead:
      "It has other agencies, publishers or checkpoints than the one in use, and no validator's seal proves these. Verification goes on with the one in use: take the one that is offered?",
    moreAdvice:
      "Ask a validator's institution first. A wrong checkpoint would make genuine certificates look altered, a wrong name would show another agency, and one with fewer checkpoints knows less.",
    differences: "What is different",
    kept: "Fingerprint in use",
    offered: "Fingerprint that is offered",
    keep: "Keep the old one",
    take: "I asked a validator's institution: take the new one",
    keptOn: "The old trust bundle stays in use.",
    taken: "The new trust bundle is in use.",
    unproven: (why) => `The trust bundle that was offered does not hold by itself, and was not taken: ${why}`,
    unreadable: "The trust bundle that was offered cannot be read, and was not taken.",
    dismiss: "Understood",
  },
  change: {
    CHAIN_ID: "Another chain id",
    GENESIS: "Another genesis block",
    GENESIS_CONFIG: "Another genesis configuration",
    CONSENSUS: "Another consensus",
    CONTRACTS: "Another address or other code of the ledger's contracts",
    DEPLOYMENT_BLOCK: "Another first block of the ledger",
    TRANSITIONS_REWRITTEN: "A past change of validators was rewritten",
    TRANSITIONS_MISSING: "A known change of validators is missing",
    CHECKPOINTS_REWRITTEN: "A published checkpoint was rewritten",
    CHECKPOINTS_MISSING: "It lacks a checkpoint that the one in use has",
    TRANSITIONS_ADDED: "A further change of validators, proven by the votes of the old ones",
    CHECKPOINTS_ADDED: "A further checkpoint",
    AGENCIES_CHANGED: "The list of agencies changed",
    PUBLISHERS_CHANGED: "The publishers changed",
    PUBLISHED_EARLIER: "It was made at an earlier block than the one before it, so what differs may be out of date",
  },
};
