import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8 } from "../bytes.ts";
import { canonicalJson } from "../json/canonical.ts";
import { toJsonValue, type JsonObject } from "../json/parse.ts";
import { isObject } from "../json/shape.ts";
import { chinese, english } from "./words.ts";

/** What two people read to each other to find out whether they hold the same bundle. */
export interface Fingerprint {
  /** hex: SHA-256 over the RFC 8785 form of the bundle without its `fingerprint` */
  readonly sha256: string;
  readonly words: FingerprintWords;
}

/** The first 16 bytes of the hash, a word each. */
export interface FingerprintWords {
  /** sixteen words with spaces between them */
  readonly en: string;
  /** sixteen characters in groups of four */
  readonly "zh-CN": string;
}

/** The fingerprint of a bundle; one that it already has does not count. Throws MALFORMED_JSON for what is no JSON. */
export function fingerprintOf(bundle: object): Fingerprint {
  const json = toJsonValue(bundle);
  const hash = bytesToHex(sha256(utf8(canonicalJson(isObject(json) ? withoutFingerprint(json) : json))));
  return { sha256: hash, words: wordsOf(hash) };
}

/** The words of a hash of 64 hexadecimal digits. */
export function wordsOf(hash: string): FingerprintWords {
  const bytes = [...hexToBytes(hash).subarray(0, 16)];
  const characters = bytes.map((byte) => chinese[byte] ?? "").join("");
  return {
    en: bytes.map((byte) => english[byte] ?? "").join(" "),
    "zh-CN": characters.replace(/.{4}(?=.)/g, "$& "),
  };
}

function withoutFingerprint(json: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== "fingerprint"));
}
