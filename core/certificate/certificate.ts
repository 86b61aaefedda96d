import type { Hex } from "../bytes.ts";
import { faultsError, type Fault } from "../error.ts";
import { canonicalJson } from "../json/canonical.ts";
import { toJsonValue } from "../json/parse.ts";
import { isObject } from "../json/shape.ts";
import type { Header } from "../record/digest.ts";
import type { Disclosure } from "../record/disclosure.ts";
import * as read from "./read.ts";
import { refused } from "./read.ts";

/**
 * One record as a file that a citizen keeps: what it says as far as its holder shows it, how that hangs together with the ledger, and
 * the proof that the ledger's validators sealed just that. With a trust bundle it needs no gateway, no node and no network.
 */
export interface Certificate {
  readonly format: "hufu-certificate";
  readonly version: 1;
  readonly record: CertifiedRecord;
  /**
   * What the verdict walks, in its order: of a status the decision that it rests on, of SUPERSEDED the successor too; then the successor's
   * own, and so on to the newest.
   */
  readonly links: readonly CertifiedRecord[];
  readonly ledger: { readonly chainId: number; readonly genesisHash: Hex; readonly address: Hex };
  readonly proof: Proof;
  readonly evidence: Evidence;
  /** the name of the gateway that issued it, which is anybody's word */
  readonly issuedBy: string;
}

/** A record as far as it is shown, and its place in its batch. */
export interface CertifiedRecord {
  readonly header: Header;
  /** of the fields, in schema order; null where the disclosure itself is shown, from which anybody computes it */
  readonly commitments: readonly (string | null)[];
  readonly disclosures: readonly Disclosure[];
  readonly digest: string;
  readonly batch: CertificateBatch;
}

export interface CertificateBatch {
  readonly root: Hex;
  readonly count: number;
  /** siblings from the leaf upwards */
  readonly path: readonly Hex[];
}

/** What the ledger held in one block. It can be renewed by anybody, from any node. */
export interface Proof {
  readonly block: SealedBlock;
  /** RLP of every trie node that is needed, once each, base64 */
  readonly nodes: readonly string[];
  readonly account: ProvenAccount;
  /** of the record, then of each link */
  readonly slots: readonly SlotPair[];
}

/** A block's header and what its validators put to it. Base64 of RLP. */
export interface SealedBlock {
  /** with the seals in its extraData, under QBFT and Clique */
  readonly header: string;
  /** Clique: the headers that follow it, by which further signers endorse it */
  readonly following: readonly string[];
  /** of a development chain, which has no validators: 65 bytes by its gateway's key */
  readonly seal: string | null;
}

/** The ledger's account. `nodes` are places in {@link Proof.nodes}, from the state root down. */
export interface ProvenAccount {
  readonly nonce: number;
  readonly balance: Hex;
  readonly storageRoot: Hex;
  readonly codeHash: Hex;
  readonly nodes: readonly number[];
}

export interface SlotPair {
  readonly batch: ProvenSlot;
  readonly status: ProvenSlot;
}

/** What a storage slot holds; zeros where the trie proves that there is nothing. */
export interface ProvenSlot {
  readonly value: Hex;
  /** places in {@link Proof.nodes}, from the storage root down */
  readonly nodes: readonly number[];
}

/** What stands beside the proof: where the batch was anchored, and the agency's own signature over it. */
export interface Evidence {
  /** null where the gateway knows the block and not the transaction */
  readonly transaction: Hex | null;
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly signature: BatchSignature | null;
}

/** EIP-712 `Anchor` of the record's batch. */
export interface BatchSignature {
  /** ERC-7913: 20 bytes are an address, more a verifier contract and a key */
  readonly signer: Hex;
  /** seconds of block time */
  readonly deadline: number;
  readonly signature: Hex;
}

/** Characters of a certificate's RFC 8785 text, at most: far more than a record of the built-in kinds can fill. */
export const MAX_CERTIFICATE = 1024 * 1024;

