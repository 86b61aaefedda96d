import { en as words } from "../../../core/messages/en.ts";
import { notCoveredSentences } from "../report.ts";
import { codesEn } from "./codes.en.ts";
import type { AuditTexts } from "./texts.ts";

export const en: AuditTexts = {
  language: "en",
  title: "Audit of a Hufu ledger",
  outcome: {
    AGREES: "It agrees: everything that was compared is the same.",
    DIVERGES: "It differs: something is not as it should be.",
    ERROR: "It could not be checked, which says nothing against the ledger.",
  },
  difference: (expected, found) => `Expected ${expected}, found ${found}.`,
  ...codesEn,
  notCovered: notCoveredSentences,
  heading: {
    proven: "Proven",
    counts: "Replayed",
    compared: "Compared, and the same",
    missing: "Anchored, and missing",
    notCovered: "Not covered",
    ledger: "Ledger",
    figures: "Figures",
    signature: "Signature",
  },
  proven: {
    nothing: "Nothing was proven yet.",
    block: (number, time) => `As of block ${number} (${time}):`,
    seals: {
      qbft: (by, of) => `The block is sealed by ${by} of ${of} validators.`,
      clique: (by, of) => `The block is endorsed by ${by} of ${of} signers, which is not final.`,
      development: () => "A development chain has no validators: the node's word was taken for which blocks are its.",
    },
    codes: (count) => `The code of ${count} contracts.`,
    heads: "The heads of both journals: no event is hidden, added, changed or reordered.",
    blocksOfEvents: (count) => `The headers of ${count} blocks with events.`,
    headers: (count, seals, changes) =>
      `${count} headers from the genesis block on, ${seals} seals, ${changes} changes of validators by vote.`,
  },
  count: {
    events: "events",
    records: "records",
    batches: "batches",
    statusChanges: "changes of status",
    agencies: "agencies",
  },
  compared: {
    roots: "roots of batches",
    statuses: "statuses",
    agencies: "agencies",
    recordsAtGateway: "records at the gateway",
    recordsInLaterBatches: "of these in a later batch, for they were anchored again",
    recordsInDatabase: "records in the database",
  },
  missing: {
    atGateway: (count, from, to) => `The gateway does not have ${count} records of blocks ${from} to ${to}.`,
    inDatabase: (count, from, to) => `The database does not have ${count} records of blocks ${from} to ${to}.`,
    others: (count) => `${count} others, which the JSON report names up to a thousand, and the command's output all.`,
    record: (kind, agency, block) => `kind ${kind}, agency ${agency}, block ${block}`,
  },
  ledger: {
    chain: "Chain",
    genesis: "Genesis block",
    contract: "Ledger contract",
    blocks: "Blocks",
    madeAt: "Report made at (Beijing time)",
    trust: "Fingerprint of the trust file",
  },
  gatewayAlone: "A gateway alone publishes the trust file, which is worth no more than the gateway.",
  signedBy: (publicKey) =>
    `The JSON report is signed by the holder of the public key ${publicKey}; this page is not, and the JSON report counts.`,
  notSigned: "The report is not signed.",
  plot: {
    byAgency: "Records by agency",
    byKind: "Records by kind",
    byMonth: "Records by month (Beijing time)",
    statuses: "What is true of the records now",
    batchSizes: "Sizes of batches",
    timeToAnchored: "Time from acceptance to the ledger",
  },
  column: {
    agency: "Agency",
    kind: "Kind",
    month: "Month",
    status: "Status",
    batchSize: "Records in a batch",
    seconds: "Time",
    records: "Records",
    batches: "Batches",
  },
  effect: words.effect,
  data: "Data",
  others: (count) => `${count} other agencies`,
  waits: (median, p95, longest) => `Half within ${median}, 95 % within ${p95}, the longest ${longest}.`,
  noWaits: "Only a gateway knows when it accepted a record: --database or --gateway is needed for this plot.",
  nothingThere: "There are no records.",
  seconds: (seconds) =>
    seconds < 60
      ? `${seconds} s`
      : seconds < 3600
        ? `${Math.round(seconds / 60)} min`
        : `${Math.round(seconds / 3600)} h`,
  andMore: (from) => `${from} and more`,
};
