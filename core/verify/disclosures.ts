import type { Certificate } from "../certificate/certificate.ts";
import type { Hasher } from "../hash.ts";
import type { Kind } from "../kinds/kind.ts";
import { commitmentOf, disclosureNames } from "../record/disclosure.ts";
import { check, type Check } from "./checks.ts";

/** Each disclosure matches the commitment at its field's place, or its file's; there is one commitment for each place. */
export function checkDisclosures(certificate: Certificate, kind: Kind | undefined, hasher: Hasher): Check {
  const { header, commitments, disclosures } = certificate;
  if (kind === undefined) return check("disclosures", "ERROR", "SCHEMA_UNKNOWN", { kind: header.kind });
  const names = disclosureNames(kind);
  if (commitments.length !== names.length) {
    const counts = { expected: names.length, found: commitments.length };
    return check("disclosures", "INVALID", "COMMITMENTS_MISSING", counts);
  }
  const expected = new Map(names.map((name, index) => [name, commitments[index]]));
  header.files.forEach((commitment, index) => expected.set(`file/${index}`, commitment));
  for (const disclosure of disclosures) {
    const [, name] = disclosure;
    const commitment = expected.get(name);
    if (commitment === undefined) return check("disclosures", "INVALID", "DISCLOSURE_UNKNOWN", { name });
    if (commitmentOf(disclosure, hasher) !== commitment) {
      return check("disclosures", "INVALID", "DISCLOSURE_ALTERED", { name });
    }
  }
  const twice = disclosures.find(([, name], index) => disclosures.findIndex((other) => other[1] === name) !== index);
  if (twice !== undefined) return check("disclosures", "INVALID", "DISCLOSURE_TWICE", { name: twice[1] });
  if (disclosures.length === 0) return check("disclosures", "SKIPPED", "NOTHING_DISCLOSED");
  return check("disclosures", "VALID", "DISCLOSURES_MATCH", { count: disclosures.length });
}
