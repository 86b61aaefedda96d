import type { Hex } from "../bytes.ts";
import type { Consensus } from "./consensus.ts";
import type { BlockHeader } from "./header.ts";
import type { SignatureTools } from "./signature.ts";

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
  readonly validators: readonly Hex[];
}

/** A set of validators and the first block that it seals. */
export interface ValidatorSet {
  readonly since: number;
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
  readonly transitions: readonly Transition[];
  readonly overrides?: readonly Override[];
}

/** Follows the validators from the genesis block to the newest set. */
export function followValidators(source: ValidatorSource): ValidatorHistory {
  throw new Error(`not yet: ${source.genesis.number}`);
}

/** The set that seals block `number`. */
export function validatorsAt(sets: readonly ValidatorSet[], number: number): readonly Hex[] {
  throw new Error(`not yet: ${sets.length} ${number}`);
}
