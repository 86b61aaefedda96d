import { hashWith, hexOf, plainHash, type Header } from "./header.ts";
import { signerOf } from "./signature.ts";

const sealLength = 65;
const vanityLength = 32;

/** Who signed the header; undefined where nobody did. */
export function cliqueSigner(header: Header): string | undefined {
  const { extraData } = header;
  if (extraData.length < vanityLength + sealLength) return undefined;
  const end = extraData.length - sealLength;
  return signerOf(hashWith(header, extraData.subarray(0, end)), extraData.subarray(end));
}

/** The addresses that the genesis header lists, ascending. */
export function cliqueGenesisSet({ extraData }: Header): string[] {
  const listed = extraData.subarray(vanityLength, extraData.length - sealLength).toString("hex");
  if (extraData.length < vanityLength + sealLength || listed.length % 40 !== 0) throw new Error("no list of signers");
  return (listed.match(/.{40}/g) ?? []).map((address) => `0x${address}`).sort();
}

export function isChained(headers: readonly Header[]): boolean {
  return headers.every((header, i) => {
    const parent = headers[i - 1];
    if (parent === undefined) return true;
    return header.number === parent.number + 1 && header.parentHash.equals(plainHash(parent));
  });
}

/** Whether nobody signs twice within ⌊N/2⌋ + 1 of these headers in a row. */
export function areTakingTurns(signers: readonly (string | undefined)[], size: number): boolean {
  const apart = majority(size);
  return signers.every((signer, i) => !signers.slice(Math.max(0, i - apart + 1), i).includes(signer));
}

export function majority(size: number): number {
  return Math.floor(size / 2) + 1;
}

/** The vote in a header for or against another signer. */
export function cliqueVote({ coinbase, nonce }: Header): { subject: string; isAdded: boolean } | null {
  if (coinbase.every((byte) => byte === 0)) return null;
  const word = nonce.toString("hex");
  if (word !== "f".repeat(16) && word !== "0".repeat(16)) throw new Error("not a vote");
  return { subject: hexOf(coinbase), isAdded: word.startsWith("f") };
}
