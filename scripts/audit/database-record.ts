import { bytesToHex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { hashAlgorithms } from "../../core/hash.ts";
import { parseJson, type JsonValue } from "../../core/json/parse.ts";
import type { Kind } from "../../core/kinds/kind.ts";
import { builtInKinds, documentNumberField } from "../../core/kinds/registry.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { leafOf } from "../../core/ledger/leaf.ts";
import type { Content } from "../../core/record/content.ts";
import { notarise } from "../../core/record/digest.ts";
import type { FileEntry } from "../../core/record/file.ts";
import { normaliseDocumentNumber } from "../../core/record/identifiers.ts";
import { nodeHasher, nodeShake256 } from "../../server/record/hashing.ts";
import { bytes, isNull, number, text, type Row } from "./database-row.ts";
import { divergence, type AuditDivergence } from "./report.ts";

/** A record by the names that people know it by. */
export function namesOf(row: Row): AuditDivergence["names"] {
  const digest = bytesToHex(bytes(row, "digest"));
  return { digest, agency: text(row, "agency"), kind: number(row, "kind"), recordId: text(row, "record_id") };
}

/** Whether content, files and seed still give the digest, digest the leaf, and content the number that it is found by. */
export function compareRecord(row: Row, keccak: Keccak): AuditDivergence | undefined {
  const digest = bytesToHex(bytes(row, "digest"));
  const kind = builtInKinds.byId(number(row, "kind"), number(row, "schema_version"));
  if (kind === undefined) {
    throw new HufuError("UNKNOWN_KIND", `The database has kind ${number(row, "kind")}, which is not known here.`);
  }
  const leaf = bytesToHex(leafOf(text(row, "agency"), kind.id, digest, keccak));
  if (leaf !== bytesToHex(bytes(row, "leaf"))) {
    const what = "A record's leaf is not that of its digest";
    return divergence("DATABASE_RECORD_ALTERED", what, leaf, bytesToHex(bytes(row, "leaf")), namesOf(row));
  }
  // Content and seed are erased together; what is left of such a record is its digest.
  if (isNull(row, "content") && isNull(row, "seed")) return undefined;
  const content = contentOf(row);
  const found = content === undefined ? "something that cannot be notarised" : digestOf(row, kind, content);
  if (content === undefined || found !== digest) {
    const what = "A record's content, files, seed or record id was changed after it was notarised";
    return divergence("DATABASE_CONTENT_ALTERED", what, `digest ${digest}`, `digest ${found}`, namesOf(row));
  }
  return numberFault(row, kind, content);
}

function numberFault(row: Row, kind: Kind, content: Content): AuditDivergence | undefined {
  const value = content[documentNumberField(kind) ?? ""];
  const expected = typeof value === "string" ? normaliseDocumentNumber(value) : null;
  if (row["document_number"] === expected) return undefined;
  const what = "A record is found by a document number that its content does not have";
  const names = namesOf(row);
  return divergence("DATABASE_RECORD_ALTERED", what, String(expected), String(row["document_number"]), names);
}

/** undefined: what stands there is no JSON object, so nothing that was ever notarised. */
function contentOf(row: Row): Content | undefined {
  const value = isNull(row, "content") ? undefined : parsed(text(row, "content"));
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Content) : undefined; // as: a JSON object, which Array.isArray does not narrow to
}

function digestOf(row: Row, kind: Kind, content: Content): string {
  const algorithm = hashAlgorithms.find((name) => name === row["algorithm"]);
  const files = parsed(text(row, "files"));
  if (algorithm === undefined || !Array.isArray(files) || isNull(row, "seed")) return "none";
  const amends = bytes(row, "amends");
  try {
    return notarise({
      kind,
      agency: text(row, "agency"),
      recordId: text(row, "record_id"),
      content,
      amends: amends.length === 0 ? null : bytesToHex(amends),
      files: files as FileEntry[], // as: hashed as it stands; anything but what was notarised gives another digest
      seed: bytes(row, "seed"),
      hasher: nodeHasher(algorithm),
      xof: nodeShake256,
    }).digest;
  } catch {
    return "none";
  }
}

function parsed(json: string): JsonValue | undefined {
  try {
    return parseJson(json);
  } catch {
    return undefined;
  }
}
