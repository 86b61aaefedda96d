import { bytesToBase64 } from "../../core/base64.ts";
import type { Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { listedSigners } from "../../core/proofs/clique.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import type { BlockHeader } from "../../core/proofs/header.ts";
import { parseQbftExtra } from "../../core/proofs/qbft-extra.ts";
import { majorityOf } from "../../core/proofs/vote.ts";
import type { TrustedTransition } from "../../core/trust/bundle.ts";
import type { Change } from "./changes.ts";
import { readHeaders } from "./header.ts";
import type { Rpc } from "./rpc.ts";

/** The validators that the genesis block lists, ascending. */
export function firstValidators(genesis: BlockHeader, { type }: Consensus): Hex[] {
  return [...(type === "qbft" ? parseQbftExtra(genesis.extraData).validators : listedSigners(genesis))].sort();
}

/**
 * Newest blocks in which a change of validators is not looked for yet: under Clique it may still fall out of the chain with its block, under QBFT
 * the header after it has to be there.
 */
export function unsettledBlocks({ type }: Consensus, validators: number): number {
  return type === "clique" ? majorityOf(validators) : 1;
}

/** Reads the headers that prove a change. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER. */
export async function readChange(
  { votes, decided }: Change,
  { rpc, keccak, consensus }: { readonly rpc: Rpc; readonly keccak: Keccak; readonly consensus: Consensus },
): Promise<TrustedTransition> {
  const isQbft = consensus.type === "qbft";
  const headers = await readHeaders(rpc, isQbft ? [...votes, decided + 1] : votes, keccak);
  const texts = headers.map(({ raw }) => bytesToBase64(raw));
  return isQbft ? { votes: texts.slice(0, -1), next: texts.at(-1) ?? null } : { votes: texts, next: null };
}
