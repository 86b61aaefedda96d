import type { Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";

/** secp256k1: the public key, 64 bytes x ‖ y or 65 with a leading 04, that made `signature` (r ‖ s, 64 bytes) over `hash`; null where there is none. */
export type Recover = (hash: Uint8Array, signature: Uint8Array, recovery: 0 | 1) => Uint8Array | null;

/** What it takes to say who signed. */
export interface SignatureTools {
  readonly keccak: Keccak;
  readonly recover: Recover;
}

/** {@link Recover} in plain JavaScript: 1 to 2 ms a signature. */
export const nobleRecover: Recover = (hash) => {
  throw new Error(`not yet: ${hash.length}`);
};

/** The address that made a header's seal: r ‖ s ‖ v with v 0 or 1. undefined where it is no signature. */
export function recoverSealer(hash: Uint8Array, seal: Uint8Array, tools: SignatureTools): Hex | undefined {
  throw new Error(`not yet: ${hash.length} ${seal.length} ${typeof tools}`);
}

/** The address that made an ordinary signature: r ‖ s ‖ v with v 27 or 28. undefined where it is no signature. */
export function recoverSigner(hash: Uint8Array, signature: Uint8Array, tools: SignatureTools): Hex | undefined {
  throw new Error(`not yet: ${hash.length} ${signature.length} ${typeof tools}`);
}