/** More disclosures or commitments than any schema has. */
const MAX_PLACES = 1000;

/** A tree of 2^32 leaves, which is what a batch's count can say. */
const MAX_PATH = 32;

/** A record with more links than this shows its newest status only by another certificate. */
export const MAX_LINKS = 16;

/** A header with the seals of a thousand validators. */
const MAX_HEADER = 128 * 1024;

/** As many signers as a majority of a Clique chain can reasonably have. */
const MAX_FOLLOWING = 256;

/** A branch of sixteen hashes has 532 bytes, a leaf less; an embedded node cannot make one longer. */
const MAX_NODE = 1024;
/** 64 nibbles to a key, two slots a record, and the account. */
const MAX_DEPTH = 64;
const MAX_NODES = MAX_DEPTH * (2 * (1 + MAX_LINKS) + 1);

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

const record: read.Reader<CertifiedRecord> = read.object({
  header,
  commitments: read.list(read.orNull(read.digest), MAX_PLACES),
  disclosures: read.list(read.disclosure, MAX_PLACES),
  digest: read.digest,
  batch: read.object({
    root: read.hash,
    count: read.integer(1, 0xffff_ffff),
    path: read.list(read.hash, MAX_PATH),
  }),
});

const places = read.list(read.integer(0, MAX_NODES - 1), MAX_DEPTH + 1);
const slot: read.Reader<ProvenSlot> = read.object({ value: read.hash, nodes: places });

export const sealedBlock: read.Reader<SealedBlock> = read.object({
  header: read.base64(MAX_HEADER),
  following: read.list(read.base64(MAX_HEADER), MAX_FOLLOWING),
  seal: read.orNull(read.base64(65)),
});

const proof: read.Reader<Proof> = read.object({
  block: sealedBlock,
  nodes: read.list(read.base64(MAX_NODE), MAX_NODES),
  account: read.object({
    nonce: read.integer(0, Number.MAX_SAFE_INTEGER),
    balance: read.quantity,
    storageRoot: read.hash,
    codeHash: read.hash,
    nodes: places,
  }),
  slots: read.list(read.object({ batch: slot, status: slot }), 1 + MAX_LINKS),
});

const evidence: read.Reader<Evidence> = read.object({
  transaction: read.orNull(read.hash),
  blockNumber: read.integer(0, Number.MAX_SAFE_INTEGER),
  blockHash: read.hash,
  signature: read.orNull(
    read.object({
      signer: read.hexBytes(1024),
      deadline: read.integer(0, Number.MAX_SAFE_INTEGER),
      signature: read.hexBytes(4096),
    }),
  ),
});

/** What a renewal puts in the place of older ones. */
export const renewable = { links: read.list(record, MAX_LINKS), proof, evidence };

const certificate: read.Reader<Certificate> = read.object({
  format: read.literal("hufu-certificate"),
  version: read.literal(1),
  record,
  links: renewable.links,
  ledger: read.object({
    chainId: read.integer(1, Number.MAX_SAFE_INTEGER),
    genesisHash: read.hash,
    address: read.address,
  }),
  proof,
  evidence,
  issuedBy: read.text(400),
});

/**
 * Reads a certificate that anybody may have made. What it gives has a closed type and bounded sizes, and nothing in it
 * is true yet. Throws INVALID_CERTIFICATE with every fault, MALFORMED_JSON for a value that is no JSON.
 */
export function parseCertificate(value: unknown): Certificate {
  const json = toJsonValue(value);
  if (canonicalJson(json).length > MAX_CERTIFICATE) throw faultsError("INVALID_CERTIFICATE", [tooLarge]);
  if (isObject(json) && json["version"] === 0) throw faultsError("INVALID_CERTIFICATE", [withoutProof]);
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

const withoutProof: Fault = {
  code: "NOT_ALLOWED",
  pointer: "/version",
  message: "a certificate of version 0 carries no proof: take a new one by the record's digest",
};
