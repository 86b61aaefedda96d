import type { Hex } from "../bytes.ts";
import { proofError } from "./fault.ts";

/** A proposal to add a validator or to drop one. */
export interface Vote {
  readonly subject: Hex;
  readonly direction: "add" | "drop";
}

/** How many of `count` have to vote: more than half. */
export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1;
}

/** The set after the vote has passed, ascending. Throws TRANSITION_BROKEN where it would change nothing, or leave nobody. */
export function afterVote(validators: readonly Hex[], { subject, direction }: Vote): Hex[] {
  const others = validators.filter((address) => address !== subject);
  const changed = direction === "add" ? [...others, subject].sort() : others;
  if (changed.length === validators.length || changed.length === 0) {
    throw proofError("TRANSITION_BROKEN", `to ${direction} ${subject} does not change the validators`);
  }
  return changed;
}

/** Checks that enough of `count` voted. Throws VOTES_TOO_FEW. */
export function checkCount(voters: number, count: number): void {
  const majority = majorityOf(count);
  if (voters < majority) {
    const params = { voters, majority, of: count };
    throw proofError("VOTES_TOO_FEW", `${voters} validators voted, and ${majority} have to`, params);
  }
}
