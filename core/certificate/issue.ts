import type { NotarisedRecord } from "../record/digest.ts";
import type { Disclosure } from "../record/disclosure.ts";
import type { CertificateBatch, CertifiedRecord } from "./certificate.ts";

/**
 * A notarised record as a certificate shows it. `show` names the disclosures that leave with it, nothing else of the content does. Whoever holds
 * it can leave out more, and add none.
 */
export function certifyRecord(
  record: NotarisedRecord,
  show: ReadonlySet<string>,
  batch: CertificateBatch,
): CertifiedRecord {
  const { header, commitments, disclosures, digest } = record;
  const shown = (disclosure: Disclosure | undefined): boolean => disclosure !== undefined && show.has(disclosure[1]);
  return {
    header,
    commitments: commitments.map((commitment, index) => (shown(disclosures[index]) ? null : commitment)),
    disclosures: disclosures.filter(shown),
    digest,
    batch,
  };
}
