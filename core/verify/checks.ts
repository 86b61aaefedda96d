import type { ProofFaultCode } from "../proofs/fault.ts";

/**
 * How a check ended. ERROR: it could not be carried out, which says nothing of the record. SKIPPED: there was nothing to check, or nobody asked
 * for it.
 */
export type Outcome = "VALID" | "INVALID" | "ERROR" | "SKIPPED";

/** In the order in which they are made; each rests on the ones before it. */
export const checkIds = [
  "disclosures",
  "schema",
  "digest",
  "path",
  "links",
  "state-proof",
  "batch",
  "status",
  "signature",
  "seals",
  "trust",
  "freshness",
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
  | "COMMITMENT_MISSING"
  | "COMMITMENT_SUPERFLUOUS"
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
  // links
  | "LINKS_MATCH"
  | "NO_LINKS"
  | "LINK_ALTERED"
  | "LINK_UNEXPECTED"
  | "LINK_CONTRADICTS"
  // state-proof
  | "STATE_PROVEN"
  | "SLOTS_MISSING"
  | "NODE_MISSING"
  | "NODE_TWICE"
  | "NODE_UNUSED"
  // batch
  | "BATCH_ON_LEDGER"
  | "BATCH_NOT_FOUND"
  | "BATCH_DIFFERS"
  // status
  | "STATUS_NEVER_SET"
  | "STATUS_ON_LEDGER"
  | "STATUS_UNEXPLAINED"
  | "STATUS_UNKNOWN"
  // signature
  | "SIGNATURE_MATCHES"
  | "SIGNATURE_NOT_CHECKED"
  | "NO_SIGNATURE"
  // seals
  | "SEALED_BY_QUORUM"
  | "ENDORSED_BY_MAJORITY"
  | "SEALED_BY_ONE"
  | "SIGNER_UNKNOWN"
  | "CONFLICTING_HEADERS"
  // seals, trust
  | "NO_TRUST_BUNDLE"
  | "FORMER_VALIDATORS"
  | "BUNDLE_TOO_OLD"
  // trust
  | "TRUST_MATCHES"
  | "OTHER_LEDGER"
  | "CODE_DIFFERS"
  | "CHECKPOINT_DIFFERS"
  // freshness
  | "FRESH"
  | "TOO_OLD"
  | "IN_THE_FUTURE"
  | "OLDER_STATUS"
  | "OLDER_BLOCK"
  | "AGE_NOT_ASKED"
  // what the gateway adds to its own answers
  | "NODE_UNREACHABLE"
  // state-proof, seals
  | ProofFaultCode;

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
