/** Every hash of the contracts' interfaces, computed once more with ethers alone and in the plainest way. */
import {
  AbiCoder,
  type BytesLike,
  concat,
  keccak256,
  solidityPackedKeccak256,
  toUtf8Bytes,
  TypedDataEncoder,
} from "ethers";

const abi = AbiCoder.defaultAbiCoder();

/** The 18 bytes of a unified social credit code. */
export function codeBytes(uscc: string): string {
  return `0x${Buffer.from(uscc, "ascii").toString("hex")}`;
}

export function leafOf(agency: string, kind: number, digest: string): string {
  return solidityPackedKeccak256(["bytes18", "uint8", "bytes32"], [agency, kind, digest]);
}

function parentOf(a: string, b: string): string {
  return keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]));
}

export function rootOf(leaves: readonly string[]): string {
  const queue = [...leaves];
  while (queue.length > 1) queue.push(parentOf(queue.shift() ?? "", queue.shift() ?? ""));
  return queue[0] ?? "";
}

/** Siblings from the leaf at `index` to the root: the queue again, with a mark on the node that holds the leaf. */
export function proofOf(leaves: readonly string[], index: number): string[] {
  const queue = leaves.map((hash, i) => ({ hash, marked: i === index }));
  const proof: string[] = [];
  for (let left = queue.shift(), right = queue.shift(); left && right; left = queue.shift(), right = queue.shift()) {
    if (left.marked) proof.push(right.hash);
    if (right.marked) proof.push(left.hash);
    queue.push({ hash: parentOf(left.hash, right.hash), marked: left.marked || right.marked });
  }
  return proof;
}

/** A batch as an agency orders it: by leaf. */
export interface Batch {
  readonly agency: string;
  readonly kind: number;
  readonly digests: readonly string[];
  readonly leaves: readonly string[];
  readonly root: string;
}

export function batchOf(agency: string, kind: number, digests: readonly string[]): Batch {
  const rows = digests.map((digest) => ({ digest, leaf: leafOf(agency, kind, digest) }));
  rows.sort((a, b) => (BigInt(a.leaf) < BigInt(b.leaf) ? -1 : 1));
  const leaves = rows.map((row) => row.leaf);
  return { agency, kind, digests: rows.map((row) => row.digest), leaves, root: rootOf(leaves) };
}

export function journalSeed(chainId: bigint, address: string): string {
  const domain = keccak256(toUtf8Bytes("hufu.journal.v1"));
  return keccak256(abi.encode(["bytes32", "uint256", "address"], [domain, chainId, address]));
}

export function journalHead(head: string, entry: string): string {
  return keccak256(abi.encode(["bytes32", "bytes32"], [head, entry]));
}

/** `types` and `values` are the event's arguments, `bytes` and `string` already replaced by their keccak256. */
export function journalEntry(
  topic: string,
  time: number,
  types: readonly string[],
  values: readonly unknown[],
): string {
  return keccak256(abi.encode(["bytes32", "uint256", ...types], [topic, time, ...values]));
}

export const anchorTypes = {
  Anchor: [
    { name: "agency", type: "bytes18" },
    { name: "kind", type: "uint8" },
    { name: "root", type: "bytes32" },
    { name: "count", type: "uint32" },
    { name: "deadline", type: "uint64" },
  ],
};

export const statusTypes = {
  SetStatus: [
    { name: "actor", type: "bytes18" },
    { name: "items", type: "StatusItem[]" },
    { name: "deadline", type: "uint64" },
  ],
  StatusItem: [
    { name: "leaf", type: "bytes32" },
    { name: "version", type: "uint16" },
    { name: "effect", type: "uint8" },
    { name: "basis", type: "bytes32" },
  ],
};

export interface Domain {
  readonly name: string;
  readonly version: string;
  readonly chainId: bigint;
  readonly verifyingContract: string;
}

/** What a key signs for a batch: for keys that ethers has no wallet for. */
export function anchorHash(domain: Domain, batch: Batch, deadline: number): string {
  return TypedDataEncoder.hash(domain, anchorTypes, anchorMessage(batch, deadline));
}

export function anchorMessage(batch: Batch, deadline: number): Record<string, unknown> {
  return { agency: batch.agency, kind: batch.kind, root: batch.root, count: batch.digests.length, deadline };
}

/** The n-th of a row of digests that differ with `seed`. */
export function digestOf(n: number, seed = "record"): string {
  return keccak256(toUtf8Bytes(`${seed} ${n}`));
}

export function digestsOf(count: number, seed = "record"): string[] {
  return Array.from({ length: count }, (_, n) => digestOf(n, seed));
}

export function hashOf(bytes: BytesLike): string {
  return keccak256(bytes);
}
