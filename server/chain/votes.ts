import type { Hex } from "../../core/bytes.ts";
import { majorityOf } from "../../core/proofs/vote.ts";
import type { Vote } from "../../core/proofs/vote.ts";

/** A vote that still counts. */
export interface StandingVote extends Vote {
  readonly voter: Hex;
}

/** The validators of the next block, and the votes that may change them. */
export interface Tally {
  /** lower case, ascending */
  readonly validators: readonly Hex[];
  readonly votes: readonly StandingVote[];
}

/**
 * The tally after a block that carries `vote`, by the rules that Besu and geth share: a voter's newer vote on the same subject takes the place of
 * the older one, more than half of the validators decide, and with a decision every vote on its subject falls away, and those of a validator
 * that was dropped.
 */
export function countVote({ validators, votes }: Tally, vote: StandingVote): Tally {
  const isMember = validators.includes(vote.subject);
  const others = votes.filter(({ voter, subject }) => voter !== vote.voter || subject !== vote.subject);
  // To add a member, or to drop a stranger, is no vote; it takes back the one before all the same.
  const counts = validators.includes(vote.voter) && isMember === (vote.direction === "drop");
  const standing = counts ? [...others, vote] : others;
  const agreeing = standing.filter(
    ({ subject, direction }) => subject === vote.subject && direction === vote.direction,
  );
  if (agreeing.length < majorityOf(validators.length)) return { validators, votes: standing };
  const left = standing.filter(({ subject }) => subject !== vote.subject);
  if (vote.direction === "add") return { validators: [...validators, vote.subject].sort(), votes: left };
  return {
    validators: validators.filter((validator) => validator !== vote.subject),
    votes: left.filter(({ voter }) => voter !== vote.subject),
  };
}

/** The tally after a block of an epoch, which clears every vote. */
export function clearVotes({ validators }: Tally): Tally {
  return { validators, votes: [] };
}
