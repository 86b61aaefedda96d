import type { Kysely } from "kysely";

import { bytesToHex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import { findByKey, type RecordRow } from "../store/records.ts";
import type { Tables } from "../store/tables.ts";
import type { Draft } from "./draft.ts";
import { contentOf, filesOf, notariseClaim } from "./stored.ts";

/**
 * Finds the record whose place a draft would take. It is the same record if the draft's content gives the stored digest under the stored
 * seed: nothing else is kept of what "same" means, so it dies with the seed. Throws RECORD_ERASED, RECORD_CONFLICT (other
 * content), or ALREADY_AMENDED if the place is that of an amendment.
 */
export async function findOriginal(tx: Kysely<Tables>, draft: Draft, kinds: KindRegistry): Promise<RecordRow> {
  const row = await findByKey(tx, { ...draft, record_id: draft.recordId });
  if (!row) throw new HufuError("INVARIANT", "a record's place is taken, but by no record");
  const digest = bytesToHex(row.digest);
  if (row.seed === null)
    throw new HufuError("RECORD_ERASED", `The content of record ${digest} was erased; its id cannot be used again.`);
  const content = contentOf(draft);
  if (content !== null) {
    const claim = { row, content, files: filesOf(draft), algorithm: draft.algorithm, seed: row.seed };
    if (notariseClaim(claim, kinds).digest === digest) return row;
  }
  if (draft.amends.length > 0)
    throw new HufuError("ALREADY_AMENDED", `That version was amended by ${digest} already: amend the newest one.`);
  throw new HufuError(
    "RECORD_CONFLICT",
    `This agency has a ${draft.kindName} ${draft.recordId} with other content, ${digest}: to change it, post with "amends".`,
  );
}
