import { keccak256 } from "./hash.ts";
import { bytesOf, decode, encode, isItems, type Item } from "./rlp.ts";

const emptyNode = Buffer.of(0x80);
const emptyTrie = keccak256(emptyNode);

/**
 * The value of a key, or null where the nodes prove that there is none. `nodes` are those that are referred to by hash,
 * from the root down. Throws where they are others, more or fewer, or prove nothing.
 */
export function lookUp(root: Buffer, key: Buffer, nodes: readonly Buffer[]): Buffer | null {
  const unused = [...nodes];
  let isRoot = true;
  function nodeOf(reference: Item): readonly Item[] {
    const inline = isItems(reference);
    const raw = inline ? encode(reference) : unused.shift();
    if (raw === undefined) throw new Error("a node is missing");
    if (!isRoot && inline !== raw.length < 32) throw new Error("a hash in place of a node, or the other way round");
    isRoot = false;
    if (!inline && !keccak256(raw).equals(reference)) throw new Error("not the node that is referred to");
    const node = decode(raw);
    if (!isItems(node)) throw new Error("not a node");
    return node;
  }
  const isEmptyNode = nodes.length === 1 && nodes[0]?.equals(emptyNode) === true;
  if (root.equals(emptyTrie) && (nodes.length === 0 || isEmptyNode)) return null;
  const value = follow(root, key.toString("hex"), nodeOf);
  if (unused.length > 0) throw new Error("a node too many");
  return value;
}

/** `path`: the nibbles that are left, in hexadecimal digits. */
function follow(reference: Item, path: string, nodeOf: (reference: Item) => readonly Item[]): Buffer | null {
  const node = nodeOf(reference);
  if (node.length === 17) {
    const own = valueOf(node[16]);
    if (path === "") return own;
    const next = node[Number(`0x${path.charAt(0)}`)] ?? Buffer.alloc(0);
    if (!isItems(next) && next.length === 0) return null;
    return follow(checked(next), path.slice(1), nodeOf);
  }
  if (node.length !== 2) throw new Error("not a node");
  const [prefix, next = Buffer.alloc(0)] = node;
  const [isLeaf, own] = hexPrefix(bytesOf(prefix));
  if (isLeaf ? bytesOf(next).length === 0 : own === "") throw new Error("a leaf or an extension of nothing");
  if (isLeaf) return path === own ? bytesOf(next) : null;
  return path.startsWith(own) ? follow(checked(next), path.slice(own.length), nodeOf) : null;
}

function valueOf(item: Item | undefined): Buffer | null {
  const value = bytesOf(item);
  return value.length === 0 ? null : value;
}

function checked(reference: Item): Item {
  if (!isItems(reference) && reference.length !== 32) throw new Error("not a reference");
  return reference;
}

function hexPrefix(bytes: Buffer): [isLeaf: boolean, path: string] {
  const hex = bytes.toString("hex");
  const flag = Number(`0x${hex.charAt(0) || "f"}`);
  if (flag > 3) throw new Error("not a hex prefix");
  const isOdd = flag % 2 === 1;
  if (!isOdd && hex.charAt(1) !== "0") throw new Error("not a hex prefix");
  return [flag >= 2, hex.slice(isOdd ? 1 : 2)];
}
