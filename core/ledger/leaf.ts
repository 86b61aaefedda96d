import { hexToBytes, utf8 } from "../bytes.ts";
import { HufuError } from "../error.ts";
import type { Keccak } from "./keccak.ts";

const AGENCY = 18;
const DIGEST = 32;
const LEAF_INPUT = AGENCY + 1 + DIGEST;

/**
 * The leaf of a record: keccak256(agency ‖ kind ‖ digest), 18 + 1 + 32 = 51 bytes packed, which no inner node (64 bytes) can
 * pretend to be. `digest` is 32 bytes, or 64 hex digits.
 */
export function leafOf(agency: string, kind: number, digest: Uint8Array | string, keccak: Keccak): Uint8Array {
  const bytes = typeof digest === "string" ? hexToBytes(digest) : digest;
  if (bytes.length !== DIGEST) throw new HufuError("INVARIANT", `a digest has 32 bytes, this one ${bytes.length}`);
  return leavesOf(agency, kind, bytes, keccak);
}

/** The leaves of many records of one agency and kind, in their order: 32 bytes of digest in, 32 bytes of leaf out. */
export function leavesOf(agency: string, kind: number, digests: Uint8Array, keccak: Keccak): Uint8Array {
  const input = leafInput(agency, kind);
  const leaves = new Uint8Array(digests.length);
  for (let offset = 0; offset < digests.length; offset += DIGEST) {
    for (let i = 0; i < DIGEST; i++) input[AGENCY + 1 + i] = digests[offset + i] ?? 0;
    leaves.set(keccak.hash(input), offset);
  }
  return leaves;
}

/** The code of an agency as the chain has it, `bytes18`. Throws INVARIANT unless it is 18 characters of 0-9 and A-Z. */
export function agencyBytes(agency: string): Uint8Array {
  if (!isAgencyCode(agency)) throw new HufuError("INVARIANT", "an agency is 18 characters of 0-9 and A-Z");
  return utf8(agency);
}

/** Whether the chain takes this as an agency's code. It checks the alphabet, not the check character. */
export function isAgencyCode(agency: string): boolean {
  return /^[0-9A-Z]{18}$/.test(agency);
}

function leafInput(agency: string, kind: number): Uint8Array {
  if (!Number.isInteger(kind) || kind < 0 || kind > 255) throw new HufuError("INVARIANT", `kind ${kind} is no byte`);
  const input = new Uint8Array(LEAF_INPUT);
  input.set(agencyBytes(agency));
  input[AGENCY] = kind;
  return input;
}
