/** The reasons of a status decision, as its schema lists them. A test compares the two. */
export const statusReasons = [
  "OBJECTION_ACCEPTED",
  "OBJECTION_DISMISSED",
  "LITIGATION",
  "LITIGATION_ENDED",
  "DISPUTE",
  "REPAIR_GRANTED",
  "REPAIR_REVOKED",
  "PERIOD_EXPIRED",
  "FULFILLED",
  "CORRECTED",
  "SUPPLEMENTED",
  "REVOKED_BY_AUTHORITY",
  "REVOKED_ON_RECONSIDERATION",
  "REVOKED_BY_COURT",
  "FOUND_UNLAWFUL",
  "INVALIDATED",
] as const;
export type StatusReason = (typeof statusReasons)[number];

/** The reason of this name; null where there is none or where a newer schema has one that is not known here. */
export function reasonOf(name: string | null): StatusReason | null {
  return statusReasons.find((reason) => reason === name) ?? null;
}
