import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { cliqueSigner, cliqueVote } from "../../core/proofs/clique.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import type { BlockHeader } from "../../core/proofs/header.ts";
import { parseQbftExtra } from "../../core/proofs/qbft-extra.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import type { Override } from "../../core/proofs/validators.ts";
import { clearVotes, countVote, type StandingVote, type Tally } from "../audit/headers/votes.ts";

/** A change of validators, by the numbers of the headers that prove it. */
export interface Change {
  /** QBFT: those with the votes; Clique: every one from the first vote to the deciding one */
  readonly votes: readonly number[];
  /** the block whose vote decided */
  readonly decided: number;
}

export interface ChangesInput extends SignatureTools {
  /** ascending, from the first block of an epoch on */
  readonly headers: AsyncIterable<readonly BlockHeader[]>;
  /** the set that seals the first of `headers` */
  readonly validators: readonly Hex[];
  readonly consensus: Exclude<Consensus, { type: "development" }>;
  readonly overrides: readonly Override[];
}

/**
 * Finds every change of validators by counting the votes that the headers carry. Throws NODE_ANSWER where a QBFT header lists other validators
 * than the votes made: then no bundle can prove them.
 */
export async function findChanges(input: ChangesInput): Promise<Change[]> {
  const changes: Change[] = [];
  /** in which block each voter last voted on each subject */
  const castIn = new Map<string, number>();
  let tally: Tally = { validators: input.validators, votes: [] };
  for await (const headers of input.headers) {
    for (const header of headers) {
      const { number } = header;
      const override = input.overrides.find(({ block }) => block === number);
      if (override !== undefined) tally = { validators: override.validators, votes: [] };
      checkList(header, tally, input.consensus);
      if (number % input.consensus.epoch === 0) tally = clearVotes(tally);
      const vote = number % input.consensus.epoch === 0 ? null : voteOf(header, input);
      if (vote === null) continue;
      castIn.set(keyOf(vote), number);
      const after = countVote(tally, vote);
      if (after.validators !== tally.validators)
        changes.push(changeOf(agreeing(tally, vote), castIn, number, input.consensus));
      tally = after;
    }
  }
  return changes;
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

function voteOf(header: BlockHeader, { consensus, ...tools }: ChangesInput): StandingVote | null {
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
