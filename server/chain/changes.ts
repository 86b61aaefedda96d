import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { cliqueSigner, cliqueVote } from "../../core/proofs/clique.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import type { BlockHeader } from "../../core/proofs/header.ts";
import { parseQbftExtra } from "../../core/proofs/qbft-extra.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import type { Override } from "../../core/proofs/validators.ts";
import { clearVotes, countVote, type StandingVote, type Tally } from "./votes.ts";

/** A change of validators, by the numbers of the headers that prove it. */
export interface Change {
  /** QBFT: those with the votes; Clique: every one from the first vote to the deciding one */
  readonly votes: readonly number[];
  /** the block whose vote decided */
  readonly decided: number;
}

/** The validators of the next block, and the votes that count so far. */
export interface VoteCount {
  readonly tally: Tally;
  /** in which block each voter last voted on each subject: `<voter> <subject>` -> number */
  readonly castIn: ReadonlyMap<string, number>;
}

export interface VoteRules extends SignatureTools {
  readonly consensus: Exclude<Consensus, { type: "development" }>;
  readonly overrides: readonly Override[];
}

export interface ChangesInput extends VoteRules {
  /** ascending, from the first block of an epoch on */
  readonly headers: AsyncIterable<readonly BlockHeader[]>;
  /** the set that seals the first of `headers` */
  readonly validators: readonly Hex[];
}

/**
 * Finds every change of validators by counting the votes that the headers carry. Throws NODE_ANSWER where a QBFT header lists other validators
 * than the votes made: then no bundle can prove them.
 */
export async function findChanges(input: ChangesInput): Promise<Change[]> {
  const changes: Change[] = [];
  let count = beginCount(input.validators);
  for await (const headers of input.headers) {
    for (const header of headers) {
      const next = countHeader(count, header, input);
      if (next.change !== null) changes.push(next.change);
      count = next.count;
    }
  }
  return changes;
}

/** No votes yet. */
export function beginCount(validators: readonly Hex[]): VoteCount {
  return { tally: { validators, votes: [] }, castIn: new Map() };
}

/** The count after one more header, which is the next block's, and the change that its vote decided. Throws as {@link findChanges}. */
export function countHeader(
  { tally: before, castIn }: VoteCount,
  header: BlockHeader,
  rules: VoteRules,
): { count: VoteCount; change: Change | null } {
  const { number } = header;
  const override = rules.overrides.find(({ block }) => block === number);
  const begun = override === undefined ? before : { validators: override.validators, votes: [] };
  checkList(header, begun, rules.consensus);
  if (number % rules.consensus.epoch === 0)
    return { count: { tally: clearVotes(begun), castIn: new Map() }, change: null };
  const vote = voteOf(header, rules);
  if (vote === null) return { count: { tally: begun, castIn }, change: null };
  const cast = new Map(castIn).set(keyOf(vote), number);
  const tally = countVote(begun, vote);
  const isDecided = tally.validators !== begun.validators;
  const change = isDecided ? changeOf(agreeing(begun, vote), cast, number, rules.consensus) : null;
  return { count: { tally, castIn: cast }, change };
}

function checkList({ number, extraData }: BlockHeader, { validators }: Tally, { type }: Consensus): void {
  if (type !== "qbft") return;
  const listed = [...parseQbftExtra(extraData).validators].sort();
  if (listed.join() === validators.join()) return;
  throw new HufuError(
    "NODE_ANSWER",
    `Block ${number} lists other validators than the votes and the genesis configuration made: this cannot be proven.`,
  );
}

function voteOf(header: BlockHeader, { consensus, ...tools }: VoteRules): StandingVote | null {
  if (consensus.type === "qbft") {
    const { vote } = parseQbftExtra(header.extraData);
    return vote && { ...vote, voter: header.coinbase };
  }
  const vote = cliqueVote(header);
  return vote && { ...vote, voter: cliqueSigner(header, tools) };
}

/** The votes that decided, the last of them included. */
function agreeing({ votes }: Tally, last: StandingVote): StandingVote[] {
  const others = votes.filter(
    ({ voter, subject, direction }) => voter !== last.voter && subject === last.subject && direction === last.direction,
  );
  return [...others, last];
}

function changeOf(
  votes: readonly StandingVote[],
  castIn: ReadonlyMap<string, number>,
  decided: number,
  { type }: Consensus,
): Change {
  const numbers = votes.map((vote) => castIn.get(keyOf(vote)) ?? decided).sort((a, b) => a - b);
  if (type === "qbft") return { votes: numbers, decided };
  const first = numbers[0] ?? decided;
  return { votes: Array.from({ length: decided - first + 1 }, (_, index) => first + index), decided };
}

function keyOf({ voter, subject }: StandingVote): string {
  return `${voter} ${subject}`;
}
