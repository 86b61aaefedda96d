import type { Effect } from "../ledger/effect.ts";
import type { StatusReason } from "./reason.ts";

export const verdictCodes = [
  "in-force",
  "annotated",
  "ended",
  "superseded",
  "withdrawn",
  "accepted",
  "unknown",
  "altered",
  "stale",
  "unreachable",
] as const;
export type VerdictCode = (typeof verdictCodes)[number];

/** An agency by its code; the name is the one that the ledger has for it, never one out of a record's content. */
export interface NamedAgency {
  readonly uscc: string;
  readonly name: string | null;
}

/** Why the verdict is `unreachable` (it could not be checked) or `stale`. */
export const causes = [
  "NODE_UNREACHABLE",
  "SCHEMA_UNKNOWN",
  "NO_TRUST_BUNDLE",
  "FORMER_VALIDATORS",
  "BUNDLE_TOO_OLD",
  "SIGNER_UNKNOWN",
  "CONFLICTING_HEADERS",
  "IN_THE_FUTURE",
  "TOO_OLD",
  "OLDER_STATUS",
  "OLDER_BLOCK",
] as const;
export type Cause = (typeof causes)[number];

/** Who put their seals to the block that the proof is of. */
export interface SealedBy {
  readonly consensus: "qbft" | "clique" | "development";
  readonly by: number;
  readonly of: number;
}

/** What is known of a record, in one word and what its sentence needs. Instants are ISO UTC, dates of law are days in Asia/Shanghai. */
export interface Verdict {
  readonly code: VerdictCode;
  readonly agency: NamedAgency | null;
  /** the kind's names, Chinese as its schema has it */
  readonly kind: { readonly zh: string; readonly en: string } | null;
  readonly documentNumber: string | null;
  readonly acceptedAt: string | null;
  readonly anchoredAt: string | null;
  /** the block that the proof is of, or up to which the ledger was read */
  readonly asOf: { readonly blockNumber: number; readonly blockTime: string } | null;
  /** when the ledger took in the status that the record has now */
  readonly since: string | null;
  readonly reason: StatusReason | null;
  readonly decisionDate: string | null;
  /** whose decision the status is */
  readonly actor: NamedAgency | null;
  /** digest of the record that took its place */
  readonly successor: string | null;
  /** the newest record that the amendments lead to, as far as the proof shows them; null where nothing took its place */
  readonly newest: { readonly digest: string; readonly effect: Effect } | null;
  readonly sealed: SealedBy | null;
  /** whose word it is where nothing is proven; else null */
  readonly toldBy: "gateway" | null;
  readonly cause: Cause | null;
}

const nothingKnown: Omit<Verdict, "code"> = {
  agency: null,
  kind: null,
  documentNumber: null,
  acceptedAt: null,
  anchoredAt: null,
  asOf: null,
  since: null,
  reason: null,
  decisionDate: null,
  actor: null,
  successor: null,
  newest: null,
  sealed: null,
  toldBy: null,
  cause: null,
};

/** The verdict with what is known; the rest is null. */
export function verdictOf(code: VerdictCode, known: Partial<Omit<Verdict, "code">> = {}): Verdict {
  return { ...nothingKnown, ...known, code };
}

const byEffect: Record<Effect, VerdictCode> = {
  IN_FORCE: "in-force",
  ANNOTATED: "annotated",
  ENDED: "ended",
  SUPERSEDED: "superseded",
  WITHDRAWN: "withdrawn",
};

/** The verdict on a genuine record with this effect. */
export function verdictOfEffect(effect: Effect): VerdictCode {
  return byEffect[effect];
}

const genuine: ReadonlySet<VerdictCode> = new Set(Object.values(byEffect));

/** Whether the verdict says that the record is genuine, whatever became of it since. */
export function isGenuine(code: VerdictCode): boolean {
  return genuine.has(code);
}

/** A kind's names, from its schema: `credit-penalty` is "credit penalty" in English. */
export function kindNames(kind: { readonly kind: string; readonly zh: string }): { zh: string; en: string } {
  return { zh: kind.zh, en: kind.kind.replaceAll("-", " ") };
}
