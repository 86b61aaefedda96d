import { bytesToHex, compareBytes, to0x, type Hex } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { proofError } from "./fault.ts";
import { hashWithExtra, plainHash, type BlockHeader } from "./header.ts";
import { recoverSealer, type SignatureTools } from "./signature.ts";
import { majorityOf, type Vote } from "./vote.ts";

export interface Endorsement extends SignatureTools {
  readonly header: BlockHeader;
  /** the headers on top of it, each the child of the one before */
  readonly following: readonly BlockHeader[];
  /** the set that signs these blocks: lower case, ascending */
  readonly signers: readonly Hex[];
}

const VANITY = 32;
const SEAL = 65;
const ADDRESS = 20;

/** What the signer of a block signs: the header without the last 65 bytes of extraData. Throws HEADER_NOT_CLIQUE. */
export function cliqueSealHash(header: BlockHeader, keccak: Keccak): Uint8Array {
  listedSigners(header);
  return hashWithExtra(header, header.extraData.subarray(0, -SEAL), keccak);
}

/** The signature of a header that has one: r ‖ s ‖ v. */
export function cliqueSeal({ extraData }: BlockHeader): Uint8Array {
  return extraData.subarray(-SEAL);
}

/** Who signed the block. Coinbase and nonce are a vote and say nothing of it. Throws HEADER_NOT_CLIQUE, SEAL_MALFORMED. */
export function cliqueSigner(header: BlockHeader, tools: SignatureTools): Hex {
  const hash = cliqueSealHash(header, tools.keccak);
  const signer = recoverSealer(hash, cliqueSeal(header), tools);
  if (signer === undefined) throw proofError("SEAL_MALFORMED", "a seal is no signature");
  return signer;
}

/** The signers that a checkpoint lists, in its order; none in other headers. Throws HEADER_NOT_CLIQUE. */
export function listedSigners({ extraData }: BlockHeader): Hex[] {
  const listed = extraData.subarray(VANITY, Math.max(VANITY, extraData.length - SEAL));
  if (extraData.length < VANITY + SEAL || listed.length % ADDRESS !== 0) {
    throw proofError("HEADER_NOT_CLIQUE", `${extraData.length} bytes of extraData are not those of a Clique header`);
  }
  return Array.from({ length: listed.length / ADDRESS }, (_, index) =>
    to0x(listed.subarray(index * ADDRESS, (index + 1) * ADDRESS)),
  );
}

/** The vote that a header carries: on coinbase, with all ones in the nonce to add it, zeros to drop it. null: no vote. Throws HEADER_NOT_CLIQUE. */
export function cliqueVote({ coinbase, nonce }: BlockHeader): Vote | null {
  const word = bytesToHex(nonce);
  if (word === "f".repeat(16)) return { subject: coinbase, direction: "add" };
  if (word !== "0".repeat(16)) throw proofError("HEADER_NOT_CLIQUE", "the nonce is no vote");
  return /^0x0+$/.test(coinbase) ? null : { subject: coinbase, direction: "drop" };
}

/**
 * Proves that a majority of signers built on the header: `signers` are distinct, that of the header first. It may still fall out of the chain: an
 * honest signer may have signed another branch. Throws the codes of headers, seals and Clique's chain.
 */
export function checkCliqueEndorsement(endorsement: Endorsement): { readonly signers: readonly Hex[] } {
  const { header, following, signers } = endorsement;
  const signed = checkCliqueChain([header, ...following], () => signers, endorsement);
  const distinct = [...new Set(signed)];
  const majority = majorityOf(signers.length);
  if (distinct.length < majority) {
    const params = { signers: distinct.length, majority, of: signers.length };
    throw proofError("ENDORSED_TOO_LITTLE", `${distinct.length} signers endorse it, and ${majority} have to`, params);
  }
  return { signers: distinct };
}

/** Who signed each of `headers`: an unbroken chain, signed by the rules of Clique by the set that `signersAt` gives for each block. */
export function checkCliqueChain(
  headers: readonly BlockHeader[],
  signersAt: (number: number) => readonly Hex[],
  tools: SignatureTools,
): Hex[] {
  const signed: Hex[] = [];
  let parent: BlockHeader | undefined;
  for (const header of headers) {
    if (parent && !isChild(header, parent, tools.keccak)) {
      throw proofError("CHAIN_BROKEN", `header ${header.number} is not the child of the one before it`);
    }
    signed.push(checkSigner(header, signersAt(header.number), signed, tools));
    parent = header;
  }
  return signed;
}

function isChild(header: BlockHeader, parent: BlockHeader, keccak: Keccak): boolean {
  return header.number === parent.number + 1 && compareBytes(header.parentHash, plainHash(parent, keccak)) === 0;
}

function checkSigner(header: BlockHeader, signers: readonly Hex[], before: readonly Hex[], tools: SignatureTools): Hex {
  const signer = cliqueSigner(header, tools);
  checkTurn({ number: header.number, difficulty: header.difficulty, signer }, signers, before);
  const listed = listedSigners(header);
  if (listed.length > 0 && listed.join() !== signers.join()) {
    throw proofError("VALIDATORS_DIFFER", `checkpoint ${header.number} lists other signers`);
  }
  return signer;
}

/** A header as the rule of turns looks at it. */
export interface CliqueTurn {
  readonly number: number;
  readonly difficulty: bigint;
  readonly signer: Hex;
}

/**
 * Whether the signer might sign this block. It may sign one of floor(N/2) + 1 blocks in a row, and the difficulty says whether it was its turn: the block's
 * number modulo N is its place in the set. So a chain that is read under a wrong set is soon found out. `signers` ascending; `before`: who signed the
 * blocks below it, oldest first. Throws SEAL_OF_STRANGER, SIGNED_TOO_RECENTLY, HEADER_NOT_CLIQUE, TURN_DIFFERS.
 */
export function checkTurn(
  { number, difficulty, signer }: CliqueTurn,
  signers: readonly Hex[],
  before: readonly Hex[],
): void {
  const place = signers.indexOf(signer);
  if (place === -1) throw proofError("SEAL_OF_STRANGER", `${signer} signed, and is no signer`, { signer });
  const recent = majorityOf(signers.length) - 1;
  if (recent > 0 && before.slice(-recent).includes(signer)) {
    throw proofError("SIGNED_TOO_RECENTLY", `${signer} signed again too soon`, { signer });
  }
  if (difficulty !== 1n && difficulty !== 2n) {
    throw proofError("HEADER_NOT_CLIQUE", "the difficulty is not that of a Clique header");
  }
  if ((difficulty === 2n) !== (number % signers.length === place)) {
    throw proofError("TURN_DIFFERS", `the difficulty of header ${number} says otherwise whose turn it was`);
  }
}
