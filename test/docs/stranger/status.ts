import type { CertifiedRecord } from "./certificate.ts";
import { basisOf, type Held } from "./state.ts";

const decisions = "status-decision";
/** By their number; never set is in force. */
export const effects = ["IN_FORCE", "IN_FORCE", "ANNOTATED", "ENDED", "SUPERSEDED", "WITHDRAWN"];
const superseded = 4;

/**
 * The places of the record, of what took its place, and so on to the newest that the file holds. undefined where a status does not exist, or
 * the links are others than those that the walk takes, in its order.
 */
export function succession(records: readonly CertifiedRecord[], held: readonly Held[]): number[] | undefined {
  const line: number[] = [];
  let next = 1;
  for (let at: number | undefined = 0; at !== undefined;) {
    const [record, status]: [CertifiedRecord | undefined, Held["status"]] = [records[at], held[at]?.status ?? null];
    line.push(at);
    at = undefined;
    if (status === null || record === undefined) continue;
    if (status.effect < 1 || status.effect > 5) return undefined;
    const basis = records[next];
    if (basis === undefined || basisOf(basis.digest) !== status.basis) continue;
    const successor = successorBy(basis, record, status.effect);
    if (successor === basis.digest) at = next;
    next++;
    const other = records[next];
    if (at === undefined && other !== undefined && other.digest === successor && isSameSort(other, record)) at = next++;
  }
  return next === records.length ? line : undefined;
}

/** The digest of the successor, as far as the basis of a status says so. */
function successorBy(basis: CertifiedRecord, record: CertifiedRecord, effect: number): unknown {
  const isAmendment = isSameSort(basis, record) && basis.header.amends === record.digest;
  if (effect === superseded && isAmendment) return basis.digest;
  if (basis.header.kind !== decisions || effect !== superseded) return undefined;
  const isAboutIt = shownOf(basis, "target") === record.digest && shownOf(basis, "effect") === effects[effect];
  return isAboutIt ? shownOf(basis, "successor") : undefined;
}

function shownOf({ disclosures }: CertifiedRecord, wanted: string): unknown {
  return disclosures.find(([, name]) => name === wanted)?.[2];
}

function isSameSort(one: CertifiedRecord, other: CertifiedRecord): boolean {
  return one.header.agency === other.header.agency && one.header.kind === other.header.kind;
}
