import { builtInKinds } from "../../core/kinds/registry.ts";
import { fileDisclosureName } from "../../core/record/file.ts";
import { wordsOf } from "../../core/trust/fingerprint.ts";
import { check, type Check } from "../../core/verify/checks.ts";
import { verdictOf, type Verdict } from "../../core/verify/verdict.ts";
import type { Verification } from "../../core/verify/verify.ts";
import type { Standing } from "../../core/verify/walk.ts";
import { resultOfCertificate } from "../certificate-result.ts";
import type { CertificateDesk, Hideable } from "../desk.ts";
import { asOf, credit, digest, justice, market, record, successor, type Example } from "./base.ts";

const block = asOf.blockNumber;
const sealed = { consensus: "qbft", by: 3, of: 4 } as const;

/** Every check of a certificate whose status was never set, as good as it can be; those that are named end as they say. */
function checksWith(...other: readonly Check[]): readonly Check[] {
  const good = [
    check("disclosures", "VALID", "DISCLOSURES_MATCH", { count: 12 }),
    check("schema", "VALID", "SCHEMA_MATCHES", { kind: "credit-penalty", zh: "信用处罚", version: 1 }),
    check("digest", "VALID", "DIGEST_MATCHES"),
    check("path", "VALID", "PATH_LEADS_TO_ROOT"),
    check("links", "SKIPPED", "NO_LINKS"),
    check("state-proof", "VALID", "STATE_PROVEN", { block }),
    check("batch", "VALID", "BATCH_ON_LEDGER"),
    check("status", "VALID", "STATUS_NEVER_SET"),
    check("signature", "VALID", "SIGNATURE_MATCHES", { signer: "0x1f9090aae28b8a3dceadf281b0f12828e676c326" }),
    check("seals", "VALID", "SEALED_BY_QUORUM", { block, by: sealed.by, of: sealed.of }),
    check("trust", "VALID", "TRUST_MATCHES"),
    check("freshness", "VALID", "FRESH", { seconds: 300, max: 2_592_000, instant: asOf.blockTime }),
  ];
  return good.map((one) => other.find(({ id }) => id === one.id) ?? one);
}

const heldBack = ["violationFacts", "penaltyContent"];
const shown = Object.fromEntries(Object.entries(record.content ?? {}).filter(([name]) => !heldBack.includes(name)));
const after = { code: "AFTER", params: { block, instant: asOf.blockTime } } as const;
const known: Partial<Verdict> = {
  agency: market,
  kind: { zh: "信用处罚", en: "credit penalty" },
  documentNumber: record.documentNumber,
  anchoredAt: "2026-06-02T01:15:42Z",
  asOf,
  sealed,
};

/** Verified by the browser: two public fields are not shown by the holder, and what the law withholds is not either. */
const sound: Verification = {
  verdict: verdictOf("in-force", known),
  checks: checksWith(),
  digest,
  asOf,
  agency: market,
  kind: "credit-penalty",
  documentNumber: record.documentNumber,
  standings: [],
  shown,
  files: Object.fromEntries(record.files.map((file, index) => [fileDisclosureName(index), { ...file }])),
  hidden: { byHolder: heldBack, byLaw: record.notShown },
  unknown: [after, { code: "BEFORE_ANCHORING" }, { code: "SIGNER_RIGHTS" }, { code: "REST_OF_CONTENT" }],
  met: null,
  conflict: null,
};

const standing: Standing = {
  digest,
  effect: "IN_FORCE",
  version: 0,
  since: null,
  actor: null,
  reason: null,
  decisionDate: null,
  explanation: null,
  successor: null,
  isExplained: false,
  notShown: [],
  contradicts: false,
};

const repair: Standing = {
  ...standing,
  effect: "ENDED",
  version: 1,
  since: "2026-09-09T06:20:11Z",
  actor: credit.uscc,
  reason: "REPAIR_GRANTED",
  decisionDate: "2026-09-09",
  explanation: "（虚构）处罚已履行，并作出信用承诺，准予修复。",
  isExplained: true,
};

