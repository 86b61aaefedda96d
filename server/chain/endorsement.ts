import { to0x, type Hex } from "../../core/bytes.ts";
import { cliqueSigner } from "../../core/proofs/clique.ts";
import { parseHeader } from "../../core/proofs/header.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import type { Block } from "./block.ts";
import { readHeaders } from "./header.ts";
import { chainMoved } from "./quantity.ts";
import type { Rpc } from "./rpc.ts";

/** Which of a Clique chain's signers stand behind its newest blocks: whoever signs a block stands behind all below it. */
export interface Endorsement {
  /** how many signers there are */
  readonly of: number;
  /** the newest block of each signer that signed lately, descending */
  readonly newest: readonly number[];
}

/** How many distinct signers stand behind a block, its own among them. */
export function endorsersOf({ newest }: Endorsement, block: number): number {
  return newest.filter((number) => number >= block).length;
}

/** The newest block that so many distinct signers stand behind; -1: none. */
export function newestEndorsed({ newest }: Endorsement, signers: number): number {
  return newest[signers - 1] ?? -1;
}

export interface EndorsementDeps extends SignatureTools {
  readonly rpc: Rpc;
  /** null: not known yet */
  readonly signers: () => readonly Hex[] | null;
}

/** Blocks that are looked at for each signer: one that signed none of them is down. */
const BLOCKS_FOR_EACH = 3;

interface SignedBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly signer: Hex;
}

/**
 * Answers who stands behind the newest blocks as of a head; null while the signers are not known. Each header is read once, and its signer
 * recovered once. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER, NODE_MOVED.
 */
export function createEndorsements(deps: EndorsementDeps): (head: Block) => Promise<Endorsement | null> {
  const { rpc, keccak } = deps;
  /** without gaps, ascending */
  let blocks: readonly SignedBlock[] = [];

  /** The blocks from `from` on; null where they do not stand on `before`. */
  async function read(from: number, head: Block, before: Hex | null): Promise<SignedBlock[] | null> {
    const numbers = Array.from({ length: head.number - from + 1 }, (_, index) => from + index);
    const signed: SignedBlock[] = [];
    let parent = before;
    for (const { number, hash, raw } of await readHeaders(rpc, numbers, keccak)) {
      const header = parseHeader(raw);
      if (parent !== null && to0x(header.parentHash) !== parent) return null;
      signed.push({ number, hash, signer: cliqueSigner(header, deps) });
      parent = hash;
    }
    return parent === head.hash ? signed : null;
  }

  async function extend(head: Block, lowest: number): Promise<readonly SignedBlock[]> {
    const last = blocks.at(-1);
    if (last?.hash === head.hash) return blocks;
    const isAhead = last !== undefined && last.number >= lowest && last.number < head.number;
    const newer = isAhead ? await read(last.number + 1, head, last.hash) : null;
    if (newer !== null) return [...blocks, ...newer];
    const all = await read(lowest, head, null);
    if (all === null) throw chainMoved();
    return all;
  }

  return async (head) => {
    const signers = deps.signers();
    if (signers === null) return null;
    // The genesis block is signed by nobody.
    const lowest = Math.max(1, head.number - BLOCKS_FOR_EACH * signers.length + 1);
    blocks = head.number === 0 ? [] : (await extend(head, lowest)).filter(({ number }) => number >= lowest);
    const newest = new Map(blocks.map(({ signer, number }) => [signer, number]));
    const known = [...newest].filter(([signer]) => signers.includes(signer)).map(([, number]) => number);
    return { of: signers.length, newest: known.sort((a, b) => b - a) };
  };
}
