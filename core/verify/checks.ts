/** How a check ended. ERROR: it could not be carried out, which says nothing of the record. SKIPPED: nobody asked for it here. */
export type Outcome = "VALID" | "INVALID" | "ERROR" | "SKIPPED";

/** In the order in which they are made; each rests on the ones before it. */
export const checkIds = [
  "disclosures",
  "schema",
  "digest",
  "path",
  "batch",
  "status",
  "state-proof",
  "seals",
  "trust",
] as const;
export type CheckId = (typeof checkIds)[number];

/** Why a check ended as it did. Each has a sentence in every language. */
export type CheckCode =
  // disclosures
  | "DISCLOSURES_MATCH"
  | "NOTHING_DISCLOSED"
  | "DISCLOSURE_ALTERED"
  | "DISCLOSURE_UNKNOWN"
  | "DISCLOSURE_TWICE"
  | "COMMITMENTS_MISSING"
  // schema
  | "SCHEMA_MATCHES"
  | "SCHEMA_DIFFERS"
  | "SCHEMA_UNKNOWN"
  | "FIELD_INVALID"
  // digest
  | "DIGEST_MATCHES"
  | "DIGEST_DIFFERS"
  // path
  | "PATH_LEADS_TO_ROOT"
  | "PATH_LEADS_ELSEWHERE"
  | "AGENCY_DIFFERS"
  | "KIND_DIFFERS"
  // batch
  | "BATCH_ON_LEDGER"
  | "BATCH_AT_ANOTHER_TIME"
  | "BATCH_NOT_FOUND"
  | "BATCH_DIFFERS"
  | "OTHER_LEDGER"
  // status
  | "STATUS_ON_LEDGER"
  | "STATUS_NEWER"
  | "STATUS_DIFFERS"
  // batch, status
  | "TOLD_BY_GATEWAY"
  | "NODE_UNREACHABLE"
  | "NODE_BEHIND"
  // state-proof, seals, trust
  | "NOT_IN_VERSION_0";

export interface Check {
  readonly id: CheckId;
  readonly outcome: Outcome;
  readonly code: CheckCode;
  /** what its sentence names: a field, a count, a block */
  readonly params?: Readonly<Record<string, string | number>>;
}

export function check(id: CheckId, outcome: Outcome, code: CheckCode, params?: Check["params"]): Check {
  return { id, outcome, code, ...(params === undefined ? {} : { params }) };
}
