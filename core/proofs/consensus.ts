import type { Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import type { BlockHeader } from "./header.ts";
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
export function blockHashOf(header: BlockHeader, consensus: Consensus, keccak: Keccak): Uint8Array {
  throw new Error(`not yet: ${header.number} ${consensus.type} ${typeof keccak}`);
}

/** Checks that `expected` is the block's hash. */
export function checkBlockHash(header: BlockHeader, expected: Uint8Array, consensus: Consensus, keccak: Keccak): void {
  throw new Error(`not yet: ${header.number} ${expected.length} ${consensus.type} ${typeof keccak}`);
}

/** Proves that a header is sealed by the rules of its chain. */
export function checkSeals(sealed: SealedHeader, rules: SealRules): Sealed {
  throw new Error(`not yet: ${sealed.header.number} ${rules.chainId}`);
}
