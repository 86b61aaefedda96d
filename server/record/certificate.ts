import type { Certificate } from "../../core/certificate/certificate.ts";
import type { Renewal } from "../../core/certificate/renew.ts";
import { HufuError } from "../../core/error.ts";
import type { RecordRow } from "../store/records.ts";
import { requireAnchored } from "./anchored.ts";
import { certified } from "./certified.ts";
import type { LedgerAddress } from "./ledger-facts.ts";
import { renewalOf, type RenewalDeps } from "./renewal.ts";
import type { Audience } from "./view.ts";

export interface CertificateDeps extends RenewalDeps {
  readonly ledger: LedgerAddress;
  /** who issues it: the gateway's name */
  readonly by: string;
}

export interface CertificateIssuer {
  /**
   * Issues the certificate of a stored record: with every disclosure for its agency, with the public ones for everybody, with none
   * while the law hides its content. Throws RECORD_ERASED, and what `renew` throws.
   */
  issue(row: RecordRow, audience: Audience): Promise<Certificate>;
  /**
   * What renews any certificate of the record: no disclosure of the record is in it. Throws NOT_ANCHORED, and NODE_UNREACHABLE, NODE_REFUSED or
   * NODE_ANSWER where the node does not answer, or not with what its own block holds.
   */
  renew(row: RecordRow): Promise<Renewal>;
}

export function createCertificateIssuer(deps: CertificateDeps): CertificateIssuer {
  const { chainId, genesisHash, address } = deps.ledger;
  return {
    renew: async (row) => renewalOf(await requireAnchored(deps.db, row), deps),
    async issue(row, audience) {
      const anchored = await requireAnchored(deps.db, row);
      const record = await certified(anchored, audience, deps);
      if (record === null)
        throw new HufuError("RECORD_ERASED", "The content of this record was erased: nothing can be disclosed of it.");
      return {
        format: "hufu-certificate",
        version: 1,
        record,
        ledger: { chainId, genesisHash, address },
        ...(await renewalOf(anchored, deps)),
        issuedBy: deps.by,
      };
    },
  };
}
