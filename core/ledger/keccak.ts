import { keccak_256 } from "@noble/hashes/sha3.js";
import { createKeccak as createWasmHasher } from "hash-wasm";

/** Ethereum's Keccak-256 (not SHA3-256), synchronous. Each answer is 32 bytes of its own: the next call does not change it. */
export interface Keccak {
  hash(input: Uint8Array): Uint8Array;
}

/** Keccak in WebAssembly, some 2,000,000 short inputs a second. Only the loading is asynchronous. */
export async function createKeccak(): Promise<Keccak> {
  const hasher = await createWasmHasher(256);
  return { hash: (input) => hasher.init().update(input).digest("binary") };
}

/** Keccak in plain JavaScript, for where WebAssembly is forbidden or not worth its size: ten times slower. */
export const nobleKeccak: Keccak = { hash: (input) => keccak_256(input) };
