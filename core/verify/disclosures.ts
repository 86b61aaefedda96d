import type { CertifiedRecord } from "../certificate/certificate.ts";
import type { Hasher } from "../hash.ts";
import type { Kind } from "../kinds/kind.ts";
import { commitmentOf, disclosureNames } from "../record/disclosure.ts";
import { check, type Check } from "./checks.ts";

/** Each field is either shown or has its commitment, each file that is shown matches the header's, and nothing else is there. */
export function checkDisclosures(record: CertifiedRecord, kind: Kind | undefined, hasher: Hasher): Check {
  const { header, disclosures } = record;
  if (kind === undefined) return check("disclosures", "ERROR", "SCHEMA_UNKNOWN", { kind: header.kind });
  const fault = placesFault(record, kind) ?? filesFault(record, hasher);
  if (fault !== undefined) return fault;
  if (disclosures.length === 0) return check("disclosures", "SKIPPED", "NOTHING_DISCLOSED");
  return check("disclosures", "VALID", "DISCLOSURES_MATCH", { count: disclosures.length });
}

function placesFault({ header, commitments, disclosures }: CertifiedRecord, kind: Kind): Check | undefined {
  const names = disclosureNames(kind);
  if (commitments.length !== names.length) {
    const counts = { expected: names.length, found: commitments.length };
    return check("disclosures", "INVALID", "COMMITMENTS_MISSING", counts);
  }
  const known = new Set([...names, ...header.files.map((_, index) => `file/${index}`)]);
  const shown = new Set<string>();
  for (const [, name] of disclosures) {
    if (!known.has(name)) return check("disclosures", "INVALID", "DISCLOSURE_UNKNOWN", { name });
    if (shown.has(name)) return check("disclosures", "INVALID", "DISCLOSURE_TWICE", { name });
    shown.add(name);
  }
  for (const [index, name] of names.entries()) {
    const isGiven = commitments[index] !== null;
    if (isGiven && shown.has(name)) return check("disclosures", "INVALID", "COMMITMENT_SUPERFLUOUS", { name });
    if (!isGiven && !shown.has(name)) return check("disclosures", "INVALID", "COMMITMENT_MISSING", { name });
  }
  return undefined;
}

function filesFault({ header, disclosures }: CertifiedRecord, hasher: Hasher): Check | undefined {
  const files = new Map(header.files.map((commitment, index) => [`file/${index}`, commitment]));
  const altered = disclosures.find((item) => {
    const commitment = files.get(item[1]);
    return commitment !== undefined && commitmentOf(item, hasher) !== commitment;
  });
  return altered && check("disclosures", "INVALID", "DISCLOSURE_ALTERED", { name: altered[1] });
}

/** Every commitment in schema order: the given ones, and those of what is shown. null where neither is there. */
export function filledCommitments(
  { commitments, disclosures }: CertifiedRecord,
  kind: Kind,
  hasher: Hasher,
): readonly string[] | null {
  const names = disclosureNames(kind);
  const shown = new Map(disclosures.map((item) => [item[1], item]));
  const filled = names.flatMap((name, index) => {
    const item = shown.get(name);
    return commitments[index] ?? (item === undefined ? [] : commitmentOf(item, hasher));
  });
  return filled.length === names.length ? filled : null;
}
