import type { Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import type { BlockHeader } from "./header.ts";
import type { SignatureTools } from "./signature.ts";

export interface Endorsement extends SignatureTools {
  readonly header: BlockHeader;
  /** the headers on top of it, each the child of the one before */
  readonly following: readonly BlockHeader[];
  /** the set that signs these blocks: lower case, ascending */
  readonly signers: readonly Hex[];
}

/** How many of `count` signers are a majority. */
export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1;
}

/** What the signer of a block signs: the header without the last 65 bytes of extraData. */
export function cliqueSealHash(header: BlockHeader, keccak: Keccak): Uint8Array {
  throw new Error(`not yet: ${header.number} ${typeof keccak}`);
}

/** Who signed the block. Coinbase and nonce are a vote and say nothing of it. */
export function cliqueSigner(header: BlockHeader, tools: SignatureTools): Hex {
  throw new Error(`not yet: ${header.number} ${typeof tools}`);
}

/** Proves that a majority of signers built on the header: `signers` are distinct. It may still fall out of the chain. */
export function checkCliqueEndorsement(endorsement: Endorsement): { readonly signers: readonly Hex[] } {
  throw new Error(`not yet: ${endorsement.header.number}`);
}
