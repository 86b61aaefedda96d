import type { Kysely } from "kysely";

import { bytesToHex, hexToBytes } from "../../core/bytes.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import { publicity, type HiddenReason as HiddenByLaw } from "../../core/record/publicity.ts";
import { findByDigest, findSuccessor, type RecordRow } from "../store/records.ts";
import { findStanding, type Standing } from "../store/standing.ts";
import type { Tables } from "../store/tables.ts";
import { decisionOf, STATUS_DECISION } from "./decision.ts";
import { contentOf, kindOf } from "./stored.ts";

/** Why the public is not shown a record's content. */
export type HiddenReason = HiddenByLaw | "ERASED";

export interface PublicityDeps {
  db: Kysely<Tables>;
  kinds: KindRegistry;
  /** milliseconds */
  clock: () => number;
}

/**
 * Why the public may not see this record's content today; null: it may. What was ordered counts like what is on the chain: a decision to
 * withdraw must not wait for a block. A superseded version is shown only as long as the newest one is.
 */
export async function hiddenBecause(
  row: RecordRow,
  standing: Standing,
  deps: PublicityDeps,
): Promise<HiddenReason | null> {
  const own = ownReason(row, standing, deps);
  if (own !== null || standing.foreseen !== "SUPERSEDED") return own;
  const newest = await newestSuccessor(row, standing, deps);
  return newest === null ? null : ownReason(newest, await findStanding(deps.db, newest), deps);
}

function ownReason(row: RecordRow, standing: Standing, { kinds, clock }: PublicityDeps): HiddenReason | null {
  const content = contentOf(row);
  if (content === null) return "ERASED";
  for (const effect of new Set([standing.effect, standing.foreseen])) {
    const answer = publicity(kindOf(row, kinds), content, { today: shanghaiDay(clock()), effect });
    if (!answer.shown) return answer.reason;
  }
  return null;
}

/** Follows amendments and decisions that name a successor. Two records can name each other, so each is visited once. */
async function newestSuccessor(row: RecordRow, standing: Standing, deps: PublicityDeps): Promise<RecordRow | null> {
  const seen = new Set([bytesToHex(row.digest)]);
  let newest: RecordRow | null = null;
  let next = await successorOf(row, standing, deps);
  while (next && !seen.has(bytesToHex(next.digest))) {
    newest = next;
    seen.add(bytesToHex(next.digest));
    next = await successorOf(next, await findStanding(deps.db, next), deps);
  }
  return newest;
}

async function successorOf(
  row: RecordRow,
  standing: Standing,
  { db, kinds }: PublicityDeps,
): Promise<RecordRow | undefined> {
  const amendment = await findSuccessor(db, row);
  const basis = standing.pending.at(-1)?.basis ?? standing.status?.basis;
  if (amendment || !basis) return amendment;
  const decision = await findByDigest(db, basis);
  const content = decision && kindOf(decision, kinds).kind === STATUS_DECISION ? contentOf(decision) : null;
  const successor = content === null ? null : decisionOf(content).successor;
  return successor === null ? undefined : findByDigest(db, hexToBytes(successor));
}

/** The day in Asia/Shanghai, YYYY-MM-DD: eight hours ahead of UTC the whole year. */
export function shanghaiDay(milliseconds: number): string {
  return new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 10);
}
