import type { HashAlgorithm } from "../../core/hash.ts";
import { canonicalJson } from "../../core/json/canonical.ts";
import type { Kind } from "../../core/kinds/kind.ts";
import { documentNumberField, type KindRegistry } from "../../core/kinds/registry.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { leafOf } from "../../core/ledger/leaf.ts";
import { parseContent, type Content } from "../../core/record/content.ts";
import { notarise } from "../../core/record/digest.ts";
import { normaliseDocumentNumber } from "../../core/record/identifiers.ts";
import { isPublicFile } from "../../core/record/file.ts";
import { isPerson } from "../../core/record/publicity.ts";
import { legalWarnings, type Warning } from "../../core/record/warnings.ts";
import { HufuError } from "../../core/error.ts";
import { nodeHasher, nodeShake256 } from "./hashing.ts";
import type { Post } from "./post.ts";

/** A record that was read, checked and hashed, and is not stored yet. Plain data: it crosses from a worker to the main thread. */
export interface Draft {
  readonly digest: Uint8Array;
  readonly leaf: Uint8Array;
  readonly seed: Uint8Array;
  readonly agency: string;
  readonly kind: number;
  readonly kindName: string;
  readonly recordId: string;
  readonly schemaVersion: number;
  readonly algorithm: HashAlgorithm;
  /** no bytes where it amends none */
  readonly amends: Uint8Array;
  readonly documentNumber: string | null;
  /** RFC 8785 texts */
  readonly content: string;
  readonly files: string;
  readonly publicFiles: readonly { sha256: string; isPublic: boolean }[];
  readonly warnings: readonly Warning[];
}

export interface DraftTools {
  kinds: KindRegistry;
  keccak: Keccak;
}

/**
 * Reads a post against its kind's schema and notarises it for `agency` under `seed` (32 secret bytes). Throws UNKNOWN_KIND, or
 * INVALID_RECORD with every fault.
 */
export function draftRecord(post: Post, agency: string, seed: Uint8Array, { kinds, keccak }: DraftTools): Draft {
  const kind = kinds.byName(post.kind);
  if (!kind) throw new HufuError("UNKNOWN_KIND", `There is no kind ${post.kind}: GET /v1/kinds names them.`);
  const content = parseContent(kind, post.content, { agency, pointer: "/content" });
  const { amends = null, files = [], recordId, algorithm } = post;
  const hasher = nodeHasher(algorithm);
  const { digest } = notarise({ kind, agency, recordId, content, amends, files, seed, hasher, xof: nodeShake256 });
  const person = isPerson(kind, content);
  return {
    digest: Buffer.from(digest, "hex"),
    leaf: leafOf(agency, kind.id, digest, keccak),
    seed,
    agency,
    kind: kind.id,
    kindName: kind.kind,
    recordId,
    schemaVersion: kind.version,
    algorithm,
    amends: Buffer.from(amends ?? "", "hex"),
    documentNumber: documentNumberOf(kind, content),
    content: canonicalJson(content),
    files: canonicalJson(files),
    publicFiles: files.map((file) => ({ sha256: file.sha256, isPublic: isPublicFile(file, person) })),
    warnings: legalWarnings(kind, content),
  };
}

/** The normalised number of the decision's document; null where the kind has none or the content gives none. */
function documentNumberOf(kind: Kind, content: Content): string | null {
  const value = content[documentNumberField(kind) ?? ""];
  return typeof value === "string" ? normaliseDocumentNumber(value) : null;
}
