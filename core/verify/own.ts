import type { CertifiedRecord } from "../certificate/certificate.ts";
import type { Hasher } from "../hash.ts";
import type { Kind } from "../kinds/kind.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { check, type Check } from "./checks.ts";
import { checkDigest } from "./digest.ts";
import { checkDisclosures } from "./disclosures.ts";
import { checkPath } from "./path.ts";
import { checkSchema } from "./schema.ts";

export interface OwnTools {
  readonly keccak: Keccak;
  readonly hasherOf: (algorithm: CertifiedRecord["header"]["algorithm"]) => Hasher;
}

/** What a record says of itself: content, digest and the path to its batch's root. */
export function checkOwn(record: CertifiedRecord, kind: Kind | undefined, tools: OwnTools): readonly Check[] {
  const hasher = tools.hasherOf(record.header.algorithm);
  return [
    checkDisclosures(record, kind, hasher),
    checkSchema(record, kind, hasher),
    checkDigest(record, kind, hasher),
    checkPath(record, kind, tools.keccak),
  ];
}

/** Each link holds together by itself, as the record does. */
export function checkLinks(
  links: readonly { readonly record: CertifiedRecord; readonly kind: Kind | undefined }[],
  tools: OwnTools,
): Check {
  if (links.length === 0) return check("links", "SKIPPED", "NO_LINKS");
  for (const [index, { record, kind }] of links.entries()) {
    const bad = checkOwn(record, kind, tools).find(({ outcome }) => outcome === "INVALID" || outcome === "ERROR");
    if (bad?.outcome === "INVALID")
      return check("links", "INVALID", "LINK_ALTERED", { link: index + 1, why: bad.code });
    if (bad !== undefined) return check("links", "ERROR", bad.code, bad.params);
  }
  return check("links", "VALID", "LINKS_MATCH", { count: links.length });
}
