import type { Hex } from "../bytes.ts";
import { faultsError, type Fault } from "../error.ts";
import { canonicalJson } from "../json/canonical.ts";
import { toJsonValue } from "../json/parse.ts";
import { effects, type Effect } from "../ledger/effect.ts";
import type { Header } from "../record/digest.ts";
import type { Disclosure } from "../record/disclosure.ts";
import * as read from "./read.ts";
import { refused } from "./read.ts";

/**
 * One record as a file that a citizen keeps: what it says as far as its holder shows it, and how that hangs together
 * with the ledger. Version 0 proves content, digest and path by itself; batch, status and time are as a gateway told
 * them.
 */
export interface Certificate {
  readonly format: "hufu-certificate";
  readonly version: 0;
  readonly header: Header;
  /** of the fields, in schema order, whether shown or not */
  readonly commitments: readonly string[];
  readonly disclosures: readonly Disclosure[];
  readonly digest: string;
  readonly batch: CertificateBatch;
  readonly ledger: { readonly chainId: number; readonly genesisHash: Hex; readonly address: Hex };
  readonly anchor: CertificateAnchor;
  readonly told: Told;
}

export interface CertificateBatch {
  readonly agency: string;
  readonly kind: number;
  readonly root: Hex;
  readonly count: number;
  /** siblings from the leaf upwards */
  readonly path: readonly Hex[];
}

/** Block times are ISO 8601 in UTC, by the clock of the block's proposer. */
export interface CertificateAnchor {
  /** null where the gateway knows the block and not the transaction */
  readonly transaction: Hex | null;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly blockTime: string;
}

/** What nothing in a version 0 certificate proves. */
export interface Told {
  /** the name of the gateway that issued it */
  readonly by: string;
  readonly agencyName: string;
  readonly asOf: { readonly blockNumber: number; readonly blockHash: Hex; readonly blockTime: string };
  readonly status: ToldStatus;
}

export interface ToldStatus {
  readonly effect: Effect;
  /** how often the status was set; 0: never */
  readonly version: number;
  /** ISO 8601 in UTC: when the status was set */
  readonly since: string | null;
  /** unified social credit code of who set it */
  readonly actor: string | null;
  /** digest of the status decision, or of the record that took this one's place */
  readonly basis: string | null;
  readonly reason: string | null;
  readonly explanation: string | null;
  /** YYYY-MM-DD */
  readonly decisionDate: string | null;
  /** digest of the record that took this one's place */
  readonly successor: string | null;
}

/** Characters of a certificate's RFC 8785 text, at most: far more than a record of the built-in kinds can fill. */
export const MAX_CERTIFICATE = 256 * 1024;

/** More disclosures or commitments than any schema has. */
const MAX_PLACES = 1000;

/** A tree of 2^32 leaves, which is what a batch's count can say. */
const MAX_PATH = 32;

const header: read.Reader<Header> = read.object({
  format: read.literal(1),
  algorithm: read.literal("sha-256", "sm3"),
  kind: read.text(64),
  schemaVersion: read.integer(1, 65_535),
  schemaHash: read.digest,
  agency: read.agency,
  recordId: read.text(256),
  amends: read.orNull(read.digest),
  files: read.list(read.digest, MAX_PLACES),
});

const batch: read.Reader<CertificateBatch> = read.object({
  agency: read.agency,
  kind: read.integer(1, 255),
  root: read.hash,
  count: read.integer(1, 0xffff_ffff),
  path: read.list(read.hash, MAX_PATH),
});

const block = {
  blockNumber: read.integer(0, Number.MAX_SAFE_INTEGER),
  blockHash: read.hash,
  blockTime: read.instant,
};

const status: read.Reader<ToldStatus> = read.object({
  effect: read.literal(...effects),
  version: read.integer(0, 65_535),
  since: read.orNull(read.instant),
  actor: read.orNull(read.agency),
  basis: read.orNull(read.digest),
  reason: read.orNull(read.text(64)),
  explanation: read.orNull(read.text(4000)),
  decisionDate: read.orNull(read.day),
  successor: read.orNull(read.digest),
});

const certificate: read.Reader<Certificate> = read.object({
  format: read.literal("hufu-certificate"),
  version: read.literal(0),
  header,
  commitments: read.list(read.digest, MAX_PLACES),
  disclosures: read.list(read.disclosure, MAX_PLACES),
  digest: read.digest,
  batch,
  ledger: read.object({
    chainId: read.integer(1, Number.MAX_SAFE_INTEGER),
    genesisHash: read.hash,
    address: read.address,
  }),
  anchor: read.object({ transaction: read.orNull(read.hash), ...block }),
  told: read.object({ by: read.text(400), agencyName: read.text(400), asOf: read.object(block), status }),
});

/**
 * Reads a certificate that anybody may have made. What it gives has a closed type and bounded sizes, and nothing in it
 * is true yet. Throws INVALID_CERTIFICATE with every fault, MALFORMED_JSON for a value that is no JSON.
 */
export function parseCertificate(value: unknown): Certificate {
  const json = toJsonValue(value);
  if (canonicalJson(json).length > MAX_CERTIFICATE) throw faultsError("INVALID_CERTIFICATE", [tooLarge]);
  const faults: Fault[] = [];
  const parsed = certificate(json, "", faults);
  if (parsed !== refused) return parsed;
  throw faultsError("INVALID_CERTIFICATE", faults.slice(0, read.MAX_FAULTS));
}

const tooLarge: Fault = {
  code: "TOO_LONG",
  pointer: "",
  message: `a certificate has at most ${MAX_CERTIFICATE} characters`,
  params: { max: MAX_CERTIFICATE },
};
