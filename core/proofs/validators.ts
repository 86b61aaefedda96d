import type { Hex } from "../bytes.ts";
import { readCliqueChange } from "./clique-change.ts";
import { listedSigners } from "./clique.ts";
import type { Consensus } from "./consensus.ts";
import { proofError } from "./fault.ts";
import { parseHeader, type BlockHeader } from "./header.ts";
import { readQbftChange } from "./qbft-change.ts";
import { parseQbftExtra } from "./qbft-extra.ts";
import type { SignatureTools } from "./signature.ts";
import { validatorsAt, type ChangeHeaders, type ValidatorSet, type ValidatorSets } from "./validator-sets.ts";
import { afterVote, type Vote } from "./vote.ts";

/** How one validator came or went. */
export interface Transition {
  /** raw headers, ascending. QBFT: those that carry the votes. Clique: every header from the first vote to the deciding one. */
  readonly votes: readonly Uint8Array[];
  /** QBFT: the raw header that first lists the new set, child of the last vote. Clique: null. */
  readonly next: Uint8Array | null;
}

/** A set that the genesis configuration puts in the place of the voted one: Besu's `transitions.qbft`. */
export interface Override {
  /** the first block that the set seals */
  readonly block: number;
  /** lower case, ascending */
  readonly validators: readonly Hex[];
}

/** The newest set, and every set from the genesis block on. */
export interface ValidatorHistory extends ValidatorSet {
  readonly sets: readonly ValidatorSet[];
}

export interface ValidatorSource extends SignatureTools {
  readonly consensus: Consensus;
  readonly genesis: BlockHeader;
  /** in their order */
  readonly transitions: readonly Transition[];
  /** QBFT alone. No header proves them: they are as good as whoever published the configuration. Those that lie ahead are the caller's to leave out. */
  readonly overrides?: readonly Override[];
}

/**
 * Follows the validators from the genesis block to the newest set. Every change is proven by votes that the set before it sealed: so the newest set is as
 * good as the genesis header, as long as no set ever lost the honest two thirds (QBFT) or majority (Clique) that its chain rests on. That no later
 * change was left out cannot be proven, and is not. Throws the codes of votes, and those of headers and seals for what carries the votes.
 */
export function followValidators(source: ValidatorSource): ValidatorHistory {
  const overrides = (source.overrides ?? []).toSorted((a, b) => a.block - b.block);
  if (source.consensus.type !== "qbft" && overrides.length > 0) throw broken("QBFT alone has sets by configuration");
  let known: ValidatorSets = { sets: [{ since: 0, validators: genesisValidators(source) }], changes: [] };
  for (const transition of source.transitions) {
    const headers = parseTransition(transition);
    known = withOverrides(known, overrides, headers.deciding.number);
    known = withVote(known, readChange(headers, known, source), headers.deciding.number + 1);
  }
  const { sets } = withOverrides(known, overrides, Infinity);
  return { ...newestOf(sets), sets };
}

/** The set that the genesis block lists, in whatever order. Throws TRANSITION_BROKEN where it lists nobody, or somebody twice. */
function genesisValidators({ consensus, genesis }: ValidatorSource): readonly Hex[] {
  if (consensus.type === "development") return [consensus.sealer];
  const listed = consensus.type === "qbft" ? parseQbftExtra(genesis.extraData).validators : listedSigners(genesis);
  return ascending(listed);
}

function ascending(listed: readonly Hex[]): readonly Hex[] {
  if (listed.length === 0 || new Set(listed).size < listed.length)
    throw broken("a set lists nobody, or somebody twice");
  return listed.toSorted();
}

function parseTransition({ votes, next }: Transition): ChangeHeaders {
  const headers = votes.map(parseHeader);
  const deciding = headers.at(-1);
  if (deciding === undefined) throw proofError("VOTES_TOO_FEW", "a change of validators has no votes");
  return { votes: headers, deciding, next: next && parseHeader(next) };
}

/** The vote that passed. It was decided under the newest set: else it would change one that is no more. */
function readChange(headers: ChangeHeaders, known: ValidatorSets, source: ValidatorSource): Vote {
  const { consensus, keccak, recover } = source;
  if (headers.deciding.number < newestOf(known.sets).since) throw broken("it was decided before the change before it");
  if (consensus.type === "development") throw broken("the embedded chain has no validators");
  const rules = { keccak, recover, epoch: consensus.epoch };
  return consensus.type === "qbft" ? readQbftChange(headers, known, rules) : readCliqueChange(headers, known, rules);
}

function withVote({ sets, changes }: ValidatorSets, vote: Vote, since: number): ValidatorSets {
  const validators = afterVote(validatorsAt(sets, since), vote);
  return { sets: [...sets, { since, validators }], changes: [...changes, { since, subject: vote.subject }] };
}

/** Puts in the sets of the configuration that are newer than the newest, up to block `last`. */
function withOverrides({ sets, changes }: ValidatorSets, overrides: readonly Override[], last: number): ValidatorSets {
  const due = overrides.filter(({ block }) => block > newestOf(sets).since && block <= last);
  return {
    sets: [...sets, ...due.map(({ block, validators }) => ({ since: block, validators: ascending(validators) }))],
    changes: [...changes, ...due.map(({ block }) => ({ since: block, subject: null }))],
  };
}

function newestOf(sets: readonly ValidatorSet[]): ValidatorSet {
  return sets.at(-1) ?? { since: 0, validators: [] };
}

function broken(what: string): Error {
  return proofError("TRANSITION_BROKEN", `The change of validators is not proven: ${what}.`);
}
