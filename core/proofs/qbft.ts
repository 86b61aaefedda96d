import { to0x, type Hex } from "../bytes.ts";
import { proofError } from "./fault.ts";
import type { BlockHeader } from "./header.ts";
import { parseQbftExtra, qbftSealHash, type QbftExtra } from "./qbft-extra.ts";
import { recoverSealer, type SignatureTools } from "./signature.ts";

export interface QbftRules extends SignatureTools {
  /** the set that has to seal the header: lower case, ascending, from the trust bundle and never from the header */
  readonly validators: readonly Hex[];
}

/** The keccak of "Istanbul practical byzantine fault tolerance", which both clients write. */
const MIX_HASH = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365";
/** Besu's longest wait for a round doubles with each: nobody sees the tenth. */
const HIGHEST_ROUND = 9;

/** How many of `count` validators seal a block: two thirds, rounded up. */
export function quorumOf(count: number): number {
  return Math.ceil((2 * count) / 3);
}

/**
 * Proves that a quorum of distinct validators sealed the header. Whatever a seal does not cover is refused where it is odd: a stranger's seal, a
 * second seal of the same validator. Throws the codes of headers, extraData and seals.
 */
export function checkQbftSeals(header: BlockHeader, rules: QbftRules): { readonly signers: readonly Hex[] } {
  const { validators } = rules;
  if (header.difficulty !== 1n || to0x(header.mixHash) !== MIX_HASH) {
    throw proofError("HEADER_NOT_QBFT", "difficulty and mixHash are not those of a QBFT header");
  }
  const extra = parseQbftExtra(header.extraData);
  checkMembers(header, extra, validators);
  const hash = qbftSealHash(header, rules.keccak);
  const signers = new Set<Hex>();
  for (const seal of extra.seals) {
    const signer = recoverSealer(hash, seal, rules);
    if (signer === undefined) throw proofError("SEAL_MALFORMED", "a seal is no signature");
    if (!validators.includes(signer)) throw strangerError(header, extra.round, seal, rules);
    if (signers.has(signer)) throw proofError("SEAL_TWICE", `${signer} sealed twice`, { signer });
    signers.add(signer);
  }
  const quorum = quorumOf(validators.length);
  if (signers.size < quorum) {
    const params = { signers: signers.size, quorum, of: validators.length };
    throw proofError("SEALS_TOO_FEW", `${signers.size} validators sealed, and ${quorum} have to`, params);
  }
  return { signers: [...signers] };
}

function checkMembers(header: BlockHeader, { validators: listed }: QbftExtra, validators: readonly Hex[]): void {
  if (listed.toSorted().join() !== validators.join()) {
    throw proofError("VALIDATORS_DIFFER", "the header lists other validators than those that have to seal it");
  }
  if (listed.join() !== validators.join()) {
    throw proofError("VALIDATORS_UNSORTED", "the header's validators do not ascend");
  }
  if (!validators.includes(header.coinbase)) {
    throw proofError("PROPOSER_UNKNOWN", `the proposer ${header.coinbase} is no validator`, {
      proposer: header.coinbase,
    });
  }
}

/** A seal of another round than the written one recovers to a stranger too: the two are told apart for whoever has to find the fault. */
function strangerError(header: BlockHeader, written: number, seal: Uint8Array, rules: QbftRules): Error {
  for (let round = 0; round <= HIGHEST_ROUND; round++) {
    const signer = recoverSealer(qbftSealHash(header, rules.keccak, round), seal, rules);
    if (signer !== undefined && rules.validators.includes(signer)) {
      return proofError("WRONG_ROUND", `the seals are of round ${round}, not of ${written}`, { written, round });
    }
  }
  return proofError("SEAL_OF_STRANGER", "a seal is of nobody among the validators, or of another header");
}
