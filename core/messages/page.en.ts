import type { PageMessages } from "./page.zh-CN.ts";

/** Words of the verify page in English. */
export const page: PageMessages = {
  brand: "Hufu",
  brandLine: "Decisions, verified",
  title: (subject) => `${subject} — 虎符 Hufu`,
  skip: "Skip to main content",
  languages: "Language",
  heading: "Verify a government decision",
  lead: "A paper, a scan, a certificate or a QR code: check here whether it is genuine, who decided it, when it was entered in the ledger, and whether it still stands.",
  again: "Verify another one",
  result: "Result",
  ways: "Ways to verify",

  number: {
    title: "By document number",
    hint: "Use this when you hold a paper document.",
    kind: "Kind of document",
    choose: "Choose one",
    label: "Document number",
    labelHint:
      "Copy it from the document, for example 深坪示市监罚〔2026〕12号. Kind of bracket, full or half width and leading zeros do not matter.",
    submit: "Verify number",
  },
  file: {
    title: "With a file or certificate",
    hint: "Use this when you hold a scan, a PDF or a Hufu certificate (JSON). A trust bundle file goes here, too.",
    drop: "Drop the file here, or",
    label: "Choose a file",
    privacy:
      "The file stays in your browser: of a scan only the fingerprint (SHA-256) is looked up; a certificate is verified by the browser itself, and nothing of it is sent.",
    withoutScript:
      "Files and certificates are checked by your browser itself, which needs JavaScript. Without it you can still verify by document number or digest, check a certificate with the offline verifier or the command line tool, or send it to the API at POST /v1/verifications.",
    hashing: (percent) => `Computing the file's fingerprint … ${String(percent)}%`,
    asking: "Checking …",
    done: (word) => `Done: ${word}`,
  },
  digest: {
    title: "By digest or record link",
    hint: "Use this when you have 64 digits of a digest, or the link out of a QR code.",
    label: "Digest or record link",
    submit: "Verify digest",
  },

  problemTitle: "There is a problem",
  problem: {
    "bad-digest":
      "This is neither a digest nor a record link. A digest is 64 digits 0–9 and a–f; a link looks like https://…/r/DIGEST.",
    "no-digest": "Enter a digest or a record link.",
    "no-kind": "Choose the kind of document.",
    "no-document-number": "Enter the document number.",
    "document-number-too-long": "The document number is too long: 128 characters at most.",
    "file-empty": "This file is empty, there is nothing to verify.",
    "file-too-large": "The file is too large: 512 MB at most.",
    "file-unreadable": "The browser cannot read this file. It may have been moved or deleted, or be a folder.",
    "certificate-unreadable":
      "This certificate cannot be read: it is incomplete, or not a Hufu certificate. Download it again from the agency. This does not mean that it is forged.",
    "trust-unreadable":
      "This trust bundle cannot be read: it is incomplete, or was altered. Get it again from those who publish it.",
    "several-files": "Verify one file at a time.",
    "rate-limited": "Too many requests. Wait a moment and try again.",
    "gateway-busy": "The service is busy. Wait a moment and try again.",
    "gateway-unreachable":
      "The service could not be reached and gave no answer. Check your connection and try again. This says nothing about the document.",
    "no-certificate":
      "The gateway has no certificate of this record: it is not anchored yet, or its content was erased as the law requires.",
    "not-found": "There is no such page.",
    erased:
      "The content of this record was erased as the law requires, so it cannot be verified here. Whoever holds its certificate can still verify it.",
    "needs-gateway":
      "Offline, only certificates (JSON) and trust bundles can be verified. A scan is looked up by its fingerprint on the gateway's verify page.",
    failed: "Something went wrong here and there is no answer. Try again later. This says nothing about the document.",
  },
  retryAfter: (seconds) => `You can try again in ${seconds} seconds.`,
  where: (detail) => `Where: ${detail}`,

  word: {
    "in-force": "Genuine and in force",
    annotated: "Genuine, with an annotation",
    ended: "Genuine, no longer in effect",
    superseded: "Genuine, superseded by a newer version",
    withdrawn: "Genuine, but withdrawn",
    accepted: "Accepted, not yet anchored",
    unknown: "Not in this ledger",
    altered: "Altered: do not rely on it",
    stale: "Its proof is out of date",
    unreachable: "Could not be checked now",
  },
  repaired: "Genuine, credit repaired",
  noMatch: {
    "document-number": (asked) => `This ledger has no record with the document number “${asked}”.`,
    file: (asked) => `No public record of this ledger has the file “${asked}”.`,
  },
  noMatchAdvice: {
    "document-number":
      "Check the number and the kind of document. Not found does not mean forged: the agency may not have entered it here. Ask the agency named on the paper.",
    file: "One changed byte (a new scan, saving it again, compression in a messenger) makes another fingerprint. Not found does not mean forged; and files about persons are not public. You can verify by document number instead.",
  },
  matchesTitle: (count) => `${String(count)} records found`,
  matches: {
    "document-number": "Different agencies may use the same number. Choose by the agency that decided:",
    file: "This file is part of several records. Choose one:",
  },
  matchedFile: (name) => `Your file “${name}” is exactly the file entered with this record.`,

  fact: {
    agency: "Decided by",
    kind: "Kind of document",
    documentNumber: "Document number",
    acceptedAt: "Accepted",
    anchoredAt: "Entered in the ledger",
    notAnchored: "Not yet",
    asOf: "Checked up to",
    sealed: "Block sealed by",
    sealedBy: {
      qbft: (by, of) => `Sealed by ${String(by)} of ${String(of)} validators`,
      clique: (by, of) => `Endorsed by ${String(by)} of ${String(of)} validators, which is not final`,
      development: () => "Sealed by nobody but the gateway of a development chain",
    },
    asOfValue: (block, time) => `Block ${String(block)}, ${time}`,
    sinceAnchored: "Status changed",
    amends: "This record supersedes",
    amendedBy: "Superseded; the newer version is",
    uscc: "Unified social credit code",
    unnamed: "(no name on the ledger)",
  },
  open: "Open record",

  standingsTitle: "Effect and changes",
  standingsProven: "Proven by the block's state and the digests of these documents; it is nobody's word.",
  standing: { own: "This record", next: "The record that took its place", last: "The newest version" },
  decision: {
    since: "Entered in the ledger",
    effect: "Effect",
    reason: "Reason",
    date: "Date of decision",
    by: "Decided by",
    docNo: "Document number",
    explanation: "Public explanation",
    notShown: "Not shown by the holder",
    link: "Verify this decision",
    lacks: {
      unexplained: "The file does not show the decision that it rests on.",
      contradicts: "The decision in the file says something else than the ledger, which counts.",
    },
  },
  pending: (count) =>
    `${String(count)} further change(s) of status accepted and not yet anchored; this verdict does not count them.`,
  checksTitle: { browser: "Checked by this browser", gateway: "Checked by the gateway" },
  checksHint: {
    browser: "Computed by this page on your device under the trust bundle; nobody was asked.",
    gateway: "What the service answers after checking. To check for yourself, take the certificate and verify it here.",
  },
  checkName: {
    disclosures: "Content shown",
    schema: "Form of the content",
    digest: "Digest",
    path: "Path to the batch",
    links: "Documents enclosed",
    batch: "Batch in the ledger",
    status: "Effect in the ledger",
    "state-proof": "State proof",
    signature: "Agency's signature",
    seals: "Validators' seals",
    trust: "Trust bundle",
    freshness: "Age of the proof",
  },
  outcome: { VALID: "Passed", INVALID: "Failed", ERROR: "Could not check", SKIPPED: "Not checked" },

  contentTitle: "Public content",
  contentFromCertificate: "What the certificate shows",
  yes: "Yes",
  no: "No",
  filesTitle: "Files entered with it",
  fileColumns: { name: "Name", type: "Type", size: "Size", hash: "Fingerprint (SHA-256)" },
  hidden: {
    NOT_PUBLISHED: "Under the publication rules, the content of this decision is not public.",
    DEADLINE_PASSED: "The period of publication is over; the content is no longer public.",
    ENDED: "This decision is no longer in effect; its content is no longer public.",
    WITHDRAWN: "This decision was withdrawn; its content is no longer public.",
    ERASED: "The content was erased as the law requires; the gateway no longer has it.",
  },
  hiddenAdvice: "Whoever holds the content can still have it verified with a certificate.",

  notShownTitle: "What is not shown",
  byLaw: "Withheld by law",
  byLawHint: "Personal data and the like, shown to nobody here.",
  byHolder: "Public, but not in the certificate",
  byHolderHint:
    "Its holder left these out, or the gateway no longer gave them, because the decision ended or was withdrawn or its publication was over. You may ask the holder for them.",

  unknownTitle: "What this verdict does not know",
  unknown: {
    after: (block, time) => `What happened after block ${String(block)} (${time}). Check again when it matters.`,
    neverAnchored:
      "Whether and when it will be anchored. Until then it has only the promise of the service that accepted it.",
    nothing: "Whether documents that were never entered in this ledger are genuine.",
    original: "What the genuine record says and how it stands today: look it up by its document number.",
    unread: "Whether this record is genuine and how it stands: it could not be checked this time.",
  },

  technicalTitle: "Technical details",
  technical: {
    digest: "Digest",
    algorithm: "Digest algorithm",
    recordId: "Agency's record id",
    root: "Batch root",
    transaction: "Transaction",
    block: "Block",
    blockHash: "Block hash",
    link: "Record link",
    state: "State",
  },
  state: {
    accepted: "accepted, on disk",
    batched: "in a batch",
    sent: "sent, waiting for a block",
    anchored: "anchored",
    saved: "anchored, chain data saved",
    final: "anchored, final",
  },
  endorsed: (by, of) => `anchored, endorsed by ${String(by)} of ${String(of)} signers`,

  footer:
    "Hufu records the fingerprint of every decision on a ledger; the content itself is not on it. Every verdict says who checked, what it rests on, and what is not known.",
  footerLinks: { trust: "What the ledger's trust rests on", api: "API", kinds: "Kinds of document and their fields" },
};
