import type { Hex } from "../bytes.ts";
import { checkCliqueChain, cliqueVote } from "./clique.ts";
import { proofError } from "./fault.ts";
import type { SignatureTools } from "./signature.ts";
import { checkEpoch, isSpent, validatorsAt, type ChangeHeaders, type ValidatorSets } from "./validator-sets.ts";
import { checkCount, majorityOf, type Vote } from "./vote.ts";

/**
 * Reads a change of Clique signers: the vote that passed in the last header. No later header lists the new set, and a vote that was taken back
 * would be left out of a mere list of votes: so the headers are an unbroken chain from the first vote to the deciding one, in which each signer's
 * newest vote counts, once, as geth has it. Votes from before the chain could only have decided earlier: then the other side has not had the
 * majority within the chain that it would have taken to undo it, and the new set is the same.
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
  const voters = new Set<Hex>();
  const opponents = new Set<Hex>();
  for (const [index, header] of votes.entries()) {
    const own = cliqueVote(header);
    const voter = signed[index];
    if (own?.subject !== vote.subject || voter === undefined) continue;
    const count = signersAt(header.number).length;
    if (own.direction !== vote.direction) {
      voters.delete(voter);
      opponents.add(voter);
      if (opponents.size >= majorityOf(count - 1)) {
        throw proofError("VOTE_DIFFERS", `by header ${header.number} a majority has voted against what was decided`);
      }
    } else if (!isSpent({ ...own, voter, number: header.number }, changes)) {
      voters.add(voter);
      if (header !== deciding && voters.size >= majorityOf(count))
        throw broken("it was decided before its last header");
    }
  }
  checkCount(voters.size, signersAt(deciding.number).length);
  return vote;
}

function broken(what: string): Error {
  return proofError("TRANSITION_BROKEN", `The change of signers is not proven: ${what}.`);
}
