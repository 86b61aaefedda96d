import type { Hex } from "../bytes.ts";
import { checkCliqueChain, cliqueVote } from "./clique.ts";
import { proofError } from "./fault.ts";
import type { SignatureTools } from "./signature.ts";
import { checkEpoch, isSpent, validatorsAt, type ChangeHeaders, type ValidatorSets } from "./validator-sets.ts";
import { checkCount, majorityOf, type Vote } from "./vote.ts";

/**
 * Reads a change of Clique signers: the vote that passed in the last header. No later header lists the new set, and a vote that was taken back
 * would be left out of a mere list of votes: so the headers are an unbroken chain, in which each signer's newest vote counts, once, as geth has
 * it. Older votes could only have decided earlier, with the same outcome, unless the other side has had a majority since: then the chain has to
 * reach back to where the epoch cleared the count.
 */
export function readCliqueChange(
  { votes, deciding, next }: ChangeHeaders,
  { sets, changes }: ValidatorSets,
  rules: SignatureTools & { readonly epoch: number },
): Vote {
  if (next !== null) throw broken("Clique has no header that lists the new set");
  const vote = cliqueVote(deciding);
  if (vote === null) throw proofError("VOTE_MISSING", `header ${deciding.number} carries no vote`);
  checkEpoch(votes, rules.epoch);
  const signersAt = (number: number): readonly Hex[] => validatorsAt(sets, number);
  const signed = checkCliqueChain(votes, signersAt, rules);
  const isWholeEpoch = votes[0]?.number === Math.floor(deciding.number / rules.epoch) * rules.epoch + 1;
  const voters = new Set<Hex>();
  const opponents = new Set<Hex>();
  for (const [index, header] of votes.entries()) {
    const own = cliqueVote(header);
    const voter = signed[index];
    if (own?.subject !== vote.subject || voter === undefined) continue;
    voters.delete(voter);
    const count = signersAt(header.number).length;
    if (own.direction !== vote.direction) opponents.add(voter);
    else if (!isSpent({ ...own, voter, number: header.number }, changes)) voters.add(voter);
    if (!isWholeEpoch && opponents.size >= undoing(vote, count)) {
      throw proofError(
        "VOTE_DIFFERS",
        `by header ${header.number} enough have voted against what was decided to undo it`,
      );
    }
    if (header !== deciding && voters.size >= majorityOf(count)) throw broken("it was decided before its last header");
  }
  checkCount(voters.size, signersAt(deciding.number).length);
  return vote;
}

/** How many it would take to undo the vote, had it passed earlier than is shown. */
function undoing({ direction }: Vote, count: number): number {
  return majorityOf(direction === "add" ? count + 1 : count - 1);
}

function broken(what: string): Error {
  return proofError("TRANSITION_BROKEN", `The change of signers is not proven: ${what}.`);
}
