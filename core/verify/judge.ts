import type { Certificate } from "../certificate/certificate.ts";
import type { Kind } from "../kinds/kind.ts";
import type { Effect } from "../ledger/effect.ts";
import type { ChainAnswer } from "./chain-answer.ts";
import type { Check, CheckCode } from "./checks.ts";
import { reasonOf } from "./reason.ts";
import { kindNames, verdictOf, verdictOfEffect, type Cause, type NamedAgency, type Verdict } from "./verdict.ts";

export interface Evidence {
  readonly certificate: Certificate;
  readonly kind: Kind | undefined;
  readonly checks: readonly Check[];
  readonly chain: ChainAnswer | undefined;
  readonly documentNumber: string | null;
}

/** The verdict that the checks allow: one INVALID, and nothing is in force; one ERROR, and nothing is known. */
export function judge(evidence: Evidence): Verdict {
  const { checks } = evidence;
  const asOf = asOfOf(evidence);
  const invalid = checks.find(({ outcome }) => outcome === "INVALID");
  if (invalid !== undefined) {
    // Only a ledger that does not have the record makes it unknown, and only where the certificate itself holds.
    const isUnknown = invalid.code === "BATCH_NOT_FOUND" || invalid.code === "OTHER_LEDGER";
    return verdictOf(isUnknown ? "unknown" : "altered", { asOf });
  }
  const error = checks.find(({ outcome }) => outcome === "ERROR");
  if (error !== undefined) return verdictOf("unreachable", { asOf, cause: causeOf(error.code) });
  return genuine(evidence, asOf);
}

function causeOf(code: CheckCode): Cause {
  return code === "NODE_BEHIND" || code === "SCHEMA_UNKNOWN" ? code : "NODE_UNREACHABLE";
}

function genuine({ certificate, kind, chain, documentNumber }: Evidence, asOf: Verdict["asOf"]): Verdict {
  const { header, anchor, told } = certificate;
  const known = {
    // A name that the certificate brings is anybody's word: it counts only where nobody was asked.
    agency: { uscc: header.agency, name: chain === undefined ? told.agencyName : (chain.agencyName ?? null) },
    kind: kind === undefined ? null : kindNames(kind),
    documentNumber,
    anchoredAt: chain?.batch?.blockTime ?? anchor.blockTime,
    asOf,
    toldBy: chain?.read ?? "gateway",
  } as const;
  const status = chain === undefined ? toldStatus(certificate) : askedStatus(chain);
  const { effect, since, reason, decisionDate, actor } = status;
  const successor = effect === "SUPERSEDED" ? status.successor : null;
  const grounds = { since, reason: reasonOf(reason), decisionDate, actor, successor };
  return verdictOf(verdictOfEffect(effect), { ...known, ...grounds });
}

interface Grounds {
  readonly effect: Effect;
  readonly since: string | null;
  readonly reason: string | null;
  readonly decisionDate: string | null;
  readonly actor: NamedAgency | null;
  readonly successor: string | null;
}

/** What the certificate says, where nobody was asked. */
function toldStatus({ header, told }: Certificate): Grounds {
  const { effect, since, reason, decisionDate, actor, successor, basis } = told.status;
  const name = actor === header.agency ? told.agencyName : null;
  const named = actor === null ? null : { uscc: actor, name };
  return { effect, since, reason, decisionDate, actor: named, successor: successor ?? basis };
}

/** What the ledger says; of the reason, only what came with that answer. */
function askedStatus({ status }: ChainAnswer): Grounds {
  const nothing = { reason: null, decisionDate: null, actor: null, successor: null };
  return { effect: status?.effect ?? "IN_FORCE", since: status?.blockTime ?? null, ...(status?.decision ?? nothing) };
}

function asOfOf({ certificate, chain }: Evidence): Verdict["asOf"] {
  const { blockNumber, blockTime } = chain?.asOf ?? certificate.told.asOf;
  return { blockNumber, blockTime };
}
