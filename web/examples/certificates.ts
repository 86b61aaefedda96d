import { builtInKinds } from "../../core/kinds/registry.ts";
import type { Check } from "../../core/verify/checks.ts";
import { verdictOf } from "../../core/verify/verdict.ts";
import type { Verification } from "../../core/verify/verify.ts";
import { resultOfCertificate, type Told } from "../certificate-result.ts";
import { answer, asOf, decisionDigest, digest, market, record, type Example } from "./base.ts";

const told = {
  by: "虎符示例网关（虚构）",
  agencyName: market.name ?? "",
  asOf: { ...asOf, blockHash: "0xe6b03d7f9a1c58426d8fb50e73c9a4162fd7b8e1049c5a63d28e7f1b60c4a935" },
  status: {
    effect: "IN_FORCE",
    version: 0,
    since: null,
    actor: null,
    basis: null,
    reason: null,
    explanation: null,
    decisionDate: null,
    successor: null,
  },
} as const;

const own: readonly Check[] = [
  { id: "disclosures", outcome: "VALID", code: "DISCLOSURES_MATCH", params: { count: 12 } },
  {
    id: "schema",
    outcome: "VALID",
    code: "SCHEMA_MATCHES",
    params: { kind: "credit-penalty", zh: "信用处罚", version: 1 },
  },
  { id: "digest", outcome: "VALID", code: "DIGEST_MATCHES" },
  { id: "path", outcome: "VALID", code: "PATH_LEADS_TO_ROOT" },
  { id: "batch", outcome: "SKIPPED", code: "TOLD_BY_GATEWAY" },
  { id: "status", outcome: "SKIPPED", code: "TOLD_BY_GATEWAY" },
  { id: "state-proof", outcome: "SKIPPED", code: "NOT_IN_VERSION_0" },
  { id: "seals", outcome: "SKIPPED", code: "NOT_IN_VERSION_0" },
  { id: "trust", outcome: "SKIPPED", code: "NOT_IN_VERSION_0" },
];

const heldBack = ["violationFacts", "penaltyContent"];
const shown = Object.fromEntries(Object.entries(record.content ?? {}).filter(([name]) => !heldBack.includes(name)));

/** Verified by the browser: two public fields are not shown by the holder, and what the law withholds is not either. */
const sound: Verification = {
  verdict: verdictOf("in-force", { agency: market, toldBy: "gateway", asOf, anchoredAt: "2026-06-02T01:15:42Z" }),
  checks: own,
  digest,
  asOf,
  agency: market,
  kind: "credit-penalty",
  documentNumber: record.documentNumber,
  shown,
  files: record.files.map((file) => ({ ...file })),
  hidden: { byHolder: heldBack, byLaw: record.notShown },
  unknown: [
    { code: "AFTER", params: { block: asOf.blockNumber, instant: asOf.blockTime } },
    { code: "WORD_OF_GATEWAY" },
    { code: "REST_OF_CONTENT" },
  ],
};

const altered: Verification = {
  ...sound,
  verdict: verdictOf("altered", { asOf }),
  checks: own.map((check) =>
    check.id === "disclosures"
      ? { id: check.id, outcome: "INVALID", code: "DISCLOSURE_ALTERED", params: { name: "fineAmountWan" } }
      : check,
  ),
  documentNumber: null,
  shown: {},
  files: [],
  unknown: [],
};

const schemaUnknown: Verification = {
  ...sound,
  verdict: verdictOf("unreachable", { asOf, cause: "SCHEMA_UNKNOWN" }),
  checks: own.map((check) =>
    check.id === "schema"
      ? { id: check.id, outcome: "ERROR", code: "SCHEMA_UNKNOWN", params: { kind: "credit-grade" } }
      : check,
  ),
  kind: "credit-grade",
  hidden: { byHolder: [], byLaw: [] },
  unknown: [],
};

const example = (name: string, verification: Verification, said: Told | null): Example => ({
  name,
  found: {
    is: "result",
    result: resultOfCertificate({ told }, verification, said, builtInKinds.byName(verification.kind)),
  },
});

/** A certificate in the citizen's hand: what the browser found, and what the gateway said of today. */
export const certificates: readonly Example[] = [
  example("certificate-in-force", sound, { answer, record }),
  example("certificate-ended", sound, {
    answer: {
      ...answer,
      verdict: "ended",
      sentence: {
        "zh-CN": "真实，2026年9月9日准予信用修复，不再有效。",
        en: "Genuine, credit repaired on 9 September 2026; no longer in effect.",
      },
    },
    record: {
      ...record,
      content: null,
      contentHidden: "ENDED",
      files: [],
      status: {
        effect: "ENDED",
        since: "2026-09-09T06:20:11Z",
        actor: market,
        decision: {
          digest: decisionDigest,
          reason: "REPAIR_GRANTED",
          decisionDate: "2026-09-09",
          explanation: "（虚构）处罚已履行，准予修复。",
          decisionDocNo: null,
          successor: null,
        },
        pending: [],
      },
    },
  }),
  example("certificate-alone", sound, null),
  example("certificate-altered", altered, null),
  example("certificate-schema-unknown", schemaUnknown, { answer, record: null }),
];
