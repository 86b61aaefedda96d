import { to0x, type Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { proofError } from "./fault.ts";
import { hashWithExtra, plainHash, type BlockHeader } from "./header.ts";
import { decodeRlp, encodeRlp, scalarBytes, scalarOf, type RlpItem } from "./rlp.ts";
import type { Vote } from "./vote.ts";

/** The extraData of a QBFT header. */
export interface QbftExtra {
  readonly vanity: Uint8Array;
  /** in the header's order; none where a contract keeps them, which is not followed here */
  readonly validators: readonly Hex[];
  readonly vote: Vote | null;
  readonly round: number;
  readonly seals: readonly Uint8Array[];
}

/** Parses extraData. Throws EXTRA_MALFORMED and the codes of RLP. */
export function parseQbftExtra(extraData: Uint8Array): QbftExtra {
  const [vanity, validators, vote, round, seals] = extraItems(extraData);
  if (!(vanity instanceof Uint8Array) || vanity.length !== 32) throw malformed("its vanity is not 32 bytes long");
  const roundNumber = scalarOf(round);
  if (roundNumber === undefined || roundNumber > 0xffff_ffffn) throw malformed("its round is no integer of 32 bits");
  return {
    vanity,
    validators: listOf(validators, "validators").map(addressOf),
    vote: voteOf(listOf(vote, "vote")),
    round: Number(roundNumber),
    seals: listOf(seals, "seals").map(bytesOf),
  };
}

/** The block's hash: without seals and as if it were of round 0, so that it is the same whoever sealed it. The genesis block is hashed as it is. */
export function qbftBlockHash(header: BlockHeader, keccak: Keccak): Uint8Array {
  return header.number === 0 ? plainHash(header, keccak) : qbftSealHash(header, keccak, 0);
}

/** What the seals sign: the header without seals, of the round in which it was sealed, or of `round`. */
export function qbftSealHash(header: BlockHeader, keccak: Keccak, round?: number): Uint8Array {
  parseQbftExtra(header.extraData);
  const [vanity, validators, vote, ownRound] = extraItems(header.extraData);
  const signedRound = round === undefined ? ownRound : scalarBytes(BigInt(round));
  return hashWithExtra(header, encodeRlp([vanity, validators, vote, signedRound, []]), keccak);
}

type Five = readonly [RlpItem, RlpItem, RlpItem, RlpItem, RlpItem];

function extraItems(extraData: Uint8Array): Five {
  const items = decodeRlp(extraData);
  const [vanity, validators, vote, round, seals] = items instanceof Uint8Array ? [] : items;
  if (!vanity || !validators || !vote || !round || !seals || items.length !== 5)
    throw malformed("it is no list of five");
  return [vanity, validators, vote, round, seals];
}

function voteOf(items: readonly RlpItem[]): Vote | null {
  const [subject, direction] = items;
  if (items.length === 0) return null;
  if (items.length !== 2 || !(direction instanceof Uint8Array)) throw malformed("its vote is no pair");
  if (direction.length === 0) return { subject: addressOf(subject), direction: "drop" };
  if (direction.length === 1 && direction[0] === 0xff) return { subject: addressOf(subject), direction: "add" };
  throw malformed("its vote neither adds nor drops");
}

function listOf(item: RlpItem, what: string): readonly RlpItem[] {
  if (item instanceof Uint8Array) throw malformed(`${what} is no list`);
  return item;
}

function bytesOf(item: RlpItem): Uint8Array {
  if (!(item instanceof Uint8Array)) throw malformed("it has a list where bytes are wanted");
  return item;
}

function addressOf(item: RlpItem | undefined): Hex {
  if (!(item instanceof Uint8Array) || item.length !== 20) throw malformed("an address is not 20 bytes long");
  return to0x(item);
}

function malformed(what: string): Error {
  return proofError("EXTRA_MALFORMED", `The header's extraData is not QBFT's: ${what}.`);
}
