import { bytesToHex, hexToBytes } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { encodeRlp, type RlpItem } from "../../core/proofs/rlp.ts";

/** A Merkle Patricia trie with secure keys, and the proofs that were asked for. */
export interface StateTrie {
  readonly root: Uint8Array;
  /** of each wanted key, in their order: the nodes from the root down, as eth_getProof gives them */
  readonly proofs: readonly (readonly Uint8Array[])[];
}

/** A key before it is hashed, and the RLP that the trie holds under it. */
export type Entry = readonly [key: Uint8Array, value: Uint8Array];

interface Leaf {
  /** 64 nibbles */
  readonly path: string;
  readonly value: Uint8Array;
}

interface Wanted {
  readonly path: string;
  /** from the bottom up */
  readonly nodes: Uint8Array[];
}

/**
 * Builds a whole trie at once, from its sorted keys, and keeps no node but those of the wanted proofs: a million entries take some seconds. A
 * wanted key may be absent.
 */
export function buildTrie(entries: readonly Entry[], wanted: readonly Uint8Array[], keccak: Keccak): StateTrie {
  const pathOf = (key: Uint8Array): string => bytesToHex(keccak.hash(key));
  const leaves = entries.map(([key, value]): Leaf => ({ path: pathOf(key), value }));
  leaves.sort((a, b) => (a.path < b.path ? -1 : 1));
  const asked = wanted.map((key): Wanted => ({ path: pathOf(key), nodes: [] }));
  const builder = { leaves, keccak };
  if (leaves.length === 0) return { root: keccak.hash(encodeRlp(new Uint8Array())), proofs: asked.map(() => []) };
  const root = encodeRlp(nodeOf(builder, { from: 0, to: leaves.length, depth: 0 }, asked));
  for (const { nodes } of asked) nodes.push(root);
  return { root: keccak.hash(root), proofs: asked.map(({ nodes }) => nodes.toReversed()) };
}

interface Builder {
  readonly leaves: readonly Leaf[];
  readonly keccak: Keccak;
}

/** The leaves from `from` up to `to`, which share their first `depth` nibbles. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

function nodeOf(builder: Builder, { from, to, depth }: Range, wanted: readonly Wanted[]): RlpItem {
  const [first, last] = [leafAt(builder.leaves, from), leafAt(builder.leaves, to - 1)];
  if (to - from === 1) return [compact(first.path.slice(depth), true), first.value];
  let shared = depth;
  while (first.path[shared] === last.path[shared]) shared++;
  if (shared > depth) {
    const path = first.path.slice(depth, shared);
    const inside = wanted.filter((key) => key.path.startsWith(path, depth));
    return [compact(path, false), referenceTo(builder, { from, to, depth: shared }, inside)];
  }
  return [...childrenOf(builder, { from, to, depth }, wanted), new Uint8Array()];
}

function childrenOf(builder: Builder, { from, to, depth }: Range, wanted: readonly Wanted[]): RlpItem[] {
  let start = from;
  return Array.from("0123456789abcdef", (nibble): RlpItem => {
    const end = endOf(builder.leaves, { from: start, to, depth }, nibble);
    const inside = wanted.filter(({ path }) => path[depth] === nibble);
    const child = { from: start, to: end, depth: depth + 1 };
    start = end;
    return child.from === end ? new Uint8Array() : referenceTo(builder, child, inside);
  });
}

/** Where the leaves end whose nibble at `depth` is `nibble` or less. */
function endOf(leaves: readonly Leaf[], { from, to, depth }: Range, nibble: string): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (leafAt(leaves, middle).path.charAt(depth) <= nibble) low = middle + 1;
    else high = middle;
  }
  return low;
}

function leafAt(leaves: readonly Leaf[], index: number): Leaf {
  const leaf = leaves[index];
  if (leaf === undefined) throw new RangeError(`there is no leaf ${index}`);
  return leaf;
}

/** A child's hash, or the child itself where it is shorter than one: then it stands in no proof by itself. */
function referenceTo(builder: Builder, range: Range, wanted: readonly Wanted[]): RlpItem {
  const node = nodeOf(builder, range, wanted);
  const raw = encodeRlp(node);
  if (raw.length < 32) return node;
  for (const { nodes } of wanted) nodes.push(raw);
  return builder.keccak.hash(raw);
}

function compact(path: string, isLeaf: boolean): Uint8Array {
  const isOdd = path.length % 2 === 1;
  const flag = (isLeaf ? 2 : 0) + (isOdd ? 1 : 0);
  return hexToBytes(`${flag}${isOdd ? "" : "0"}${path}`);
}
