import type { Kysely } from "kysely";

import { bytesToHex, hexToBytes } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { HashAlgorithm } from "../../core/hash.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import { parseContent } from "../../core/record/content.ts";
import { findByKey, findVersions, type RecordRow } from "../store/records.ts";
import type { Tables } from "../store/tables.ts";
import type { AttemptLimit } from "./attempts.ts";
import { kindOf, notariseClaim } from "./stored.ts";
import type { HeldRecord } from "./verification-request.ts";

/** Whether a record that somebody holds, content and all, is one that the store has. */
export type HeldAnswer = { found: "genuine"; row: RecordRow } | { found: "altered" } | { found: "none" };

export interface HeldDeps {
  db: Kysely<Tables>;
  kinds: KindRegistry;
  limit: AttemptLimit;
}

/**
 * Compares by notarising what is held under the stored seed: the content is genuine if the stored digest comes out. Without `amends` every
 * version is compared, the newest first, for a paper does not say which it is. Throws UNKNOWN_KIND, INVALID_RECORD (content
 * that no record of the kind could have), TOO_MANY_ATTEMPTS, RECORD_ERASED.
 */
export async function findHeld(held: HeldRecord, { db, kinds, limit }: HeldDeps): Promise<HeldAnswer> {
  const kind = kinds.byName(held.kind);
  if (!kind) throw new HufuError("UNKNOWN_KIND", `There is no kind ${held.kind}: GET /v1/kinds names them.`);
  const rows = await candidates(db, kind.id, held);
  if (rows.length === 0) return { found: "none" };
  const attempt = limit.count(`${held.agency}/${held.kind}/${held.recordId}`);
  const row = rows.find((candidate) => isSame(held, candidate, kinds));
  if (row) attempt.forgive();
  else if (rows.every(({ seed }) => seed === null))
    throw new HufuError("RECORD_ERASED", "The content of this record was erased: nothing can be compared with it.");
  return row ? { found: "genuine", row } : { found: "altered" };
}

async function candidates(db: Kysely<Tables>, kind: number, held: HeldRecord): Promise<RecordRow[]> {
  const key = { agency: held.agency, kind, record_id: held.recordId };
  if (held.amends === undefined) return (await findVersions(db, key)).reverse();
  const row = await findByKey(db, { ...key, amends: hexToBytes(held.amends) });
  return row ? [row] : [];
}

function isSame({ agency, content, files = [] }: HeldRecord, row: RecordRow, kinds: KindRegistry): boolean {
  if (row.seed === null) return false;
  const parsed = parseContent(kindOf(row, kinds), content, { agency, pointer: "/record/content" });
  const algorithm = row.algorithm as HashAlgorithm; // as: only draftRecord writes it
  return (
    notariseClaim({ row, content: parsed, files, algorithm, seed: row.seed }, kinds).digest === bytesToHex(row.digest)
  );
}
