import { HufuError } from "../error.ts";
import type { HashAlgorithm, Hasher, Xof } from "../hash.ts";
import { canonicalJson } from "../json/canonical.ts";
import type { Kind } from "../kinds/kind.ts";
import { schemaHash } from "../kinds/registry.ts";
import type { Content } from "./content.ts";
import { commitmentOf, deriveSalts, discloseAll, disclosureNames, type Disclosure } from "./disclosure.ts";
import type { FileEntry } from "./file.ts";

/** What a digest binds besides the content. It is public. */
export type Header = {
  readonly format: 1;
  readonly algorithm: HashAlgorithm;
  readonly kind: string;
  readonly schemaVersion: number;
  /** hash of the schema file's RFC 8785 text, by `algorithm`, as all hashes of the record */
  readonly schemaHash: string;
  /** unified social credit code */
  readonly agency: string;
  readonly recordId: string;
  /** digest of the record that this one amends */
  readonly amends: string | null;
  /** commitments of the files */
  readonly files: readonly string[];
};

export interface NotarisedRecord {
  readonly header: Header;
  /** all of them: fields in schema order, then files. Whoever has these has the content */
  readonly disclosures: readonly Disclosure[];
  /** of the fields; those of the files are in the header */
  readonly commitments: readonly string[];
  /** 64 hexadecimal digits */
  readonly digest: string;
}

export interface ToNotarise {
  readonly kind: Kind;
  readonly agency: string;
  readonly recordId: string;
  readonly content: Content;
  readonly amends: string | null;
  readonly files: readonly FileEntry[];
  /** 32 secret bytes; who erases them and the content leaves nothing that a guess could be tested against */
  readonly seed: Uint8Array;
  readonly hasher: Hasher;
  readonly xof?: Xof;
}

/**
 * Commits to every field of a record and gives its digest. The same input always gives the same digest, so whether a
 * post repeats a stored record is answered by notarising it with the stored record's seed. Throws INVARIANT unless the
 * seed has 32 bytes.
 */
export function notarise(input: ToNotarise): NotarisedRecord {
  const { kind, agency, recordId, content, amends, files, seed, hasher, xof } = input;
  if (seed.length !== 32) throw new HufuError("INVARIANT", "a record's seed has 32 bytes");
  const fieldCount = disclosureNames(kind).length;
  const disclosures = discloseAll(kind, content, files, deriveSalts(seed, fieldCount + files.length, xof));
  const all = disclosures.map((disclosure) => commitmentOf(disclosure, hasher));
  const commitments = all.slice(0, fieldCount);
  const header: Header = {
    format: 1,
    algorithm: hasher.algorithm,
    kind: kind.kind,
    schemaVersion: kind.version,
    schemaHash: schemaHash(kind, hasher),
    agency,
    recordId,
    amends,
    files: all.slice(fieldCount),
  };
  return { header, disclosures, commitments, digest: computeDigest(header, commitments, hasher) };
}

/** 64 hexadecimal digits: the hash of the RFC 8785 text of header and commitments, which is what the ledger anchors. */
export function computeDigest(header: Header, commitments: readonly string[], hasher: Hasher): string {
  // canonicalJson({ commitments, header }): JSON.stringify writes a list of strings as RFC 8785 wants it, and in one go
  return hasher.hash(
    "hufu.record.v1",
    `{"commitments":${JSON.stringify(commitments)},"header":${canonicalJson(header)}}`,
  );
}
