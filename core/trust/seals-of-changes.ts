import { cliqueSeal, cliqueSealHash } from "../proofs/clique.ts";
import { proofFaultOf } from "../proofs/fault.ts";
import { parseHeader, type BlockHeader } from "../proofs/header.ts";
import { parseQbftExtra, qbftSealHash } from "../proofs/qbft-extra.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { transitionOf } from "./anchor.ts";
import type { TrustBundle } from "./bundle.ts";

/** A seal, r ‖ s ‖ v, and the hash that it is over. */
export interface SealOfChange {
  readonly hash: Uint8Array;
  readonly seal: Uint8Array;
}

/**
 * The seals from which followTrust recovers who made them, header by header in its order, up to the first header that is none. For whoever has to
 * rest in between: nothing here says that they hold.
 */
export function* sealsOfChanges({ consensus, transitions }: TrustBundle, keccak: Keccak): Generator<SealOfChange[]> {
  if (consensus.type === "development") return;
  const sealsOf = consensus.type === "qbft" ? qbftSeals : cliqueSeals;
  try {
    for (const transition of transitions) {
      const { votes, next } = transitionOf(transition);
      for (const raw of next === null ? votes : [...votes, next]) yield sealsOf(parseHeader(raw), keccak);
    }
  } catch (error) {
    proofFaultOf(error);
  }
}

function qbftSeals(header: BlockHeader, keccak: Keccak): SealOfChange[] {
  const hash = qbftSealHash(header, keccak);
  return parseQbftExtra(header.extraData).seals.map((seal) => ({ hash, seal }));
}

function cliqueSeals(header: BlockHeader, keccak: Keccak): SealOfChange[] {
  return [{ hash: cliqueSealHash(header, keccak), seal: cliqueSeal(header) }];
}
