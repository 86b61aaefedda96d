import { faultsError, type Fault } from "../error.ts";
import { toJsonValue } from "../json/parse.ts";
import { renewable, type Certificate } from "./certificate.ts";
import * as read from "./read.ts";
import { refused } from "./read.ts";

/** What renews any certificate of a record, whatever its holder shows: it is the record's, not the certificate's. */
export type Renewal = Pick<Certificate, "links" | "proof" | "evidence">;

const renewal: read.Reader<Renewal> = read.object(renewable);

/** Reads a renewal that anybody may have made; nothing in it is true yet. Throws INVALID_CERTIFICATE with every fault, MALFORMED_JSON for a value that is no JSON. */
export function parseRenewal(value: unknown): Renewal {
  const faults: Fault[] = [];
  const parsed = renewal(toJsonValue(value), "", faults);
  if (parsed !== refused) return parsed;
  throw faultsError("INVALID_CERTIFICATE", faults.slice(0, read.MAX_FAULTS));
}

/**
 * The same certificate as of the renewal's block: what its holder shows stays, what the ledger says of it is new. Whether the renewal is of
 * this record is for the checks to see.
 */
export function renewed(certificate: Certificate, { links, proof, evidence }: Renewal): Certificate {
  return { ...certificate, links, proof, evidence };
}
