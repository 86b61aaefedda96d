import { check, type Check } from "./checks.ts";
import { kindUnknown, type Step } from "./steps.ts";

/** The ledger holds the batch of the record and of each link, anchored by its agency for its kind. */
export function checkBatch(steps: readonly Step[] | undefined): Check {
  if (steps === undefined) return check("batch", "INVALID", "SLOTS_MISSING");
  const ofUnknownKind = kindUnknown("batch", steps);
  if (ofUnknownKind !== undefined) return ofUnknownKind;
  for (const [index, { record, kind, batch }] of steps.entries()) {
    const isLink = index > 0;
    if (batch === null) return check("batch", "INVALID", isLink ? "LINK_ALTERED" : "BATCH_NOT_FOUND", linkOf(index));
    const { agency, count } = batch;
    if (agency !== record.header.agency || batch.kind !== kind?.id || count !== record.batch.count)
      return check("batch", "INVALID", isLink ? "LINK_ALTERED" : "BATCH_DIFFERS", linkOf(index));
  }
  return check("batch", "VALID", "BATCH_ON_LEDGER");
}

function linkOf(index: number): Check["params"] {
  return index === 0 ? undefined : { link: index, why: "BATCH_NOT_FOUND" };
}
