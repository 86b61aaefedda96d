import { bytesToHex } from "../bytes.ts";
import { HufuError } from "../error.ts";
import { isAgencyCode } from "./leaf.ts";

const WORD = 32;

/** Reads what the Solidity ABI encoder writes, and nothing else: canonical offsets, zero padding, no byte too many. */
export interface WordReader {
  /** An unsigned integer of at most 48 bits. */
  number(bits: number): number;
  /** An unsigned integer of at most 256 bits. */
  integer(bits: number): bigint;
  boolean(): boolean;
  /** `bytes18` of 0-9 and A-Z. */
  agency(): string;
  /** `bytes32`, as 64 hex digits. */
  hash(): string;
  /** `bytes` or `string`, whose content stands in the tail. */
  bytes(): Uint8Array;
  /** `bytes32[]`, 32 bytes an item. */
  hashes(): Uint8Array;
  /** To be called last: every byte must have been read. */
  end(): void;
}

/** Reads `data`, whose first `headWords` words are its head. */
export function createWordReader(data: Uint8Array, headWords: number): WordReader {
  let head = 0;
  let tail = headWords * WORD;
  if (data.length < tail) throw malformed(`${data.length} bytes, and at least ${tail} are wanted`);

  function word(): Uint8Array {
    head += WORD;
    return data.subarray(head - WORD, head);
  }
  function big(bits: number): bigint {
    const value = BigInt(`0x${bytesToHex(word())}`);
    if (value >> BigInt(bits) !== 0n) throw malformed(`an integer has more than ${bits} bits`);
    return value;
  }
  /** The content of a dynamic value: `unit` bytes an item, padded to whole words. It must stand where the tail has come to. */
  function content(unit: number): Uint8Array {
    if (big(48) !== BigInt(tail)) throw malformed("an offset does not point to the end of what precedes it");
    const begin = tail + WORD;
    if (begin > data.length) throw malformed("a length is missing");
    const length = Number(BigInt(`0x${bytesToHex(data.subarray(tail, begin))}`)) * unit;
    tail = begin + Math.ceil(length / WORD) * WORD;
    if (!(tail <= data.length)) throw malformed("a length reaches beyond the data");
    if (!isZero(data.subarray(begin + length, tail))) throw malformed("padding is not zero");
    return data.subarray(begin, begin + length);
  }
  return {
    number: (bits) => Number(big(bits)),
    integer: big,
    boolean: () => big(1) === 1n,
    agency: () => agencyOf(word()),
    hash: () => bytesToHex(word()),
    bytes: () => content(1),
    hashes: () => content(WORD),
    end: () => {
      if (tail !== data.length) throw malformed(`${data.length - tail} bytes too many`);
    },
  };
}

function agencyOf(word: Uint8Array): string {
  if (!isZero(word.subarray(18))) throw malformed("an agency is not padded with zeros");
  const code = String.fromCharCode(...word.subarray(0, 18));
  if (!isAgencyCode(code)) throw malformed("an agency is not 18 characters of 0-9 and A-Z");
  return code;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

export function malformed(what: string, cause?: unknown): HufuError {
  return new HufuError("MALFORMED_LOG", `The log is not what the contracts write: ${what}.`, { cause });
}
