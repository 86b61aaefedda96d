import { hexToBytes, to0x, type Hex } from "../bytes.ts";
import type { AgencyRegister } from "./agency-register.ts";
import type { BatchLedger, Place } from "./batch-ledger.ts";
import type { Finding } from "./divergence.ts";
import { effectOf, isTerminal, type Effect } from "./effect.ts";
import type { StatusSet } from "./events.ts";
import type { Keccak } from "./keccak.ts";
import { leafOf } from "./leaf.ts";

/** The kind of the records that a status rests on. */
const statusDecision = 4;

/** The newest status of a record. */
export interface ReplayedStatus extends Place {
  readonly agency: string;
  readonly kind: number;
  readonly digest: string;
  readonly actor: string;
  readonly effect: Effect;
  readonly version: number;
  readonly basis: string;
}

/** Every status, rebuilt from its events. */
export interface StatusLedger {
  /** Takes the change in, unless it breaks a rule. */
  apply(event: StatusSet, place: Place): Finding | undefined;
  /** By leaf; a record whose status was never set is not in it, and is in force. */
  all(): ReadonlyMap<Hex, ReplayedStatus>;
  readonly changes: number;
}

export function createStatusLedger(register: AgencyRegister, batches: BatchLedger, keccak: Keccak): StatusLedger {
  const statuses = new Map<Hex, ReplayedStatus>();
  let changes = 0;

  function apply(event: StatusSet, place: Place): Finding | undefined {
    const effect = effectOf(event.effect);
    if (effect === undefined) return { code: "INVALID_EFFECT", expected: "1 to 5", found: `${event.effect}` };
    const fault =
      register.signing(event.actor, event.signer, place.blockTime) ??
      register.acting(event.actor, event.agency, effect) ??
      recordFault(event, batches, keccak) ??
      successionFault(event, statuses.get(event.leaf)) ??
      basisFault(event, effect, register, batches);
    if (fault !== undefined) return fault;
    const { agency, kind, digest, actor, version, basis } = event;
    statuses.set(event.leaf, { agency, kind, digest, actor, effect, version, basis, ...place });
    changes++;
    return undefined;
  }

  return {
    apply,
    all: () => statuses,
    get changes() {
      return changes;
    },
  };
}

function recordFault(event: StatusSet, batches: BatchLedger, keccak: Keccak): Finding | undefined {
  const leaf = to0x(leafOf(event.agency, event.kind, event.digest, keccak));
  if (leaf !== event.leaf) return { code: "LEAF_MISMATCH", expected: leaf, found: event.leaf };
  if (batches.find(event.agency, event.kind, hexToBytes(event.digest)) !== undefined) return undefined;
  return { code: "RECORD_NOT_ANCHORED", expected: `${event.digest} anchored before`, found: "no batch that holds it" };
}

function successionFault(event: StatusSet, previous: ReplayedStatus | undefined): Finding | undefined {
  if (previous !== undefined && isTerminal(previous.effect)) {
    return { code: "TERMINAL_STATUS", expected: `${previous.effect} for ever`, found: `effect ${event.effect}` };
  }
  const expected = (previous?.version ?? 0) + 1;
  if (event.version === expected) return undefined;
  return { code: "VERSION_MISMATCH", expected: `version ${expected}`, found: `version ${event.version}` };
}

/**
 * The basis is a status decision, or, of SUPERSEDED by an amendment, the successor, of the same agency and kind. The event does not
 * say whose decision it is: the actor's own is looked for first, then everybody's.
 */
function basisFault(
  event: StatusSet,
  effect: Effect,
  register: AgencyRegister,
  batches: BatchLedger,
): Finding | undefined {
  const basis = hexToBytes(event.basis);
  const isDecision = (agency: string): boolean => batches.find(agency, statusDecision, basis) !== undefined;
  if (isDecision(event.actor)) return undefined;
  const mayBeSuccessor = effect === "SUPERSEDED" && event.basis !== event.digest;
  if (mayBeSuccessor && batches.find(event.agency, event.kind, basis) !== undefined) return undefined;
  if ([...register.all().keys()].some(isDecision)) return undefined;
  const successor = effect === "SUPERSEDED" ? ", or a successor of the same agency and kind" : "";
  const expected = `a status decision${successor}, anchored before`;
  return { code: "BASIS_NOT_ANCHORED", expected, found: `basis ${event.basis} of ${event.digest}` };
}
