import { hashWith, hexOf, plainHash, type Header } from "./header.ts";
import { signerOf } from "./signature.ts";
import { isOneEpoch, isSpent, majorityOf, setAt, type ValidatorSet, type Vote } from "./validators.ts";

const sealLength = 65;
const vanityLength = 32;

/** What the seal of a header is over. */
export function cliqueSealHash(header: Header): Buffer {
  return hashWith(header, header.extraData.subarray(0, -sealLength));
}

/** The addresses that a header lists, in its order. Throws where its extra data is not Clique's. */
export function cliqueListed({ extraData }: Header): string[] {
  const listed = extraData.subarray(vanityLength, -sealLength).toString("hex");
  if (extraData.length < vanityLength + sealLength || listed.length % 40 !== 0) throw new Error("no header of Clique");
  return (listed.match(/.{40}/g) ?? []).map((address) => `0x${address}`);
}

/** What is wrong with a chain of headers, first come; `set`: what another set of signers would explain. */
export type CliqueFault = "unknown" | "set" | "other";

/** Who signed each header, or the first fault that there is. */
export function cliqueSigners(
  headers: readonly Header[],
  sets: readonly ValidatorSet[],
): { signers: string[] } | { fault: CliqueFault } {
  const signers: string[] = [];
  for (const [i, header] of headers.entries()) {
    const parent = headers[i - 1];
    const fault = parent !== undefined && !isChild(header, parent) ? "other" : signerFault(header, sets, signers);
    if (fault !== undefined) return { fault };
  }
  return { signers };
}

function isChild(header: Header, parent: Header): boolean {
  return header.number === parent.number + 1 && header.parentHash.equals(plainHash(parent));
}

function signerFault(header: Header, sets: readonly ValidatorSet[], before: string[]): CliqueFault | undefined {
  const set = setAt(sets, header.number);
  const listed = cliqueListed(header);
  const signer = signerOf(cliqueSealHash(header), header.extraData.subarray(-sealLength));
  if (signer === undefined) return "other";
  if (!set.includes(signer)) return "unknown";
  const pause = majorityOf(set.length) - 1;
  if (pause > 0 && before.slice(-pause).includes(signer)) return "set";
  if (header.difficulty !== 1n && header.difficulty !== 2n) return "other";
  if ((header.difficulty === 2n) !== (set[header.number % set.length] === signer)) return "set";
  if (listed.length > 0 && listed.join() !== set.join()) return "set";
  before.push(signer);
  return undefined;
}

function voteIn({ coinbase, nonce }: Header): Vote | null {
  const word = nonce.toString("hex");
  if (word === "f".repeat(16)) return { subject: hexOf(coinbase), isAdded: true };
  if (word !== "0".repeat(16)) throw new Error("no header of Clique");
  return coinbase.every((byte) => byte === 0) ? null : { subject: hexOf(coinbase), isAdded: false };
}

/** The vote that passed in the last of the headers. Throws where none did. */
export function cliqueVotePassed(
  headers: readonly Header[],
  next: string | null,
  sets: readonly ValidatorSet[],
  epoch: number,
): Vote {
  const found = cliqueSigners(headers, sets);
  const [first, last] = [headers[0], headers.at(-1)];
  const vote = last === undefined ? null : voteIn(last);
  if (!("signers" in found) || first === undefined || last === undefined || vote === null || next !== null)
    throw new Error("no vote");
  if (
    !isOneEpoch(
      headers.map(({ number }) => number),
      epoch,
    )
  )
    throw new Error("votes of several epochs");
  const isWhole = first.number % epoch === 1 % epoch;
  const voters = new Set<string>();
  const opponents = new Set<string>();
  for (const [i, header] of headers.entries()) {
    const own = voteIn(header);
    const signer = found.signers[i] ?? "";
    const size = setAt(sets, header.number).length;
    if (own?.subject !== vote.subject) continue;
    voters.delete(signer);
    if (own.isAdded !== vote.isAdded) opponents.add(signer);
    else if (!isSpent(sets, header.number, signer, vote)) voters.add(signer);
    if (!isWhole && opponents.size >= majorityOf(vote.isAdded ? size + 1 : size - 1)) throw new Error("perhaps undone");
    if (voters.size >= majorityOf(size) !== (header === last)) throw new Error("not decided by the last header");
  }
  return vote;
}
