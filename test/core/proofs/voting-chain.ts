import type { Hex } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import { qbftBlockHash } from "../../../core/proofs/qbft-extra.ts";
import type { ValidatorSet } from "../../../core/proofs/validator-sets.ts";
import type { Transition } from "../../../core/proofs/validators.ts";
import type { Vote } from "../../../core/proofs/vote.ts";
import { addressesOf, genesisOf, sealClique, sealQbft, type Fields, type Signatory } from "./sealed-chain.ts";

/** One more block. */
export interface Block {
  /** proposer or signer; left out, whose turn it is by the block's number */
  readonly by?: Signatory;
  readonly vote?: Vote | null;
  readonly fields?: Partial<Fields>;
}

/** A chain that votes as real nodes do, and keeps what it takes to prove its changes of validators. */
export interface VotingChain {
  readonly genesis: BlockHeader;
  /** without the genesis block */
  readonly headers: readonly BlockHeader[];
  readonly transitions: readonly Transition[];
  readonly sets: readonly ValidatorSet[];
  /** who seals the next block, ascending */
  members(): readonly Signatory[];
  append(block?: Block): BlockHeader;
  /** QBFT: from the next block on the configuration has these validators */
  override(members: readonly Signatory[]): void;
}

/** Where a vote was cast. */
type Ballot = Map<Hex, number>;

export interface ChainOptions {
  readonly type: "qbft" | "clique";
  readonly members: readonly Signatory[];
  /** everybody who may be voted in, the first members too */
  readonly everybody: readonly Signatory[];
  readonly epoch: number;
}

/** Begins a chain. The count of votes is written after VoteTally of Besu and the snapshots of geth, and knows nothing of the code that it tests. */
export function createVotingChain({ type, members: first, everybody, epoch }: ChainOptions): VotingChain {
  let members = ascending(first);
  let next: ((header: BlockHeader) => void) | undefined;
  const genesis = genesisOf(type, first);
  const headers: BlockHeader[] = [];
  const transitions: Transition[] = [];
  const sets: ValidatorSet[] = [{ since: 0, validators: addressesOf(members) }];
  const tally = { add: new Map<Hex, Ballot>(), drop: new Map<Hex, Ballot>() };

  function append({ by, vote = null, fields = {} }: Block = {}): BlockHeader {
    const number = headers.length + 1;
    const parent = headers.at(-1) ?? genesis;
    const voter = by ?? members[number % members.length]!;
    const parentHash = (type === "qbft" ? qbftBlockHash : plainHash)(parent, nobleKeccak);
    const cast = number % epoch === 0 || vote === null || decidesForOthers(vote, voter.address) ? null : vote;
    const header =
      type === "qbft"
        ? sealQbft({
            fields: { number, parentHash, coinbase: voter.address, ...fields },
            validators: members,
            vote: cast,
          })
        : sealClique({
            ...{ fields: { number, parentHash, ...fields }, signer: voter, signers: members, vote: cast },
            isCheckpoint: number % epoch === 0,
          });
    headers.push(header);
    next?.(header);
    next = undefined;
    if (number % epoch === 0) clear();
    else if (cast !== null) count(cast, voter.address, number);
    return header;
  }

  /**
   * Clique: whether the vote has no effect of its own, on a subject for which others make a majority: the set became smaller since, and geth looks at the
   * count anew at any vote on the subject. geth's miners sign no vote without effect; what one decides cannot be proven.
   */
  function decidesForOthers({ subject, direction }: Vote, voter: Hex): boolean {
    const isMember = members.some(({ address }) => address === subject);
    if (type !== "clique" || isMember === (direction === "drop")) return false;
    const others = [...ballot(direction === "add" ? "drop" : "add", subject).keys()].filter((each) => each !== voter);
    return others.length > members.length / 2;
  }

  function count({ subject, direction }: Vote, voter: Hex, number: number): void {
    const isMember = members.some(({ address }) => address === subject);
    const other = direction === "add" ? "drop" : "add";
    ballot(other, subject).delete(voter);
    ballot(direction, subject).delete(voter);
    if (type === "clique" && isMember !== (direction === "drop")) return;
    ballot(direction, subject).set(voter, number);
    const votes = [...ballot(direction, subject).values()].sort((a, b) => a - b);
    if (votes.length < Math.floor(members.length / 2) + 1) return;
    for (const each of [tally.add, tally.drop]) each.delete(subject);
    if (direction === "drop") for (const each of [tally.add, tally.drop]) each.forEach((of) => of.delete(subject));
    if (isMember !== (direction === "drop")) return; // what Besu counts, and what changes nothing
    members = everybody.filter(({ address }) =>
      address === subject ? direction === "add" : members.some((member) => member.address === address),
    );
    members = ascending(members);
    changed(number + 1);
    prove({ subject, direction }, votes);
  }

  /** Clique: a signer who voted the other way meanwhile makes it the whole epoch. */
  function prove({ subject, direction }: Vote, votes: readonly number[]): void {
    const raw = (number: number): Uint8Array => headers[number - 1]!.raw;
    if (type === "qbft") {
      next = (header) => transitions.push({ votes: votes.map(raw), next: header.raw });
      return;
    }
    const last = votes.at(-1)!;
    const against = (first: number): boolean =>
      headers.slice(first - 1, last).some((header) => {
        const cast = header.coinbase === subject;
        return cast && (header.nonce[0] === 0xff) !== (direction === "add");
      });
    const first = against(votes[0]!) ? Math.floor(last / epoch) * epoch + 1 : votes[0]!;
    transitions.push({ votes: headers.slice(first - 1, last).map(({ raw: bytes }) => bytes), next: null });
  }

  function changed(since: number): void {
    sets.push({ since, validators: addressesOf(members) });
  }
  function clear(): void {
    tally.add.clear();
    tally.drop.clear();
  }
  function ballot(direction: Vote["direction"], subject: Hex): Ballot {
    const known = tally[direction].get(subject) ?? new Map<Hex, number>();
    tally[direction].set(subject, known);
    return known;
  }
  return {
    ...{ genesis, headers, transitions, sets, append },
    members: () => members,
    override: (given) => {
      members = ascending(given);
      clear();
      changed(headers.length + 1);
    },
  };
}

function ascending(members: readonly Signatory[]): readonly Signatory[] {
  return [...members].sort((a, b) => (a.address < b.address ? -1 : 1));
}
