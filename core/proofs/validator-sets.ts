import type { Hex } from "../bytes.ts";
import { proofError } from "./fault.ts";
import type { BlockHeader } from "./header.ts";
import type { Vote } from "./vote.ts";

/** A set of validators and the first block that it seals. */
export interface ValidatorSet {
  readonly since: number;
  /** lower case, ascending */
  readonly validators: readonly Hex[];
}

/** The sets so far, and what each change but the first did to the votes that were cast before it. */
export interface ValidatorSets {
  readonly sets: readonly ValidatorSet[];
  readonly changes: readonly Change[];
}

/** A change of validators. */
export interface Change {
  /** the first block of the new set */
  readonly since: number;
  /** whom it added or dropped; null: the configuration put a whole set in the place of another */
  readonly subject: Hex | null;
}

/** A vote in its block. */
export interface CastVote extends Vote {
  readonly voter: Hex;
  readonly number: number;
}

/** The headers that are to prove a change. */
export interface ChangeHeaders {
  readonly votes: readonly BlockHeader[];
  /** the last of `votes`: in its block the change was decided */
  readonly deciding: BlockHeader;
  readonly next: BlockHeader | null;
}

/** The set that seals block `number`; nobody where there was none yet. */
export function validatorsAt(sets: readonly ValidatorSet[], number: number): readonly Hex[] {
  return sets.findLast(({ since }) => since <= number)?.validators ?? [];
}

/**
 * Whether a change after the vote took it out of the count: one of the same subject, the fall of the voter, or a set by configuration. The last lets
 * the votes of the block before it count, as Besu does.
 */
export function isSpent(vote: CastVote, changes: readonly Change[]): boolean {
  return changes.some(({ since, subject }) =>
    subject === null
      ? vote.number < since - 1
      : vote.number < since && (subject === vote.subject || subject === vote.voter),
  );
}

/** Refuses votes of several epochs: the first block of each clears the count, and carries none. Throws VOTES_ACROSS_EPOCHS. */
export function checkEpoch(votes: readonly BlockHeader[], epoch: number): void {
  const epochs = new Set(votes.map(({ number }) => Math.floor(number / epoch)));
  if (epochs.size > 1 || votes.some(({ number }) => number % epoch === 0)) {
    throw proofError("VOTES_ACROSS_EPOCHS", `votes count within the ${epoch} blocks of one epoch alone`, { epoch });
  }
}
