import { parseHeader, plainHash } from "../../../core/proofs/header.ts";
import { followValidators, type Override, type Transition } from "../../../core/proofs/validators.ts";
import type { Vote } from "../../../core/proofs/vote.ts";
import {
  addressesOf,
  genesisOf,
  qbftValidators,
  sealClique,
  sealQbft,
  signatory,
  tools,
  type Signatory,
} from "./sealed-chain.ts";
import { createVotingChain, type VotingChain } from "./voting-chain.ts";

const everybody = qbftValidators(6);
const members = everybody.slice(0, 4);
const epoch = 30;
const [newcomer, other] = everybody.slice(4) as [Signatory, Signatory];
const mallory = signatory("mallory");
const addNewcomer: Vote = { subject: newcomer.address, direction: "add" };
const addOther: Vote = { subject: other.address, direction: "add" };

function begin(type: "qbft" | "clique"): VotingChain {
  return createVotingChain({ type, members, everybody, epoch });
}

/** Follows `transitions` from the genesis block of `type`. */
function follow(
  type: "qbft" | "clique",
  transitions: readonly Transition[],
  overrides: readonly Override[] = [],
): unknown {
  const consensus = type === "qbft" ? ({ type, epoch } as const) : ({ type, epoch, period: 1 } as const);
  return followValidators({ ...tools, consensus, genesis: genesisOf(type, members), transitions, overrides });
}

/** A chain in which three of four have voted the newcomer in, and one block after it. */
function voted(type: "qbft" | "clique"): { chain: VotingChain; votes: Uint8Array[]; next: Uint8Array } {
  const chain = begin(type);
  for (const by of members.slice(1)) chain.append({ by, vote: addNewcomer });
  const next = chain.append().raw;
  return { chain, votes: chain.headers.slice(0, 3).map(({ raw }) => raw), next };
}

const qbft = voted("qbft");
const clique = voted("clique");
follow("qbft", qbft.chain.transitions);
follow("clique", clique.chain.transitions);

/** A QBFT header at `number` in the sound chain, sealed by its four validators. */
function inChain(number: number, by: Signatory, vote: Vote | null): Uint8Array {
  const { items } = parseHeader(qbft.chain.headers[number - 1]!.raw);
  const fields = { number, coinbase: by.address, parentHash: items[0]! };
  return sealQbft({ fields, validators: members, vote }).raw;
}

/** A chain of blocks of Clique in which the signers vote as given, one block each from block 1 on. */
function cliqueVotes(...votes: readonly (Vote | null)[]): Uint8Array[] {
  const chain = begin("clique");
  return votes.map((vote) => chain.append({ vote }).raw);
}

