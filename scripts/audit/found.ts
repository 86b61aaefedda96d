import { HufuError } from "../../core/error.ts";
import type { AuditDivergence } from "./report.ts";

/** A divergence that was found where only an error can be answered: its code is INVALID_PROOF, and it stands in the cause. */
export function found(divergence: AuditDivergence): HufuError {
  return new HufuError("INVALID_PROOF", divergence.sentence, { cause: { divergence } satisfies Found });
}

interface Found {
  readonly divergence: AuditDivergence;
}

/** What {@link found} was given; undefined where the error is anything else. */
export function divergenceOf(error: unknown): AuditDivergence | undefined {
  const cause = error instanceof HufuError && error.code === "INVALID_PROOF" ? error.cause : undefined;
  if (typeof cause !== "object" || cause === null || !("divergence" in cause)) return undefined;
  return (cause as Found).divergence; // as: found alone makes this cause
}
