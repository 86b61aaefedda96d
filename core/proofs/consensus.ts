import { compareBytes, type Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { checkCliqueEndorsement, cliqueSealHash } from "./clique.ts";
import { checkDevelopmentSeal } from "./development.ts";
import { proofError } from "./fault.ts";
import { plainHash, type BlockHeader } from "./header.ts";
import { qbftBlockHash, qbftSealHash } from "./qbft-extra.ts";
import { checkQbftSeals } from "./qbft.ts";
import type { SignatureTools } from "./signature.ts";

/** How the blocks of a chain are agreed upon. `epoch` is in blocks, `period` in seconds. */
export type Consensus =
  | { readonly type: "qbft"; readonly epoch: number }
  | { readonly type: "clique"; readonly epoch: number; readonly period: number }
  | { readonly type: "development"; readonly sealer: Hex };

/** A header with what seals it beside its own bytes. */
export interface SealedHeader {
  readonly header: BlockHeader;
  /** Clique: the headers on top of it; else none */
  readonly following: readonly BlockHeader[];
  /** the embedded chain: its gateway's seal; else null */
  readonly seal: Uint8Array | null;
}

export interface SealRules extends SignatureTools {
  readonly consensus: Consensus;
  readonly chainId: number;
  /** the set that seals this block: lower case, ascending; of the embedded chain its sealer alone */
  readonly validators: readonly Hex[];
}

/** Who sealed a header, out of how many, and its block's hash. */
export interface Sealed {
  readonly hash: Uint8Array;
  readonly signers: readonly Hex[];
  readonly of: number;
}

/** The block's hash, as nodes of the chain give it. */
export function blockHashOf(header: BlockHeader, consensus: Pick<Consensus, "type">, keccak: Keccak): Uint8Array {
  return consensus.type === "qbft" ? qbftBlockHash(header, keccak) : plainHash(header, keccak);
}

/** What the seals stand for: of Clique the hash without the seal, for whoever turns s over makes another hash of the same block. */
export function sealedHashOf(header: BlockHeader, consensus: Consensus, keccak: Keccak): Uint8Array {
  return consensus.type === "clique" ? cliqueSealHash(header, keccak) : blockHashOf(header, consensus, keccak);
}

/** Checks that `expected` is the block's hash. Throws BLOCK_HASH_DIFFERS, or BLOCK_HASH_KEEPS_ROUND for a likely mistake under QBFT. */
export function checkBlockHash(
  header: BlockHeader,
  expected: Uint8Array,
  consensus: Pick<Consensus, "type">,
  keccak: Keccak,
): void {
  if (compareBytes(blockHashOf(header, consensus, keccak), expected) === 0) return;
  if (consensus.type === "qbft" && compareBytes(qbftSealHash(header, keccak), expected) === 0) {
    throw proofError("BLOCK_HASH_KEEPS_ROUND", "the block's hash was made with the round in which it was sealed");
  }
  throw proofError("BLOCK_HASH_DIFFERS", "the header is not that of the block");
}

/** Proves that a header is sealed by the rules of its chain. Throws the codes of headers and seals. */
export function checkSeals({ header, following, seal }: SealedHeader, rules: SealRules): Sealed {
  const { consensus, validators, keccak } = rules;
  if ((consensus.type !== "clique" && following.length > 0) || (consensus.type !== "development" && seal !== null)) {
    throw proofError("SEAL_MALFORMED", "the header is sealed in another chain's manner");
  }
  return { hash: blockHashOf(header, consensus, keccak), ...signersOf(), of: validators.length };

  function signersOf(): { readonly signers: readonly Hex[] } {
    if (consensus.type === "qbft") return checkQbftSeals(header, rules);
    if (consensus.type === "clique")
      return checkCliqueEndorsement({ ...rules, header, following, signers: validators });
    return checkDevelopmentSeal({ ...rules, header, seal: seal ?? new Uint8Array(), sealer: consensus.sealer });
  }
}
