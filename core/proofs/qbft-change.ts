import { compareBytes, type Hex } from "../bytes.ts";
import { proofError } from "./fault.ts";
import type { BlockHeader } from "./header.ts";
import { parseQbftExtra, qbftBlockHash } from "./qbft-extra.ts";
import { checkQbftSeals } from "./qbft.ts";
import type { SignatureTools } from "./signature.ts";
import { checkEpoch, isSpent, validatorsAt, type ChangeHeaders, type ValidatorSets } from "./validator-sets.ts";
import { afterVote, checkCount, type Vote } from "./vote.ts";

/**
 * Reads a change of QBFT validators: the vote that passed. Each header that carries a vote is sealed by a quorum of the set of its height, and its
 * proposer is the voter. A vote that its voter took back later could be shown all the same; so the count is not believed for itself: the header
 * after the deciding one lists the new set and is sealed by a quorum of it, and of these all but the newcomer were validators before, who do not
 * seal a set that the votes did not make.
 */
export function readQbftChange(
  headers: ChangeHeaders,
  { sets, changes }: ValidatorSets,
  rules: SignatureTools & { readonly epoch: number },
): Vote {
  const { votes, deciding, next } = headers;
  const vote = voteOf(deciding);
  checkEpoch(votes, rules.epoch);
  const voters = new Set<Hex>();
  let before = -1;
  for (const header of votes) {
    const { number, coinbase: voter } = header;
    if (number <= before) throw broken("its votes do not ascend");
    const own = voteOf(header);
    if (own.subject !== vote.subject || own.direction !== vote.direction) {
      throw proofError("VOTE_DIFFERS", `the vote in header ${number} is another than the one that decided`);
    }
    const validators = validatorsAt(sets, number);
    if (!validators.includes(voter))
      throw proofError("VOTE_OF_STRANGER", `${voter} voted, and is no validator`, { voter });
    if (voters.has(voter)) throw proofError("VOTE_TWICE", `${voter} voted twice`, { voter });
    if (isSpent({ ...own, voter, number }, changes))
      throw proofError("VOTE_SPENT", `the vote in header ${number} no longer counted`);
    checkQbftSeals(header, { ...rules, validators });
    voters.add(voter);
    before = number;
  }
  const validators = validatorsAt(sets, deciding.number);
  checkCount(voters.size, validators.length);
  checkNext(next, deciding, { ...rules, validators: afterVote(validators, vote) });
  return vote;
}

function voteOf(header: BlockHeader): Vote {
  const { vote } = parseQbftExtra(header.extraData);
  if (vote === null) throw proofError("VOTE_MISSING", `header ${header.number} carries no vote`);
  return vote;
}

function checkNext(
  next: BlockHeader | null,
  deciding: BlockHeader,
  rules: SignatureTools & { readonly validators: readonly Hex[] },
): void {
  const isChild =
    next?.number === deciding.number + 1 && compareBytes(next.parentHash, qbftBlockHash(deciding, rules.keccak)) === 0;
  if (!isChild) throw broken("the header with the new set is not the child of the deciding one");
  checkQbftSeals(next, rules);
}

function broken(what: string): Error {
  return proofError("TRANSITION_BROKEN", `The change of validators is not proven: ${what}.`);
}
