import { bytesToHex } from "../bytes.ts";
import type { Finding } from "./divergence.ts";
import { effectAllowed, type Effect } from "./effect.ts";
import type { AgencyNamed, KindsSet, OversightSet, SignerSet, SuspensionSet } from "./events.ts";

export type AgencyEvent = AgencyNamed | KindsSet | SignerSet | SuspensionSet | OversightSet;

/** An agency as the events leave it. */
export interface AgencyState {
  readonly name: string;
  /** as the chain holds it, which need not be UTF-8 */
  readonly nameBytes: Uint8Array;
  /** bit k stands for kind k */
  readonly kinds: bigint;
  readonly suspended: boolean;
  /** by hex digits of the signer; seconds of Unix time, both included */
  readonly signers: ReadonlyMap<string, { readonly validFrom: number; readonly validUntil: number }>;
  /** what each overseer may set on this agency's records: bit e stands for the effect with code e */
  readonly overseers: ReadonlyMap<string, number>;
}

interface MutableAgency extends AgencyState {
  name: string;
  nameBytes: Uint8Array;
  kinds: bigint;
  suspended: boolean;
  readonly signers: Map<string, { validFrom: number; validUntil: number }>;
  readonly overseers: Map<string, number>;
}

/** The register of agencies, rebuilt from its events, with the rules that its contract enforces. */
export interface AgencyRegister {
  /** Takes the event in, unless it breaks a rule. */
  apply(event: AgencyEvent): Finding | undefined;
  /** Why `signer` may not sign for `agency` at `time`; undefined if it may. */
  signing(agency: string, signer: Uint8Array, time: number): Finding | undefined;
  /** Why `signer` may not anchor `kind` for `agency` at `time`; undefined if it may. */
  anchoring(agency: string, kind: number, signer: Uint8Array, time: number): Finding | undefined;
  /** Why `actor` may not set `effect` on records of `agency`; undefined if it may. */
  acting(actor: string, agency: string, effect: Effect): Finding | undefined;
  get(agency: string): AgencyState | undefined;
  all(): ReadonlyMap<string, AgencyState>;
}

/** IN_FORCE, ANNOTATED, ENDED and WITHDRAWN: nobody is given SUPERSEDED over another's record. */
const grantableEffects = 0b101110;

export function createAgencyRegister(): AgencyRegister {
  const agencies = new Map<string, MutableAgency>();

  function signing(agency: string, signer: Uint8Array, time: number): Finding | undefined {
    const state = agencies.get(agency);
    if (state === undefined) return notEnrolled(agency);
    if (state.suspended) return { code: "SUSPENDED", expected: `${agency} in good standing`, found: "suspended" };
    const period = state.signers.get(bytesToHex(signer));
    if (period !== undefined && period.validFrom <= time && time <= period.validUntil) return undefined;
    const found =
      period === undefined ? "a signer never set" : `valid from ${period.validFrom} to ${period.validUntil}`;
    return { code: "SIGNER_NOT_VALID", expected: `a signer of ${agency} valid at ${time}`, found };
  }

  function anchoring(agency: string, kind: number, signer: Uint8Array, time: number): Finding | undefined {
    const kinds = agencies.get(agency)?.kinds;
    if (kinds !== undefined && ((kinds >> BigInt(kind)) & 1n) === 0n) {
      return { code: "KIND_NOT_ALLOWED", expected: `a kind that ${agency} may write`, found: `kind ${kind}` };
    }
    return signing(agency, signer, time);
  }

  function acting(actor: string, agency: string, effect: Effect): Finding | undefined {
    if (actor === agency) return undefined;
    if (effectAllowed(agencies.get(agency)?.overseers.get(actor) ?? 0, effect)) return undefined;
    const expected = `${agency}, or an overseer of it that may set ${effect}`;
    return { code: "ACTOR_NOT_ALLOWED", expected, found: actor };
  }

  function apply(event: AgencyEvent): Finding | undefined {
    const finding = faultOf(event, agencies);
    if (finding === undefined) take(event, agencies);
    return finding;
  }

  return { apply, signing, anchoring, acting, get: (agency) => agencies.get(agency), all: () => agencies };
}

function notEnrolled(agency: string): Finding {
  return { code: "NOT_ENROLLED", expected: "an enrolled agency", found: agency };
}

function faultOf(event: AgencyEvent, agencies: ReadonlyMap<string, AgencyState>): Finding | undefined {
  const enrolled = agencies.has(event.agency);
  if (event.name === "AgencyEnrolled") {
    if (enrolled) return { code: "ALREADY_ENROLLED", expected: "an agency not yet enrolled", found: event.agency };
    return nameFault(event);
  }
  if (!enrolled) return notEnrolled(event.agency);
  switch (event.name) {
    case "AgencyRenamed":
      return nameFault(event);
    case "KindsSet":
      if ((event.kinds & 1n) === 0n) return undefined;
      return { code: "INVALID_KINDS", expected: "kinds from 1 to 255", found: "kind 0" };
    case "SignerSet":
      return signerFault(event);
    case "SuspensionSet":
      return undefined;
    case "OversightSet":
      return oversightFault(event, agencies);
  }
}

function nameFault(event: AgencyNamed): Finding | undefined {
  const length = event.agencyName.length;
  if (length >= 1 && length <= 600) return undefined;
  return { code: "NAME_LENGTH", expected: "1 to 600 bytes", found: `${length}` };
}

function signerFault(event: SignerSet): Finding | undefined {
  const length = event.signer.length;
  if (length < 20 || length > 1024) return { code: "SIGNER_LENGTH", expected: "20 to 1,024 bytes", found: `${length}` };
  if (event.validFrom <= event.validUntil) return undefined;
  return { code: "INVALID_PERIOD", expected: `an end not before ${event.validFrom}`, found: `${event.validUntil}` };
}

function oversightFault(event: OversightSet, agencies: ReadonlyMap<string, AgencyState>): Finding | undefined {
  if (!agencies.has(event.overseer)) return notEnrolled(event.overseer);
  if (event.overseer === event.agency) {
    return { code: "SELF_OVERSIGHT", expected: "an overseer that is another agency", found: event.agency };
  }
  if ((event.effects & ~grantableEffects) === 0) return undefined;
  const expected = "bits of IN_FORCE, ANNOTATED, ENDED and WITHDRAWN alone";
  return { code: "INVALID_OVERSIGHT", expected, found: `0b${event.effects.toString(2)}` };
}

function take(event: AgencyEvent, agencies: Map<string, MutableAgency>): void {
  if (event.name === "AgencyEnrolled") {
    const none = { kinds: 0n, suspended: false, signers: new Map(), overseers: new Map() };
    agencies.set(event.agency, { ...named(event.agencyName), ...none });
    return;
  }
  const agency = agencies.get(event.agency);
  if (agency === undefined) return;
  switch (event.name) {
    case "AgencyRenamed":
      Object.assign(agency, named(event.agencyName));
      break;
    case "KindsSet":
      agency.kinds = event.kinds;
      break;
    case "SignerSet":
      agency.signers.set(bytesToHex(event.signer), { validFrom: event.validFrom, validUntil: event.validUntil });
      break;
    case "SuspensionSet":
      agency.suspended = event.suspended;
      break;
    case "OversightSet":
      agency.overseers.set(event.overseer, event.effects);
      break;
  }
}

function named(nameBytes: Uint8Array): Pick<AgencyState, "name" | "nameBytes"> {
  return { name: decodedName(nameBytes), nameBytes };
}

/** The chain does not check that a name is UTF-8: what is not shows as U+FFFD. */
export function decodedName(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
