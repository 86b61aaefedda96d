import { bytesToHex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { HashAlgorithm } from "../../core/hash.ts";
import type { Kind } from "../../core/kinds/kind.ts";
import { documentNumberField, type KindRegistry } from "../../core/kinds/registry.ts";
import type { Content } from "../../core/record/content.ts";
import { notarise, type NotarisedRecord } from "../../core/record/digest.ts";
import type { FileEntry } from "../../core/record/file.ts";
import type { RecordRow } from "../store/records.ts";
import { nodeHasher, nodeShake256 } from "./hashing.ts";

/** The kind, in the schema version, that a stored record was written by. */
export function kindOf(row: Pick<RecordRow, "kind" | "schema_version">, kinds: KindRegistry): Kind {
  const kind = kinds.byId(row.kind, row.schema_version);
  if (!kind)
    throw new HufuError("INVARIANT", `the store holds kind ${row.kind} version ${row.schema_version}, which is none`);
  return kind;
}

/** What the store keeps of a record as text, parsed when it was accepted; null once erased. */
export function contentOf(row: Pick<RecordRow, "content">): Content | null {
  return row.content === null ? null : (JSON.parse(row.content) as Content); // as: canonicalJson of a Content
}

export function filesOf(row: Pick<RecordRow, "files">): readonly FileEntry[] {
  return JSON.parse(row.files) as FileEntry[]; // as: canonicalJson of a list of FileEntry
}

/** The digest of the record that `row` amends; null: none. */
export function amendsOf(row: Pick<RecordRow, "amends">): string | null {
  return row.amends.length === 0 ? null : bytesToHex(row.amends);
}

/** What somebody says that a record is; `row` is its place in the store. */
export interface Claim {
  row: Pick<RecordRow, "agency" | "kind" | "schema_version" | "record_id" | "amends">;
  content: Content;
  files: readonly FileEntry[];
  algorithm: HashAlgorithm;
  seed: Uint8Array;
}

/** Notarises what is claimed, under a seed that is known. */
export function notariseClaim({ row, content, files, algorithm, seed }: Claim, kinds: KindRegistry): NotarisedRecord {
  return notarise({
    kind: kindOf(row, kinds),
    agency: row.agency,
    recordId: row.record_id,
    content,
    amends: amendsOf(row),
    files,
    seed,
    hasher: nodeHasher(algorithm),
    xof: nodeShake256,
  });
}

/** Computes a stored record's commitments and disclosures again; null once erased. */
export function notariseStored(row: RecordRow, kinds: KindRegistry): NotarisedRecord | null {
  const content = contentOf(row);
  if (content === null || row.seed === null) return null;
  const algorithm = row.algorithm as HashAlgorithm; // as: only draftRecord writes it
  return notariseClaim({ row, content, files: filesOf(row), algorithm, seed: row.seed }, kinds);
}

/** The number on the decision's document as its agency wrote it; the public may always see it. null: there is none. */
export function documentNumberOf(row: RecordRow, kinds: KindRegistry): string | null {
  const field = documentNumberField(kindOf(row, kinds));
  const written = field === null ? undefined : contentOf(row)?.[field];
  return typeof written === "string" ? written : row.document_number;
}
