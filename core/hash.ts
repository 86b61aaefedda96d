import { sha256 } from "@noble/hashes/sha2.js";
import { shake256 as nobleShake256 } from "@noble/hashes/sha3.js";
import { bytesToHex, utf8 } from "./bytes.ts";
import { sm3 } from "./sm3.ts";

/** `sm3` is GB/T 32905, for deployments that need 国密. */
export type HashAlgorithm = "sha-256" | "sm3";

export const hashAlgorithms: readonly HashAlgorithm[] = ["sha-256", "sm3"];

/** Hashes for one purpose at a time: no hash made under one domain can be passed off under another. */
export interface Hasher {
  readonly algorithm: HashAlgorithm;
  /**
   * 64 lower-case hexadecimal digits: the hash of UTF-8 of `domain`, a line feed and `message`. `domain` holds no line
   * feed.
   */
  hash(domain: string, message: string): string;
}

/** SHAKE-256: any number of bytes from one input. */
export type Xof = (input: Uint8Array, length: number) => Uint8Array;

const functions: Readonly<Record<HashAlgorithm, (message: Uint8Array) => Uint8Array>> = { "sha-256": sha256, sm3 };

/** A hasher in plain JavaScript: for the browser, and where OpenSSL is not at hand. */
export function nobleHasher(algorithm: HashAlgorithm): Hasher {
  const digest = functions[algorithm];
  return { algorithm, hash: (domain, message) => bytesToHex(digest(utf8(`${domain}\n${message}`))) };
}

/** SHAKE-256 in plain JavaScript. */
export const shake256: Xof = (input, length) => nobleShake256(input, { dkLen: length });
