import { secp256k1 } from "@noble/curves/secp256k1.js";

import { compareBytes, concatBytes, hexToBytes, to0x, type Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";

/**
 * secp256k1: the public key, 64 bytes x ‖ y or 65 with a leading 04, that made `signature` (r ‖ s, 64 bytes, both from 1 to the order less one)
 * over `hash`; null where there is none.
 */
export type Recover = (hash: Uint8Array, signature: Uint8Array, recovery: 0 | 1) => Uint8Array | null;

/** What it takes to say who signed. */
export interface SignatureTools {
  readonly keccak: Keccak;
  readonly recover: Recover;
}

const ORDER = hexToBytes("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

/** {@link Recover} in plain JavaScript: 1 to 2 ms a signature. */
export const nobleRecover: Recover = (hash, signature, recovery) => {
  try {
    const recoverable = concatBytes(Uint8Array.of(recovery), signature);
    return secp256k1.Signature.fromBytes(recoverable, "recovered").recoverPublicKey(hash).toBytes(false);
  } catch {
    return null; // r is the x of no point
  }
};

/**
 * The address that made a header's seal: r ‖ s ‖ v with v 0 or 1, and nothing else, so that a seal has one form. undefined where it is no signature.
 * A high s is taken, as Besu and geth take it: seals are counted by who made them, and a seal's twin is no second one.
 */
export function recoverSealer(hash: Uint8Array, seal: Uint8Array, tools: SignatureTools): Hex | undefined {
  return recoverAddress(hash, seal, 0, tools);
}

/** The address that made an ordinary signature: r ‖ s ‖ v with v 27 or 28. undefined where it is no signature. */
export function recoverSigner(hash: Uint8Array, signature: Uint8Array, tools: SignatureTools): Hex | undefined {
  return recoverAddress(hash, signature, 27, tools);
}

function recoverAddress(hash: Uint8Array, signature: Uint8Array, base: number, tools: SignatureTools): Hex | undefined {
  const { keccak, recover } = tools;
  const recovery = (signature[64] ?? 0) - base;
  if (signature.length !== 65 || (recovery !== 0 && recovery !== 1)) return undefined;
  if (!isScalar(signature.subarray(0, 32)) || !isScalar(signature.subarray(32, 64))) return undefined;
  const publicKey = recover(hash, signature.subarray(0, 64), recovery);
  return publicKey === null ? undefined : to0x(keccak.hash(publicKey.subarray(-64)).subarray(12));
}

function isScalar(bytes: Uint8Array): boolean {
  return compareBytes(bytes, ORDER) < 0 && bytes.some((byte) => byte !== 0);
}
