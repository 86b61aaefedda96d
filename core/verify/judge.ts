import { HufuError } from "../error.ts";
import type { Check, CheckCode } from "./checks.ts";
import { causes, verdictOf, verdictOfEffect, type Cause, type Verdict } from "./verdict.ts";
import type { Standing } from "./walk.ts";
import { reasonOf } from "./reason.ts";

export interface Evidence {
  readonly checks: readonly Check[];
  /** of the record, then of what took its place */
  readonly standings: readonly Standing[];
  /** what is known of a genuine record, whatever its status */
  readonly known: Pick<Verdict, "agency" | "kind" | "documentNumber" | "anchoredAt" | "asOf" | "sealed">;
  readonly nameOf: (agency: string) => string | null;
}

/** What is so of a proof that proves what was so, and may be so no more. */
const outOfDate: readonly CheckCode[] = ["TOO_OLD", "OLDER_STATUS", "OLDER_BLOCK"];

/** The verdict that the checks allow: one INVALID, and nothing is in force; one ERROR, and nothing is known. */
export function judge(evidence: Evidence): Verdict {
  const { checks, known } = evidence;
  const { asOf } = known;
  const invalid = checks.filter(({ outcome }) => outcome === "INVALID");
  const isOnly = (code: CheckCode): boolean => invalid.every((one) => one.code === code);
  // Only a ledger that does not have the record makes it unknown, and only where all the rest holds.
  if (invalid.length > 0 && !isOnly("OTHER_LEDGER") && !isOnly("BATCH_NOT_FOUND")) return verdictOf("altered");
  if (invalid.length > 0 && isOnly("OTHER_LEDGER")) return verdictOf("unknown");
  const errors = checks.filter(({ outcome }) => outcome === "ERROR");
  const hindrance = errors.find(({ code }) => !outOfDate.includes(code));
  if (hindrance !== undefined) return verdictOf("unreachable", { asOf, cause: causeOf(hindrance.code) });
  const isOlder = errors.some(({ code }) => code === "OLDER_BLOCK");
  // Before its batch was anchored no ledger had the record.
  if (invalid.length > 0 && !isOlder) return verdictOf("unknown", { asOf });
  const [stale] = errors;
  if (stale !== undefined) return verdictOf("stale", { ...known, cause: causeOf(stale.code) });
  return genuine(evidence);
}

function causeOf(code: CheckCode): Cause {
  return causes.find((cause) => cause === code) ?? "NODE_UNREACHABLE";
}

function genuine({ standings, known, nameOf }: Evidence): Verdict {
  const [own] = standings;
  const last = standings.at(-1);
  if (own === undefined) throw new HufuError("INVARIANT", "a certificate whose checks all hold has a standing");
  const { effect, since, reason, decisionDate, actor, successor } = own;
  return verdictOf(verdictOfEffect(effect), {
    ...known,
    since,
    reason: reasonOf(reason),
    decisionDate,
    actor: actor === null ? null : { uscc: actor, name: nameOf(actor) },
    successor: effect === "SUPERSEDED" ? successor : null,
    newest: last === undefined || last === own ? null : { digest: last.digest, effect: last.effect },
  });
}
