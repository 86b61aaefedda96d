import type { NotarisedRecord } from "../record/digest.ts";
import type { Certificate } from "./certificate.ts";

/** A notarised record, who may see what of it, and what is known of it on the ledger. */
export interface ToIssue extends Pick<Certificate, "batch" | "ledger" | "anchor" | "told"> {
  readonly record: NotarisedRecord;
  /** names of the disclosures to show: nothing else of the content leaves with the certificate */
  readonly show: ReadonlySet<string>;
}

/** A certificate of version 0. Whoever holds it can leave out more disclosures, and add none. */
export function issueCertificate({ record, show, batch, ledger, anchor, told }: ToIssue): Certificate {
  const { header, commitments, disclosures, digest } = record;
  return {
    format: "hufu-certificate",
    version: 0,
    header,
    commitments,
    disclosures: disclosures.filter(([, name]) => show.has(name)),
    digest,
    batch,
    ledger,
    anchor,
    told,
  };
}
