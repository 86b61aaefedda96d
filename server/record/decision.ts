import type { Kysely } from "kysely";

import { HufuError } from "../../core/error.ts";
import { effectAllowed, isTerminal, type Effect } from "../../core/ledger/effect.ts";
import { hexToBytes } from "../../core/bytes.ts";
import type { Content } from "../../core/record/content.ts";
import type { Caller } from "../store/keys.ts";
import { findByDigest } from "../store/records.ts";
import { findStanding, orderStatus } from "../store/standing.ts";
import type { Tables } from "../store/tables.ts";
import type { Draft } from "./draft.ts";
import { contentOf } from "./stored.ts";

export const STATUS_DECISION = "status-decision";

/** What a status decision decides. */
export interface Decision {
  target: string;
  effect: Effect;
  /** the record that takes the target's place; only of SUPERSEDED */
  successor: string | null;
}

/** Reads the content of a status-decision, which its schema has checked. */
export function decisionOf(content: Content): Decision {
  const { target, effect, successor } = content;
  return {
    target: target as string, // as: a required digest in the schema
    effect: effect as Effect, // as: a required enum of exactly these in the schema
    successor: typeof successor === "string" ? successor : null,
  };
}

/**
 * Orders, in the commit that holds the decision `draft`, what it decides. Throws TARGET_UNKNOWN, SUCCESSOR_UNKNOWN,
 * EFFECT_NOT_ALLOWED (another agency's record, and no oversight for that effect) or STATUS_TERMINAL.
 */
export async function decideStatus(tx: Kysely<Tables>, draft: Draft, caller: Caller, now: number): Promise<void> {
  const content = contentOf(draft);
  if (!content) throw new HufuError("INVARIANT", "a draft has content");
  const { target, effect, successor } = decisionOf(content);
  const record = await findByDigest(tx, hexToBytes(target));
  if (!record) throw new HufuError("TARGET_UNKNOWN", `This gateway has no record ${target} whose status could change.`);
  if (record.agency !== caller.agency && !effectAllowed(caller.oversight[record.agency] ?? 0, effect))
    throw new HufuError("EFFECT_NOT_ALLOWED", `${caller.agency} may not set ${effect} on records of ${record.agency}.`);
  const { foreseen } = await findStanding(tx, record);
  if (isTerminal(foreseen))
    throw new HufuError("STATUS_TERMINAL", `Record ${target} is ${foreseen}: its status cannot change any more.`);
  if (successor !== null) await checkSuccessor(tx, target, successor);
  const order = { actor: caller.agency, target: record.digest, effect, basis: draft.digest, createdAt: now };
  await orderStatus(tx, order);
}

async function checkSuccessor(tx: Kysely<Tables>, target: string, successor: string): Promise<void> {
  if (successor !== target && (await findByDigest(tx, hexToBytes(successor)))) return;
  throw new HufuError("SUCCESSOR_UNKNOWN", `This gateway has no other record ${successor} that could take its place.`);
}
