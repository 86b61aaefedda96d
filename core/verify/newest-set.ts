import { proofFaultOf } from "../proofs/fault.ts";
import type { BlockHeader } from "../proofs/header.ts";
import { parseQbftExtra } from "../proofs/qbft-extra.ts";
import type { CheckCode } from "./checks.ts";
import type { Trusted } from "./trusted.ts";

/** What a header is blamed for that another set of signers would explain. */
const setFaults: readonly CheckCode[] = [
  "TURN_DIFFERS",
  "SIGNED_TOO_RECENTLY",
  "ENDORSED_TOO_LITTLE",
  "VALIDATORS_DIFFER",
];

/**
 * Headers count only under the newest set: a quorum of retired keys could forge older ones at any time. A set that the bundle does not
 * know may be newer than the bundle.
 */
export function hindranceOf(header: BlockHeader, { bundle, state }: Trusted): CheckCode | undefined {
  if (header.number < state.since) return "FORMER_VALIDATORS";
  if (bundle.consensus.type !== "qbft") return undefined;
  const listed = listOf(header);
  if (listed === undefined || listed === listText(state.validators)) return undefined;
  // A set may come back: of a block that is newer than the bundle nobody can say that it is a former one.
  const isKnown = header.number <= bundle.publishedAt.blockNumber;
  const isFormer = isKnown && state.sets.some(({ validators }) => listText(validators) === listed);
  return isFormer ? "FORMER_VALIDATORS" : "BUNDLE_TOO_OLD";
}

/**
 * Clique's headers do not list who may sign. A signer that is not known may be newer than the bundle; and of a block that is newer than it, a
 * set that has changed since explains whatever breaks the rules of the set that is known.
 */
export function newerSigners(code: CheckCode, { number }: BlockHeader, { bundle }: Trusted): CheckCode | undefined {
  if (code === "SEAL_OF_STRANGER") return "SIGNER_UNKNOWN";
  const isOfSet = setFaults.some((fault) => fault === code);
  return isOfSet && number > bundle.publishedAt.blockNumber ? "BUNDLE_TOO_OLD" : undefined;
}

/** undefined where the extra data is not QBFT's: the seals' own check says so. */
function listOf(header: BlockHeader): string | undefined {
  try {
    return listText(parseQbftExtra(header.extraData).validators);
  } catch (error) {
    proofFaultOf(error);
    return undefined;
  }
}

const listText = (validators: readonly string[]): string => validators.join(" ");