const replaced = (from: string, to: string, since: string): Standing => ({
  ...standing,
  ...{ digest: from, effect: "SUPERSEDED", version: 1, since, actor: market.uscc, successor: to, isExplained: true },
});

const third = "c4a81e6f20d7b3598e1c6fa2047db985e3f16c80a9d25b74f8e03c6d1b7a9e52";

const hideable: readonly Hideable[] = [
  ...Object.keys(shown).map((field) => ({ name: field, field, isPublicView: false, text: null })),
  { name: "file/0", field: null, isPublicView: false, text: "行政处罚决定书.pdf" },
];

const usualDesk: CertificateDesk = {
  maxAge: "month",
  trust: { words: wordsOf("3f0c5a1e9b7d42688a6de0c4f1b2937d".repeat(2)), broughtBy: "gateway" },
  hideable,
  isNothingChosen: false,
  origin: "brought",
  renewal: null,
  conflict: null,
};

const names = new Map([market, credit, justice].map(({ uscc, name }) => [uscc, name]));

function example(name: string, verification: Partial<Verification>, desk: Partial<CertificateDesk> = {}): Example {
  const result = resultOfCertificate({
    verification: { ...sound, ...verification },
    links: [],
    kind: builtInKinds.byName(verification.kind ?? sound.kind),
    nameOf: (uscc) => names.get(uscc) ?? null,
    desk: { ...usualDesk, ...desk },
  });
  return { name, found: { is: "result", result } };
}

const ended: Partial<Verification> = {
  verdict: verdictOf("ended", {
    ...known,
    since: repair.since,
    reason: "REPAIR_GRANTED",
    decisionDate: repair.decisionDate,
    actor: credit,
  }),
  standings: [repair],
  checks: checksWith(
    check("links", "VALID", "LINKS_MATCH", { count: 1 }),
    check("status", "VALID", "STATUS_ON_LEDGER", { version: 1 }),
  ),
};

const chain: Partial<Verification> = {
  verdict: verdictOf("superseded", {
    ...known,
    since: "2026-06-29T03:00:09Z",
    successor,
    newest: { digest: third, effect: "ENDED" },
  }),
  standings: [
    replaced(digest, successor, "2026-06-29T03:00:09Z"),
    replaced(successor, third, "2026-07-15T08:12:40Z"),
    { ...repair, digest: third },
  ],
  checks: checksWith(
    check("links", "VALID", "LINKS_MATCH", { count: 3 }),
    check("status", "VALID", "STATUS_ON_LEDGER", { version: 1 }),
  ),
};

const heldBackOfDecision = [
  { name: "reason", zh: "原因" },
  { name: "explanation", zh: "公开理由" },
];

/** Its holder shows that it was ended, and not why; nor one of its files. */
const partlyExplained: Partial<Verification> = {
  ...ended,
  verdict: verdictOf("ended", { ...known, since: repair.since, decisionDate: repair.decisionDate, actor: credit }),
  standings: [{ ...repair, reason: null, explanation: null, notShown: heldBackOfDecision }],
  unknown: [
    ...sound.unknown,
    { code: "DECISION_PARTLY_SHOWN", params: { names: "reason, explanation", zh: "原因、公开理由" } },
    { code: "FILES_NOT_SHOWN", params: { count: 1, of: 2 } },
  ],
};

const unreachable = (cause: NonNullable<Verdict["cause"]>, ...failed: readonly Check[]): Partial<Verification> => ({
  verdict: verdictOf("unreachable", { asOf, cause }),
  checks: checksWith(...failed),
  unknown: [],
});

const stale = (cause: "TOO_OLD" | "OLDER_STATUS", failed: Check): Partial<Verification> => ({
  verdict: verdictOf("stale", { ...known, cause }),
  checks: checksWith(failed),
});

const altered: Partial<Verification> = {
  verdict: verdictOf("altered"),
  asOf: null,
  checks: checksWith(check("digest", "INVALID", "DIGEST_DIFFERS")),
  ...{ documentNumber: null, shown: {}, files: {}, unknown: [] },
};

