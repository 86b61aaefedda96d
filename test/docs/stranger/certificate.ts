import type { Algorithm } from "./hash.ts";
import type { Json, JsonObject } from "./json.ts";
import type { Disclosure } from "./record.ts";
import { createShape } from "./shape.ts";

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

const hasShape = createShape("certificate", 1_048_576);

/** Throws where the file is none of a version that the page describes. */
export function readCertificate(value: Json): Certificate {
  if (!hasShape(value)) throw new Error("not a certificate of version 1");
  return value as unknown as Certificate; // as: just looked at
}
