import type { Certificate } from "../certificate/certificate.ts";
import type { Hasher } from "../hash.ts";
import { computeDigest } from "../record/digest.ts";
import { check, type Check } from "./checks.ts";

/** Header and ordered commitments give the digest. */
export function checkDigest({ header, commitments, digest }: Certificate, hasher: Hasher): Check {
  const matches = computeDigest(header, commitments, hasher) === digest;
  return check("digest", matches ? "VALID" : "INVALID", matches ? "DIGEST_MATCHES" : "DIGEST_DIFFERS");
}