/** Changes of validators that are refused, by their code. */
export const changeForgeries = {
  VOTE_MISSING: {
    "a header without a vote": () =>
      follow("qbft", [{ ...qbft, votes: [inChain(1, members[1]!, null), ...qbft.votes.slice(1)] }]),
    "a deciding header without a vote": () =>
      follow("qbft", [{ ...qbft, votes: [...qbft.votes.slice(0, 2), inChain(3, members[3]!, null)] }]),
    "Clique: a header after the deciding one": () =>
      follow("clique", [{ votes: [...clique.votes, clique.next], next: null }]),
  },
  VOTE_DIFFERS: {
    "a vote for somebody else": () =>
      follow("qbft", [{ ...qbft, votes: [inChain(1, members[1]!, addOther), ...qbft.votes.slice(1)] }]),
    "a vote the other way": () => {
      const against = inChain(1, members[1]!, { ...addNewcomer, direction: "drop" });
      follow("qbft", [{ ...qbft, votes: [against, ...qbft.votes.slice(1)] }]);
    },
    "Clique: a majority that has voted the other way since": () => {
      const against: Vote = { ...addNewcomer, direction: "drop" };
      const votes = cliqueVotes(null, against, against, against, addNewcomer, addNewcomer, addNewcomer);
      follow("clique", [{ votes: votes.slice(1), next: null }]);
    },
  },
  VOTE_TWICE: {
    "the same header": () =>
      follow("qbft", [{ ...qbft, votes: [qbft.votes[0]!, inChain(2, members[1]!, addNewcomer), qbft.votes[2]!] }]),
  },
  VOTE_OF_STRANGER: {
    "a stranger's vote": () =>
      follow("qbft", [{ ...qbft, votes: [inChain(1, mallory, addNewcomer), ...qbft.votes.slice(1)] }]),
    "the newcomer's own vote": () =>
      follow("qbft", [{ ...qbft, votes: [inChain(1, newcomer, addNewcomer), ...qbft.votes.slice(1)] }]),
  },
  VOTE_SPENT: {
    "votes that had passed before the subject was dropped": () => {
      const { chain, votes } = voted("qbft");
      const drop: Vote = { ...addNewcomer, direction: "drop" };
      for (const by of members.slice(1)) chain.append({ by, vote: drop });
      chain.append({ by: members[1]!, vote: addNewcomer });
      const last = chain.append({ by: members[2]!, vote: addNewcomer });
      const again = [votes[2]!, ...chain.headers.slice(-2).map(({ raw }) => raw)];
      const next = sealQbft({
        fields: { number: last.number + 1, parentHash: chain.append().items[0]! },
        validators: everybody.slice(0, 5),
      });
      follow("qbft", [...chain.transitions, { votes: again, next: next.raw }]);
    },
    "the vote of a validator that was dropped since, and came back": () => {
      const chain = begin("qbft");
      chain.append({ by: members[0]!, vote: addOther });
      for (const direction of ["drop", "add"] as const) {
        const vote: Vote = { subject: members[0]!.address, direction };
        for (const by of members.slice(1)) if (direction === "drop" || by !== members[1]) chain.append({ by, vote });
      }
      for (const by of members.slice(1, 3)) chain.append({ by, vote: addOther });
      const votes = [chain.headers[0]!, ...chain.headers.slice(-2)].map(({ raw }) => raw);
      follow("qbft", [...chain.transitions, { votes, next: chain.append().raw }]);
    },
    "votes before a set by configuration": () => {
      const chain = begin("qbft");
      chain.append({ by: members[0]!, vote: addOther });
      chain.append();
      chain.override(members);
      for (const by of members.slice(1, 3)) chain.append({ by, vote: addOther });
      const votes = [0, 2, 3].map((index) => chain.headers[index]!.raw);
      follow("qbft", [{ votes, next: chain.append().raw }], [{ block: 3, validators: addressesOf(members) }]);
    },
  },
  VOTES_TOO_FEW: {
    "no votes": () => follow("qbft", [{ ...qbft, votes: [] }]),
    "one vote less than a majority": () => follow("qbft", [{ ...qbft, votes: qbft.votes.slice(1) }]),
    "Clique: no headers": () => follow("clique", [{ votes: [], next: null }]),
    "Clique: one vote less than a majority": () => follow("clique", [{ votes: clique.votes.slice(0, 2), next: null }]),
    "Clique: one signer who votes thrice": () => {
      const chain = begin("clique");
      const votes = Array.from(
        { length: 9 },
        (_, index) => chain.append({ vote: index % 4 === 0 ? addNewcomer : null }).raw,
      );
      follow("clique", [{ votes, next: null }]);
    },
    "Clique: votes of which one was taken back": () => {
      const votes = cliqueVotes(
        addNewcomer,
        null,
        null,
        null,
        { ...addNewcomer, direction: "drop" },
        addNewcomer,
        addNewcomer,
      );
      follow("clique", [{ votes, next: null }]);
    },
  },
  VOTES_ACROSS_EPOCHS: {
    "votes on both sides of an epoch": () => {
      const chain = begin("qbft");
      for (let number = 1; number < epoch; number++) chain.append({ by: members[0]!, vote: addNewcomer });
      chain.append();
      for (const by of members.slice(1, 3)) chain.append({ by, vote: addNewcomer });
      const votes = [epoch - 1, epoch + 1, epoch + 2].map((number) => chain.headers[number - 1]!.raw);
      follow("qbft", [{ votes, next: chain.append().raw }]);
    },
    "a vote in the first block of an epoch": () => {
      const votes = [epoch, epoch + 1, epoch + 2].map((number, index) => {
        const by = members[index]!;
        return sealQbft({ fields: { number, coinbase: by.address }, validators: members, vote: addNewcomer }).raw;
      });
      follow("qbft", [{ votes, next: qbft.next }]);
    },
    "Clique: headers across an epoch": () => {
      const chain = begin("clique");
      const vote = (number: number): Vote | null => (number >= epoch - 1 ? addNewcomer : null);
      for (let number = 1; number <= epoch + 2; number++) chain.append({ vote: vote(number) });
      follow("clique", [{ votes: chain.headers.slice(epoch - 2).map(({ raw }) => raw), next: null }]);
    },
  },
  TRANSITION_BROKEN: {
    "no header with the new set": () => follow("qbft", [{ ...qbft, next: null }]),
    "a header that is not the child": () => {
      const fields = { number: 4, parentHash: new Uint8Array(32).fill(1) };
      follow("qbft", [{ ...qbft, next: sealQbft({ fields, validators: everybody.slice(0, 5) }).raw }]);
    },
    "a header of a later height": () => follow("qbft", [{ ...qbft, next: qbft.chain.append().raw }]),
    "votes in another order": () => follow("qbft", [{ ...qbft, votes: [1, 0, 2].map((index) => qbft.votes[index]!) }]),
    "the same change twice": () => follow("qbft", [...qbft.chain.transitions, ...qbft.chain.transitions]),
    "a member who is added": () => {
      const vote: Vote = { subject: members[0]!.address, direction: "add" };
      const chain = begin("qbft");
      const votes = members.slice(1).map((by) => chain.append({ by, vote }).raw);
      follow("qbft", [{ votes, next: chain.append().raw }]);
    },
    "Clique: a header that would list the new set": () => follow("clique", [clique]),
    "Clique: a vote after the deciding one": () => follow("clique", [{ votes: lateVote(), next: null }]),
    "sets by configuration on a Clique chain": () =>
      follow("clique", [], [{ block: 3, validators: addressesOf(members) }]),
    "a set by configuration that lists somebody twice": () =>
      follow("qbft", [], [{ block: 3, validators: addressesOf([members[0]!, members[0]!]) }]),
  },
};

/** The votes that took the newcomer in, and a fourth. */
function lateVote(): Uint8Array[] {
  const last = parseHeader(clique.votes.at(-1)!);
  const fields = { number: last.number + 1, parentHash: plainHash(last, tools.keccak) };
  return [...clique.votes, sealClique({ fields, signer: members[0]!, signers: members, vote: addNewcomer }).raw];
}
