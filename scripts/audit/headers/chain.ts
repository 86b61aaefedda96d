import type { Hex } from "../../../core/bytes.ts";
import { checkTurn } from "../../../core/proofs/clique.ts";
import type { Consensus } from "../../../core/proofs/consensus.ts";
import { proofFaultOf } from "../../../core/proofs/fault.ts";
import { validatorsAt, type ValidatorSet } from "../../../core/proofs/validator-sets.ts";
import type { Override } from "../../../core/proofs/validators.ts";
import type { Checkpoint } from "../../../core/trust/bundle.ts";
import { checkpointFault } from "../checkpoints.ts";
import { forked } from "../fault.ts";
import { otherValidators } from "../other-validators.ts";
import { divergence, notSealed, type AuditDivergence } from "../report.ts";
import type { HeaderFacts } from "./facts.ts";
import { clearVotes, countVote, type Tally } from "../../../server/chain/votes.ts";

/** What is known in advance of the chain whose headers are read. */
export interface HeaderRules {
  readonly consensus: Consensus;
  readonly genesisHash: Hex;
  /** the trust bundle's sets, which the votes have to give again */
  readonly sets: readonly ValidatorSet[];
  readonly overrides: readonly Override[];
  readonly checkpoints: readonly Checkpoint[];
  /** the block up to which the trust file knows the validators */
  readonly publishedAt: number;
}

/** How far the headers were followed; plain data, so that a later run can go on from it. */
export interface HeaderPosition extends Tally {
  /** the last header that was followed; -1 before the first */
  readonly number: number;
  readonly hash: Hex | null;
  /** Clique: who signed the newest blocks, oldest first */
  readonly recent: readonly Hex[];
  /** the sets that the votes gave, and the first block that each may seal */
  readonly sets: readonly ValidatorSet[];
  /** how many seals were recovered */
  readonly seals: number;
}

export const beforeGenesis: HeaderPosition = {
  number: -1,
  hash: null,
  validators: [],
  votes: [],
  recent: [],
  sets: [],
  seals: 0,
};

/**
 * The position after the next header, or what is wrong with it. Throws NODE_FORKED where it is not the child of the one before, TRUST_TOO_OLD where
 * the validators changed after the trust file was made.
 */
export function follow(
  position: HeaderPosition,
  facts: HeaderFacts,
  rules: HeaderRules,
): HeaderPosition | AuditDivergence {
  const { number, hash } = facts;
  if (position.hash !== null && facts.parentHash !== position.hash)
    throw forked(position.number, position.hash, facts.parentHash);
  const before = withOverride(number === 0 ? withGenesis(position, facts, rules) : position, number, rules);
  const wrong = placeFault(facts, rules) ?? sealFault(before, facts, rules) ?? setFault(before, number, rules);
  if (wrong !== undefined) return wrong;
  const after = tallyAfter(before, facts, rules);
  return {
    ...after,
    number,
    hash,
    recent: [...before.recent, ...facts.signers.slice(0, 1)].slice(-before.validators.length),
    sets: [
      ...position.sets,
      ...changed(position.validators, before.validators, number),
      ...changed(before.validators, after.validators, number + 1),
    ],
    seals: position.seals + facts.signers.length,
  };
}

function changed(from: readonly Hex[], to: readonly Hex[], since: number): ValidatorSet[] {
  return isSame(from, to) ? [] : [{ since, validators: to }];
}

export function isDivergence(next: HeaderPosition | AuditDivergence): next is AuditDivergence {
  return "code" in next;
}

function withGenesis(position: HeaderPosition, { listed }: HeaderFacts, { consensus }: HeaderRules): HeaderPosition {
  const validators = consensus.type === "development" ? [consensus.sealer] : [...(listed ?? [])].sort();
  return { ...position, validators };
}

/** A set that the genesis configuration puts in the place of the voted one begins with no votes. */
function withOverride(position: HeaderPosition, number: number, { overrides }: HeaderRules): HeaderPosition {
  const override = overrides.find(({ block }) => block === number);
  return override === undefined ? position : { ...position, validators: override.validators, votes: [] };
}

function placeFault({ number, hash }: HeaderFacts, { genesisHash, checkpoints }: HeaderRules) {
  if (number === 0 && hash !== genesisHash)
    return divergence("GENESIS_DIFFERS", "The chain has another genesis", genesisHash, hash);
  return checkpointFault({ number, hash }, checkpoints);
}

/** Whether those who may seal this block did. */
function sealFault({ validators, recent }: HeaderPosition, facts: HeaderFacts, { consensus }: HeaderRules) {
  const { number, fault, listed } = facts;
  if (number === 0 || consensus.type === "development") return undefined;
  if (fault !== null) return notSealed(number, fault.code, fault.message);
  if (listed !== null && !isSame([...listed].sort(), validators)) {
    const what = "A header lists validators that nobody voted in";
    return divergence("VALIDATORS_DIFFER", what, list(validators), list(listed), { block: number });
  }
  if (consensus.type === "qbft") return undefined;
  return turnFault(validators, recent, facts);
}

/** Clique: whether its signer might sign it. */
function turnFault(validators: readonly Hex[], recent: readonly Hex[], { number, signers, difficulty }: HeaderFacts) {
  const [signer = "0x"] = signers; // nobody is a stranger
  try {
    checkTurn({ number, difficulty, signer }, validators, recent);
    return undefined;
  } catch (error) {
    const { code, message } = proofFaultOf(error);
    return notSealed(number, code, message);
  }
}

/** Whether the votes gave the set that the trust file has at this height. */
function setFault({ validators }: HeaderPosition, number: number, { sets, publishedAt }: HeaderRules) {
  const expected = validatorsAt(sets, number);
  if (isSame(validators, expected)) return undefined;
  const what = "By their votes the validators are others than the trust file says";
  const wrong = divergence("VALIDATORS_DIFFER", what, list(expected), list(validators), { block: number });
  return otherValidators(number, publishedAt, wrong);
}

function tallyAfter(before: Tally, { number, vote }: HeaderFacts, { consensus }: HeaderRules): Tally {
  if (consensus.type === "development") return before;
  if (number % consensus.epoch === 0) return clearVotes(before);
  return vote === null ? before : countVote(before, vote);
}

function isSame(one: readonly Hex[], other: readonly Hex[]): boolean {
  return one.length === other.length && one.every((address, index) => address === other[index]);
}

function list(validators: readonly Hex[]): string {
  return validators.length === 0 ? "nobody" : validators.join(" ");
}
