import { recover } from "tiny-secp256k1";
import type { Recover } from "../../core/proofs/signature.ts";

/** {@link Recover} in WebAssembly, for whoever checks a chain of headers: many times as fast as plain JavaScript. */
export const wasmRecover: Recover = (hash, signature, recovery) => {
  try {
    return recover(hash, signature, recovery, false)?.subarray(1) ?? null;
  } catch {
    return null; // r or s is no number of the curve
  }
};
