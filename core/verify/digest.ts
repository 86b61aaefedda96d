import type { CertifiedRecord } from "../certificate/certificate.ts";
import type { Hasher } from "../hash.ts";
import type { Kind } from "../kinds/kind.ts";
import { computeDigest } from "../record/digest.ts";
import { check, type Check } from "./checks.ts";
import { filledCommitments } from "./disclosures.ts";

/** Header and ordered commitments, those of what is shown computed from it, give the digest. */
export function checkDigest(record: CertifiedRecord, kind: Kind | undefined, hasher: Hasher): Check {
  const { header, digest } = record;
  if (kind === undefined) return check("digest", "ERROR", "SCHEMA_UNKNOWN", { kind: header.kind });
  const commitments = filledCommitments(record, kind, hasher);
  const matches = commitments !== null && computeDigest(header, commitments, hasher) === digest;
  return check("digest", matches ? "VALID" : "INVALID", matches ? "DIGEST_MATCHES" : "DIGEST_DIFFERS");
}
