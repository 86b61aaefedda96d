import { compareBytes } from "../bytes.ts";
import { HufuError } from "../error.ts";
import type { Keccak } from "./keccak.ts";
import { leavesOf } from "./leaf.ts";

const WORD = 32;

/**
 * The tree over n leaves is the queue: take the two oldest nodes out, put their parent in, until one is left. `nodes` holds all
 * 2n - 1 of them in the order in which they entered the queue, 32 bytes each: the leaves first, the root last.
 */
export interface Tree {
  readonly root: Uint8Array;
  readonly nodes: Uint8Array;
  /** The siblings of the leaf at `index`, from leaf to root: at most ceil(log2(n)) of them. */
  proof(index: number): Uint8Array[];
}

/** A batch as the contract wants it: digests and leaves in ascending order of the leaves, 32 bytes each. */
export interface OrderedBatch {
  readonly digests: Uint8Array;
  readonly leaves: Uint8Array;
  readonly root: Uint8Array;
}

/** Builds the tree over `leaves`, 32 bytes each, in their given order. Throws INVARIANT unless there is at least one whole leaf. */
export function buildTree(leaves: Uint8Array, keccak: Keccak): Tree {
  const count = leafCount(leaves);
  const nodes = new Uint8Array((2 * count - 1) * WORD);
  nodes.set(leaves);
  fold(nodes, count, keccak);
  return { root: nodes.slice(-WORD), nodes, proof: (index) => proofOf(nodes, count, index) };
}

/** The root over `leaves`, as {@link buildTree} has it. */
export function merkleRoot(leaves: Uint8Array, keccak: Keccak): Uint8Array {
  return buildTree(leaves, keccak).root;
}

/** The root that `path`, siblings from leaf to root, leads to from `leaf`. Whether it is the right root is the caller's to see. */
export function verifyPath(leaf: Uint8Array, path: readonly Uint8Array[], keccak: Keccak): Uint8Array {
  const pair = new Uint8Array(2 * WORD);
  return path.reduce((node, sibling) => parentOf(pair, node, sibling, keccak), leaf);
}

/**
 * Orders the digests of one batch (32 bytes each) by their leaves. Throws INVARIANT where a digest stands twice or there is
 * none: a batch is a set.
 */
export function orderBatch(agency: string, kind: number, digests: Uint8Array, keccak: Keccak): OrderedBatch {
  const count = leafCount(digests);
  const unordered = leavesOf(agency, kind, digests, keccak);
  const at = (index: number): Uint8Array => unordered.subarray(index * WORD, (index + 1) * WORD);
  const order = Array.from({ length: count }, (_, index) => index).sort((a, b) => compareBytes(at(a), at(b)));
  const ordered = { digests: new Uint8Array(digests.length), leaves: new Uint8Array(digests.length) };
  order.forEach((from, to) => {
    ordered.digests.set(digests.subarray(from * WORD, (from + 1) * WORD), to * WORD);
    ordered.leaves.set(at(from), to * WORD);
  });
  if (firstNotAscending(ordered.leaves) !== undefined) {
    throw new HufuError("INVARIANT", "a batch holds the same record twice");
  }
  return { ...ordered, root: merkleRoot(ordered.leaves, keccak) };
}

/** The index of the first leaf that is not greater than the one before it; undefined where all ascend. */
export function firstNotAscending(leaves: Uint8Array): number | undefined {
  for (let offset = WORD; offset < leaves.length; offset += WORD) {
    if (compareWords(leaves, offset - WORD, leaves, offset) >= 0) return offset / WORD;
  }
  return undefined;
}

function fold(nodes: Uint8Array, count: number, keccak: Keccak): void {
  const pair = new Uint8Array(2 * WORD);
  for (let parent = count, child = 0; parent < 2 * count - 1; parent++, child += 2) {
    const left = child * WORD;
    const right = left + WORD;
    if (compareWords(nodes, left, nodes, right) <= 0) {
      copyPair(pair, nodes, left, right);
    } else {
      copyPair(pair, nodes, right, left);
    }
    nodes.set(keccak.hash(pair), parent * WORD);
  }
}

function copyPair(pair: Uint8Array, nodes: Uint8Array, first: number, second: number): void {
  for (let i = 0; i < WORD; i++) {
    pair[i] = nodes[first + i] ?? 0;
    pair[WORD + i] = nodes[second + i] ?? 0;
  }
}

function parentOf(pair: Uint8Array, a: Uint8Array, b: Uint8Array, keccak: Keccak): Uint8Array {
  const ascending = compareBytes(a, b) <= 0;
  pair.set(ascending ? a : b);
  pair.set(ascending ? b : a, WORD);
  return keccak.hash(pair);
}

function proofOf(nodes: Uint8Array, count: number, index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new HufuError("INVARIANT", `leaf ${index} of a tree over ${count} leaves`);
  }
  const path: Uint8Array[] = [];
  for (let node = index; node < 2 * count - 2; node = count + (node >> 1)) {
    const sibling = (node ^ 1) * WORD;
    path.push(nodes.slice(sibling, sibling + WORD));
  }
  return path;
}

function compareWords(a: Uint8Array, atA: number, b: Uint8Array, atB: number): number {
  for (let i = 0; i < WORD; i++) {
    const difference = (a[atA + i] ?? 0) - (b[atB + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function leafCount(words: Uint8Array): number {
  if (words.length === 0 || words.length % WORD !== 0) {
    throw new HufuError("INVARIANT", `${words.length} bytes are no list of 32-byte words`);
  }
  return words.length / WORD;
}