/** A certificate in the citizen's hand: what the browser finds by itself. */
export const certificates: readonly Example[] = [
  example("certificate-in-force", {}),
  example("certificate-ended", ended),
  example("certificate-superseded", chain),
  example("certificate-unexplained", { ...ended, standings: [{ ...standing, effect: "ENDED", version: 1 }] }),
  example("certificate-partly-explained", partlyExplained),
  example("certificate-contradicted", { ...ended, standings: [{ ...repair, contradicts: true }] }),
  example("certificate-endorsed", {
    verdict: verdictOf("in-force", { ...known, sealed: { consensus: "clique", by: 3, of: 4 } }),
    checks: checksWith(check("seals", "VALID", "ENDORSED_BY_MAJORITY", { block, by: 3, of: 4 })),
    unknown: [...sound.unknown, { code: "NOT_FINAL", params: { by: 3, of: 4 } }],
  }),
  example("certificate-development", {
    verdict: verdictOf("in-force", { ...known, sealed: { consensus: "development", by: 1, of: 1 } }),
    checks: checksWith(check("seals", "VALID", "SEALED_BY_ONE", { block, by: 1, of: 1 })),
    unknown: [...sound.unknown, { code: "ONE_NODE" }, { code: "BUNDLE_OF_GATEWAY" }],
  }),
  example(
    "certificate-stale",
    stale("TOO_OLD", check("freshness", "ERROR", "TOO_OLD", { seconds: 9, max: 8, instant: asOf.blockTime })),
    { maxAge: "day" },
  ),
  example(
    "certificate-older-status",
    stale("OLDER_STATUS", check("freshness", "ERROR", "OLDER_STATUS", { version: 0, newer: 1, block })),
  ),
  example(
    "certificate-conflict",
    unreachable("CONFLICTING_HEADERS", check("seals", "ERROR", "CONFLICTING_HEADERS", { block, by: 3, of: 4 })),
    { conflict: { consensus: "qbft", blockNumber: block }, trust: { words: wordsOf(digest), broughtBy: "holder" } },
  ),
  example(
    "certificate-two-branches",
    unreachable("CONFLICTING_HEADERS", check("seals", "ERROR", "CONFLICTING_HEADERS", { block, by: 3, of: 4 })),
    { conflict: { consensus: "clique", blockNumber: block } },
  ),
  example(
    "certificate-in-the-future",
    unreachable(
      "IN_THE_FUTURE",
      check("freshness", "ERROR", "IN_THE_FUTURE", { seconds: 86_400, instant: asOf.blockTime }),
    ),
  ),
  example(
    "certificate-without-trust",
    unreachable(
      "NO_TRUST_BUNDLE",
      check("seals", "ERROR", "NO_TRUST_BUNDLE"),
      check("trust", "ERROR", "NO_TRUST_BUNDLE"),
    ),
    { trust: null },
  ),
  example(
    "certificate-former-validators",
    unreachable("FORMER_VALIDATORS", check("seals", "ERROR", "FORMER_VALIDATORS", { block })),
    { renewal: { is: "failed", why: "unreachable" } },
  ),
  example("certificate-altered", altered, { hideable: [] }),
  example(
    "certificate-schema-unknown",
    {
      ...unreachable("SCHEMA_UNKNOWN", check("schema", "ERROR", "SCHEMA_UNKNOWN", { kind: "credit-grade" })),
      ...{ kind: "credit-grade", hidden: { byHolder: [], byLaw: [] }, shown: {}, files: {}, documentNumber: null },
    },
    { hideable: [] },
  ),
  example("certificate-fetched", {}, { origin: "fetched" }),
  example(
    "certificate-renewed",
    {},
    { origin: "renewed", renewal: { is: "renewed", before: "2026-10-01T02:00:00Z", change: null } },
  ),
  example("certificate-renewed-changed", ended, {
    origin: "renewed",
    renewal: { is: "renewed", before: "2026-08-01T02:00:00Z", change: { from: "IN_FORCE", to: "ENDED" } },
  }),
  example("certificate-renewal-refused", {}, { renewal: { is: "failed", why: "refused" } }),
  example("certificate-reduced", {}, { origin: "reduced" }),
  example("certificate-nothing-chosen", {}, { isNothingChosen: true }),
];
