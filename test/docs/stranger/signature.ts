import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak256 } from "./hash.ts";
import { hexOf } from "./header.ts";

/** The address whose key made r ‖ s ‖ v over `hash`, v being `zero` or one more; undefined where none did. */
export function signerOf(hash: Buffer, signature: Buffer, zero: 0 | 27 = 0): string | undefined {
  const recovery = (signature[64] ?? 255) - zero;
  if (signature.length !== 65 || (recovery !== 0 && recovery !== 1)) return undefined;
  try {
    const made = secp256k1.Signature.fromBytes(signature.subarray(0, 64), "compact").addRecoveryBit(recovery);
    const key = made.recoverPublicKey(hash).toBytes(false);
    return hexOf(keccak256(key.subarray(1)).subarray(12));
  } catch {
    return undefined;
  }
}
