import type { CertifiedRecord } from "./certificate.ts";
import { basisOf, type Held } from "./state.ts";

const decisions = "status-decision";
export const effects = ["IN_FORCE", "IN_FORCE", "ANNOTATED", "ENDED", "SUPERSEDED", "WITHDRAWN"];
const superseded = 4;

/** Whether the links are what the status rests on, in the order of the walk, and no others. */
export function areLinked(records: readonly CertifiedRecord[], held: readonly Held[]): boolean {
  let next = 1;
  for (let at: number | undefined = 0; at !== undefined;) {
    const [record, status] = [records[at], held[at]?.status];
    at = undefined;
    if (status === null || status === undefined || record === undefined) break;
    if (status.effect < 1 || status.effect > 5) return false;
    const basis = records[next];
    if (basis === undefined || basisOf(basis.digest) !== status.basis) break;
    const place = next++;
    if (basis.header.kind !== decisions) {
      if (status.effect !== superseded || !isSameSort(basis, record) || basis.header.amends !== record.digest)
        return false;
      at = place;
      continue;
    }
    const explains = explainsIt(basis, record, status.effect);
    const successor = records[next];
    if (!explains || status.effect !== superseded || successor === undefined) break;
    if (shownOf(basis, "successor") !== successor.digest || !isSameSort(successor, record)) break;
    at = next++;
  }
  return next === records.length;
}

function explainsIt(decision: CertifiedRecord, record: CertifiedRecord, effect: number): boolean {
  const [target, said] = [shownOf(decision, "target"), shownOf(decision, "effect")];
  return (target === undefined || target === record.digest) && (said === undefined || said === effects[effect]);
}

function shownOf({ disclosures }: CertifiedRecord, wanted: string): unknown {
  return disclosures.find(([, name]) => name === wanted)?.[2];
}

function isSameSort(one: CertifiedRecord, other: CertifiedRecord): boolean {
  return one.header.agency === other.header.agency && one.header.kind === other.header.kind;
}
