import { keccak256 } from "./hash.ts";

/** `digest`: 64 hexadecimal digits; `kind`: the id in the kind's schema. */
export function leafOf(agency: string, kind: number, digest: string): string {
  return hex(keccak256(Buffer.concat([Buffer.from(agency, "ascii"), Buffer.of(kind), Buffer.from(digest, "hex")])));
}

export interface Batch {
  readonly digests: readonly string[];
  readonly leaves: readonly string[];
  readonly root: string;
  readonly paths: readonly (readonly string[])[];
}

/** Orders the digests of a batch and builds its tree, with the path of every leaf. */
export function batchOf(agency: string, kind: number, digests: readonly string[]): Batch {
  const pairs = digests.map((digest) => ({ digest, leaf: leafOf(agency, kind, digest) }));
  pairs.sort((a, b) => (BigInt(a.leaf) < BigInt(b.leaf) ? -1 : 1));
  const leaves = pairs.map(({ leaf }) => leaf);
  return { digests: pairs.map(({ digest }) => digest), leaves, root: rootOf(leaves), paths: pathsOf(leaves) };
}

export function parent(a: string, b: string): string {
  const [low, high] = BigInt(a) < BigInt(b) ? [a, b] : [b, a];
  return hex(keccak256(Buffer.from(low.slice(2) + high.slice(2), "hex")));
}

/** The queue: take the two oldest out, put their parent in, until one is left. */
export function rootOf(leaves: readonly string[]): string {
  const queue = [...leaves];
  for (;;) {
    const [first, second] = [queue.shift(), queue.shift()];
    if (first === undefined) throw new Error("a batch of nothing");
    if (second === undefined) return first;
    queue.push(parent(first, second));
  }
}

/** By the numbers of the nodes in the order in which they enter the queue. */
function pathsOf(leaves: readonly string[]): string[][] {
  const n = leaves.length;
  const nodes = [...leaves];
  for (let j = 0; n + j <= 2 * n - 2; j++) nodes.push(parent(nodes[2 * j] ?? "", nodes[2 * j + 1] ?? ""));
  return leaves.map((_, i) => {
    const path: string[] = [];
    for (let node = i; node !== 2 * n - 2; node = n + Math.floor(node / 2)) path.push(nodes[node ^ 1] ?? "");
    return path;
  });
}

export function rootFrom(leaf: string, path: readonly string[]): string {
  return path.reduce(parent, leaf);
}

function hex(bytes: Buffer): string {
  return `0x${bytes.toString("hex")}`;
}
