import { bytesToHex, hexToBytes } from "../bytes.ts";
import type { JsonValue } from "../json/parse.ts";
import type { Field, Kind } from "../kinds/kind.ts";
import type { Effect } from "../ledger/effect.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { shownWhole } from "./shown.ts";
import type { Step } from "./steps.ts";

/** The kind of the records that a status rests on. */
const statusDecision = 4;

/** How a record stands, by its slot, and why, by what the slot's basis binds. Instants are ISO UTC. */
export interface Standing {
  readonly digest: string;
  readonly effect: Effect;
  /** how often the status was set; 0: never */
  readonly version: number;
  readonly since: string | null;
  /** unified social credit code of the agency whose decision it is; null where the file does not show the decision */
  readonly actor: string | null;
  readonly reason: string | null;
  readonly decisionDate: string | null;
  readonly explanation: string | null;
  readonly successor: string | null;
  readonly isExplained: boolean;
  /** fields of the decision that the file does not show, in the order of the schema */
  readonly notShown: readonly FieldName[];
  /** the decision says another effect or target than the ledger, which counts */
  readonly contradicts: boolean;
}

export type FieldName = Pick<Field, "name" | "zh">;

/** The standings of the record, of its successor, of that one's, to the newest that the file holds. */
export interface Walk {
  readonly standings: readonly Standing[];
  readonly fault: "STATUS_UNKNOWN" | "LINK_UNEXPECTED" | null;
}

type Grounds = Partial<
  Pick<
    Standing,
    "actor" | "reason" | "decisionDate" | "explanation" | "successor" | "isExplained" | "notShown" | "contradicts"
  >
>;

/** Follows the links: a decision or a successor counts only where the slot's basis is its digest. */
export function walk(steps: readonly Step[], keccak: Keccak): Walk {
  const standings: Standing[] = [];
  let next = 1;

  /** The link that comes now, if it is what `isWanted` says. */
  function take(isWanted: (step: Step) => boolean): Step | undefined {
    const step = steps[next];
    if (step === undefined || !isWanted(step)) return undefined;
    next++;
    return step;
  }

  for (let step = steps[0]; step !== undefined;) {
    const { status, record } = step;
    if (status !== null && status.effect === undefined) return { standings, fault: "STATUS_UNKNOWN" };
    const basis = status && take(({ record: { digest } }) => isBasis(digest, status.basisHash, keccak));
    const grounds = basis ? groundsOf(step, basis) : {};
    standings.push(standingOf(step, grounds));
    const { successor } = grounds;
    if (basis?.record.digest === successor) step = basis ?? undefined;
    else step = take((other) => other.record.digest === successor && isSameSubject(record.header, other.record.header));
  }
  return { standings, fault: next === steps.length ? null : "LINK_UNEXPECTED" };
}

function standingOf({ record, status }: Step, grounds: Grounds): Standing {
  return {
    digest: record.digest,
    effect: status?.effect ?? "IN_FORCE",
    version: status?.version ?? 0,
    since: status === null ? null : new Date(status.blockTime * 1000).toISOString(),
    actor: null,
    reason: null,
    decisionDate: null,
    explanation: null,
    successor: null,
    isExplained: false,
    notShown: [],
    contradicts: false,
    ...grounds,
  };
}

/** What it takes of a record to follow it: its status as the slot has it, and what a successor must share. */
export interface Followed {
  readonly record: { readonly digest: string; readonly header: Subject };
  readonly status: Step["status"];
}

type Subject = Pick<Step["record"]["header"], "agency" | "kind">;

/**
 * What the basis says of the status: an amendment is the successor itself, a decision gives reasons and may name one. A decision that hides of what
 * it decides which effect may be about another record, and says nothing.
 */
export function groundsOf(step: Followed, { record, kind }: Pick<Step, "record" | "kind">): Grounds {
  const effect = step.status?.effect;
  const isAmendment = effect === "SUPERSEDED" && record.header.amends === step.record.digest;
  if (isAmendment && isSameSubject(step.record.header, record.header))
    return { actor: record.header.agency, successor: record.digest, isExplained: true };
  if (kind?.id !== statusDecision) return { contradicts: true };
  const content = shownWhole(record);
  if (content["target"] === undefined || content["effect"] === undefined) return {};
  if (content["target"] !== step.record.digest || content["effect"] !== effect) return { contradicts: true };
  return {
    actor: record.header.agency,
    reason: text(content["reason"]),
    decisionDate: text(content["decisionDate"]),
    explanation: text(content["explanation"]),
    successor: effect === "SUPERSEDED" ? text(content["successor"]) : null,
    isExplained: true,
    notShown: notShownOf(record, kind),
  };
}

/** All of a decision is public: a field that is not there was left out by whoever handed the file on. */
function notShownOf({ disclosures }: Step["record"], { fields }: Kind): readonly FieldName[] {
  const shown = new Set(disclosures.map(([, name]) => name));
  return fields.filter(({ name }) => !shown.has(name)).map(({ name, zh }) => ({ name, zh }));
}

export function isSameSubject(one: Subject, other: Subject): boolean {
  return one.agency === other.agency && one.kind === other.kind;
}

export function isBasis(digest: string, basisHash: string, keccak: Keccak): boolean {
  return bytesToHex(keccak.hash(hexToBytes(digest)).subarray(0, 24)) === basisHash;
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}
