import { concatBytes, hexToBytes, utf8, type Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { proofError } from "./fault.ts";
import { plainHash, type BlockHeader } from "./header.ts";
import { recoverSealer, type SignatureTools } from "./signature.ts";

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
  const chain = hexToBytes(chainId.toString(16).padStart(64, "0"));
  return keccak.hash(concatBytes(utf8("hufu.development-seal.v1"), chain, blockHash));
}

/**
 * Proves that the gateway's own key sealed the header. The embedded chain has no validators: the seal says what the gateway says, and no more.
 * Throws SEAL_MALFORMED, SEAL_OF_STRANGER.
 */
export function checkDevelopmentSeal(sealed: DevelopmentSeal): { readonly signers: readonly Hex[] } {
  const { header, chainId, seal, sealer, keccak } = sealed;
  const signer = recoverSealer(developmentSealHash(chainId, plainHash(header, keccak), keccak), seal, sealed);
  if (signer === undefined) throw proofError("SEAL_MALFORMED", "the seal is no signature");
  if (signer !== sealer) throw proofError("SEAL_OF_STRANGER", "the seal is not the gateway's, or of another header");
  return { signers: [signer] };
}
