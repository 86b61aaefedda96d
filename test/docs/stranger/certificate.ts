import type { Algorithm } from "./hash.ts";
import { canonical, type Json, type JsonObject } from "./json.ts";
import type { Disclosure } from "./record.ts";
import * as is from "./shape.ts";

/** A record of the file, as far as its holder shows it. */
export interface CertifiedRecord {
  readonly header: {
    readonly algorithm: Algorithm;
    readonly kind: string;
    readonly schemaVersion: number;
    readonly schemaHash: string;
    readonly agency: string;
    readonly amends: string | null;
    readonly files: readonly string[];
  } & JsonObject;
  readonly commitments: readonly (string | null)[];
  readonly disclosures: readonly Disclosure[];
  readonly digest: string;
  readonly batch: { readonly root: string; readonly count: number; readonly path: readonly string[] };
}

export interface SealedBlock {
  readonly header: string;
  readonly following: readonly string[];
  readonly seal: string | null;
}

interface ProvenSlot {
  readonly value: string;
  /** places in the list of nodes */
  readonly nodes: readonly number[];
}

export interface Proof {
  readonly block: SealedBlock;
  readonly nodes: readonly string[];
  readonly account: {
    readonly nonce: number;
    readonly balance: string;
    readonly storageRoot: string;
    readonly codeHash: string;
    readonly nodes: readonly number[];
  };
  readonly slots: readonly { readonly batch: ProvenSlot; readonly status: ProvenSlot }[];
}

export interface Signature {
  readonly signer: string;
  readonly deadline: number;
  readonly signature: string;
}

export interface Certificate {
  readonly record: CertifiedRecord;
  readonly links: readonly CertifiedRecord[];
  readonly ledger: { readonly chainId: number; readonly genesisHash: string; readonly address: string };
  readonly proof: Proof;
  readonly evidence: { readonly signature: Signature | null };
}

const largest = 1_048_576;
const uscc = is.matching(/^[0-9A-Z]{18}$/);
const places = is.listOf(is.number(0));
const slot = is.members({ value: is.hash, nodes: places });

const record = is.members({
  header: is.members({
    format: is.exactly(1),
    algorithm: is.exactly("sha-256", "sm3"),
    kind: is.text,
    schemaVersion: is.number(1),
    schemaHash: is.digest,
    agency: uscc,
    recordId: is.text,
    amends: is.orNull(is.digest),
    files: is.listOf(is.digest),
  }),
  commitments: is.listOf(is.orNull(is.digest)),
  disclosures: is.listOf((value) => is.listOf(is.anything, { min: 3, max: 3 })(value) && isDisclosure(value)),
  digest: is.digest,
  batch: is.members({ root: is.hash, count: is.number(1, 2 ** 32 - 1), path: is.listOf(is.hash, { max: 32 }) }),
});

const certificate = is.members({
  format: is.exactly("hufu-certificate"),
  version: is.exactly(1),
  record,
  links: is.listOf(record, { max: 16 }),
  ledger: is.members({ chainId: is.number(1), genesisHash: is.hash, address: is.address }),
  proof: is.members({
    block: is.members({
      header: is.base64,
      following: is.listOf(is.base64),
      seal: is.orNull(is.base64Of(65)),
    }),
    nodes: is.listOf(is.base64),
    account: is.members({
      nonce: is.number(0),
      balance: is.quantity,
      storageRoot: is.hash,
      codeHash: is.hash,
      nodes: places,
    }),
    slots: is.listOf(is.members({ batch: slot, status: slot })),
  }),
  evidence: is.members({
    transaction: is.orNull(is.hash),
    blockNumber: is.number(0),
    blockHash: is.hash,
    signature: is.orNull(
      is.members({
        signer: is.matching(/^0x[0-9a-f]+$/),
        deadline: is.number(0),
        signature: is.matching(/^0x[0-9a-f]*$/),
      }),
    ),
  }),
  issuedBy: is.text,
});

function isDisclosure(value: Json | undefined): boolean {
  const [salt, name] = value as readonly Json[]; // as: a list of three
  return is.matching(/^[0-9a-f]{32}$/)(salt) && is.text(name);
}

/** Throws where the file is none of a version that the page describes. */
export function readCertificate(value: Json): Certificate {
  if (!certificate(value) || canonical(value).length > largest) throw new Error("not a certificate of version 1");
  return value as unknown as Certificate; // as: just looked at
}
