import { createHash, hash } from "node:crypto";
import { createRequire } from "node:module";
import type { HashAlgorithm, Hasher } from "../../core/hash.ts";

// as: sm-crypto comes without types
const smCrypto = createRequire(import.meta.url)("sm-crypto") as { sm3(input: string): string };

/** The same hashes from other programs: OpenSSL's SHA-256, and sm-crypto's SM3. */
export function secondHasher(algorithm: HashAlgorithm): Hasher {
  return {
    algorithm,
    hash(domain, message) {
      const text = `${domain}\n${message}`;
      return algorithm === "sm3" ? smCrypto.sm3(text) : hash("sha256", text);
    },
  };
}

/** OpenSSL's SHAKE-256. */
export function secondShake256(input: Uint8Array, length: number): Uint8Array {
  return new Uint8Array(createHash("shake256", { outputLength: length }).update(input).digest());
}
