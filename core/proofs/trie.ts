import { bytesToHex, compareBytes } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { proofError, type ProofFaultCode } from "./fault.ts";
import { decodeRlp, encodeRlp, type RlpItem } from "./rlp.ts";

export interface TriePath {
  /** 32 bytes */
  readonly root: Uint8Array;
  /** hashed already: 32 bytes in the tries of accounts and slots */
  readonly key: Uint8Array;
  /** from the root to the end of the path, as eth_getProof gives them; those of less than 32 bytes stand inside their parents */
  readonly nodes: readonly Uint8Array[];
  readonly keccak: Keccak;
}

/** What a trie holds under a key. */
export interface Lookup {
  /** null: proven absent */
  readonly value: Uint8Array | null;
  /** whether the path ends at a leaf or extension of other keys, which proves absence too */
  readonly isOfAnotherKey: boolean;
}

/** A reference to a child: its hash, the child itself where it is short, or nothing. */
type Child = { readonly hash: Uint8Array } | { readonly node: readonly RlpItem[] } | null;

type Node =
  | { readonly type: "branch"; readonly children: readonly RlpItem[]; readonly value: Uint8Array }
  | { readonly type: "extension"; readonly path: string; readonly child: RlpItem }
  | { readonly type: "leaf"; readonly path: string; readonly value: Uint8Array };

/** The nodes of one proof, taken in their order. */
interface Walk {
  readonly nodes: readonly Uint8Array[];
  readonly keccak: Keccak;
  used: number;
  /** of the last branch that was passed */
  siblings: readonly RlpItem[];
}

const absent: Lookup = { value: null, isOfAnotherKey: false };
const ofAnotherKey: Lookup = { value: null, isOfAnotherKey: true };
const HASH = 32;

/**
 * Looks `key` up. Every node is checked against what its parent, or the root, says of it before it is read, and every node must be used. An
 * empty trie is proven by no node or by the empty one. Throws the codes of nodes and of RLP.
 */
export function lookUp({ root, key, nodes, keccak }: TriePath): Lookup {
  const walk: Walk = { nodes, keccak, used: 0, siblings: [] };
  const isEmpty = nodes.length === 0 && isSame(root, keccak.hash(encodeRlp(new Uint8Array())));
  const lookup = isEmpty ? absent : descend({ hash: root }, bytesToHex(key), walk);
  if (walk.used < nodes.length) {
    throw walkError(walk, "PROOF_TOO_LONG", `${nodes.length - walk.used} nodes lie beyond the path`);
  }
  return lookup;
}

function descend(child: Child, rest: string, walk: Walk): Lookup {
  const node = child && parseNode("node" in child ? child.node : take(child.hash, walk));
  if (node === null) return absent;
  if (node.type === "branch") {
    if (rest === "") return found(node.value);
    walk.siblings = node.children;
    return descend(childOf(node.children[Number.parseInt(rest.charAt(0), 16)]), rest.slice(1), walk);
  }
  if (node.type === "leaf") return node.path === rest ? found(node.value) : ofAnotherKey;
  if (!rest.startsWith(node.path)) return ofAnotherKey;
  const next = childOf(node.child);
  if (next === null) throw malformed("an extension leads nowhere");
  return descend(next, rest.slice(node.path.length), walk);
}

/** The node that `hash` refers to: it must be the next one. */
function take(hash: Uint8Array, walk: Walk): RlpItem {
  const node = walk.nodes[walk.used];
  if (node === undefined)
    throw proofError("PROOF_TOO_SHORT", `the proof ends after ${walk.used} nodes, its path does not`);
  if (!isSame(walk.keccak.hash(node), hash)) {
    throw walk.used === 0
      ? proofError("NODE_ROOT_DIFFERS", "the first node is not the root's")
      : walkError(walk, "NODE_DIFFERS", `node ${walk.used} is not what its parent refers to`);
  }
  if (walk.used > 0 && node.length < HASH) throw malformed("a node of less than 32 bytes stands outside its parent");
  walk.used++;
  return decodeRlp(node);
}

/** An error by the name of `code`, unless the next node is another child of the last branch: then whoever asked for one key was given the proof of another. */
function walkError({ nodes, used, siblings, keccak }: Walk, code: ProofFaultCode, message: string): Error {
  const hash = keccak.hash(nodes[used] ?? new Uint8Array());
  return siblings.some((child) => child instanceof Uint8Array && isSame(child, hash))
    ? proofError("PROOF_OF_ANOTHER_KEY", "the proof leads to another key")
    : proofError(code, message);
}

/** null: the node of the empty trie. */
function parseNode(item: RlpItem): Node | null {
  if (item instanceof Uint8Array) {
    if (item.length === 0) return null;
    throw malformed("a node is no list");
  }
  const [first, second] = item;
  const last = item[16];
  if (item.length === 17 && last instanceof Uint8Array) {
    return { type: "branch", children: item.slice(0, 16), value: last };
  }
  if (item.length !== 2 || !(first instanceof Uint8Array) || second === undefined) {
    throw malformed("a node is neither branch, extension nor leaf");
  }
  return pathNode(bytesToHex(first), second);
}

/** The first nibble of the path says leaf or not, and whether the path is odd; an even path has a zero after it. */
function pathNode(compact: string, second: RlpItem): Node {
  const flag = compact.charAt(0);
  const isOdd = flag === "1" || flag === "3";
  if (!"0123".includes(flag) || (!isOdd && compact.charAt(1) !== "0")) {
    throw malformed("a path is not in its compact form");
  }
  const path = compact.slice(isOdd ? 1 : 2);
  if (flag === "0" || flag === "1") {
    if (path === "") throw malformed("an extension has no path");
    return { type: "extension", path, child: second };
  }
  if (!(second instanceof Uint8Array) || second.length === 0) throw malformed("a leaf holds no value");
  return { type: "leaf", path, value: second };
}

function childOf(item: RlpItem | undefined): Child {
  if (item instanceof Uint8Array) {
    if (item.length === HASH) return { hash: item };
    if (item.length === 0) return null;
    throw malformed("a reference is neither a hash nor a node");
  }
  if (item === undefined || encodeRlp(item).length >= HASH) {
    throw malformed("a node of 32 bytes or more stands inside its parent");
  }
  return { node: item };
}

function found(value: Uint8Array): Lookup {
  return value.length === 0 ? absent : { value, isOfAnotherKey: false };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return compareBytes(a, b) === 0;
}

function malformed(what: string): Error {
  return proofError("NODE_MALFORMED", `The proof has a malformed node: ${what}.`);
}
