import type { Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import type { BlockHeader } from "./header.ts";
import type { SignatureTools } from "./signature.ts";

export interface DevelopmentSeal extends SignatureTools {
  readonly header: BlockHeader;
  readonly chainId: number;
  /** r ‖ s ‖ v, v 0 or 1 */
  readonly seal: Uint8Array;
  /** lower case */
  readonly sealer: Hex;
}

/** What the gateway of an embedded chain signs: keccak256("hufu.development-seal.v1" ‖ chainId, 32 bytes ‖ block hash). */
export function developmentSealHash(chainId: number, blockHash: Uint8Array, keccak: Keccak): Uint8Array {
  throw new Error(`not yet: ${chainId} ${blockHash.length} ${typeof keccak}`);
}

/** Proves that the gateway's own key sealed the header: the embedded chain has no validators. */
export function checkDevelopmentSeal({ header }: DevelopmentSeal): { readonly signers: readonly Hex[] } {
  throw new Error(`not yet: ${header.number}`);
}
