import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { qbftBlockHash } from "../../../core/proofs/qbft-extra.ts";
import type { Vote } from "../../../core/proofs/vote.ts";
import { genesisOf, qbftValidators, sealQbft, type Signatory } from "../proofs/sealed-chain.ts";

/** What happens on a QBFT chain. */
export interface QbftPlan {
  readonly length: number;
  /** the first height of each set; the first set is the genesis block's */
  readonly sets: readonly { readonly since: number; readonly validators: readonly Signatory[] }[];
  /** by height */
  readonly votes: Readonly<Record<number, { readonly voter: Signatory; readonly vote: Vote }>>;
  /** by height, where it is not 0 */
  readonly rounds?: Readonly<Record<number, number>>;
  /** leaves so many of a block's validators without a seal */
  readonly absent?: number;
}

const [first, second, third, fourth, fifth] = ascending(5);
export const founders: readonly Signatory[] = [first!, second!, third!, fourth!];
export const newcomer: Signatory = fifth!;
const all = [...founders, newcomer];
const adding: Vote = { subject: newcomer.address, direction: "add" };

/** Four validators who vote a fifth in by blocks 5, 6 and 8; it seals from block 9 on. One repeats its vote, and round 1 comes once. */
export const growingChain: QbftPlan = {
  length: 14,
  sets: [
    { since: 0, validators: founders },
    { since: 9, validators: all },
  ],
  votes: {
    3: { voter: founders[0]!, vote: adding },
    5: { voter: founders[1]!, vote: adding },
    6: { voter: founders[0]!, vote: adding },
    8: { voter: founders[2]!, vote: adding },
  },
  rounds: { 8: 1, 10: 2 },
};

/** The chain's headers from the genesis block on, each the child of the one before. */
export function qbftBlocks({ length, sets, votes, rounds = {}, absent = 0 }: QbftPlan): BlockHeader[] {
  const headers = [genesisOf("qbft", sets[0]!.validators)];
  for (let number = 1; number < length; number++) {
    const { validators } = sets.findLast(({ since }) => since <= number)!;
    const cast = votes[number];
    const proposer = cast?.voter ?? validators[number % validators.length]!;
    headers.push(
      sealQbft({
        validators,
        signers: validators.slice(absent),
        round: rounds[number] ?? 0,
        vote: cast?.vote ?? null,
        fields: { number, coinbase: proposer.address, parentHash: qbftBlockHash(headers.at(-1)!, nobleKeccak) },
      }),
    );
  }
  return headers;
}

function ascending(count: number): Signatory[] {
  return qbftValidators(count);
}
