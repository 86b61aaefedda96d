import { concatBytes, hexToBytes, utf8 } from "../../../core/bytes.ts";
import { verifyAccount, verifySlot } from "../../../core/proofs/account.ts";
import type { ProofFaultCode } from "../../../core/proofs/fault.ts";
import { decodeRlp, encodeRlp } from "../../../core/proofs/rlp.ts";
import { lookUp } from "../../../core/proofs/trie.ts";
import { changeForgeries } from "./change-forgeries.ts";
import { sealForgeries } from "./seal-forgeries.ts";
import { tools } from "./sealed-chain.ts";
import { accountProof, accounts, emptyRoot, slotOf, slotProof, stateRoot } from "./tries.ts";

/** Ways to forge something; each has to be refused. */
export type Forgeries = Record<string, () => unknown>;
/** Codes of a trust bundle have their tests beside it. */
type Code = Exclude<ProofFaultCode, "GENESIS_DIFFERS" | "CONSENSUS_DIFFERS" | "UNSUPPORTED_CONSENSUS">;

const contract = accounts[0]!;
const person = accounts[7]!;
const account = await accountProof(contract);
const another = await accountProof(person);
const slot = await slotProof(1);
const second = await slotProof(2);
const empty = await slotProof(100);
const { keccak } = tools;
const decode = (hex: string) => (): unknown => decodeRlp(hexToBytes(hex));

/** A trie whose root is `node`, and the lookup in it of a key of the nibbles `path`. */
function lookUpIn(path: string, ...nodes: readonly Uint8Array[]): unknown {
  return lookUp({ root: keccak.hash(nodes[0]!), key: hexToBytes(path), nodes, keccak });
}

const nothing = new Uint8Array();
const emptyBranch: Uint8Array[] = Array.from({ length: 17 }, () => nothing);
const barren = rootedIn(encodeRlp(emptyBranch));
const longLeaf = encodeRlp([Uint8Array.of(0x35), new Uint8Array(40).fill(1)]);
const shortLeaf = encodeRlp([Uint8Array.of(0x35), utf8("short")]);

/** What is refused, and under which code: at least one way for each. */
export const forgeries: Record<Code, Forgeries> = {
  RLP_TRUNCATED: {
    nothing: decode(""),
    "a string without its end": decode("83aabb"),
    "a list without its end": decode("c3aabb"),
    "a length without its bytes": decode("b9"),
    "an item longer than its list": decode("c283aabbcc"),
    "a length beyond all memory": decode("bfffffffffffffffff"),
    "a node without its end": () => verifySlot({ ...slot, ...rootedIn(slot.nodes[0]!.subarray(0, -1)) }),
  },
  RLP_NOT_CANONICAL: {
    "a byte with a length": decode("8101"),
    "a long length for a short string": decode("b801aa"),
    "a long length for a short list": decode("f801c0"),
    "a length with a leading zero": decode(`b90038${"aa".repeat(56)}`),
    "lists without end": () => decodeRlp(nested(20)),
    "a node in another form of its list": () => verifySlot({ ...slot, ...rootedIn(longForm(slot.nodes[0]!)) }),
  },
  RLP_TRAILING: {
    "a byte after a string": decode("8000"),
    "a byte after a node": () => verifySlot({ ...slot, ...rootedIn(concatBytes(slot.nodes[0]!, Uint8Array.of(0))) }),
  },
  NODE_ROOT_DIFFERS: {
    "another block's state": () => verifyAccount({ ...account, stateRoot: slot.storageRoot }),
    "a storage that is not the account's": () => verifySlot({ ...slot, storageRoot: stateRoot }),
    "a proof without its root": () => verifyAccount({ ...account, nodes: account.nodes.slice(1) }),
    "no trie at all": () => verifySlot({ ...slot, nodes: [Uint8Array.of(0x80)] }),
  },
  NODE_DIFFERS: {
    "a truncated node": () => verifySlot({ ...slot, nodes: slot.nodes.with(-1, slot.nodes.at(-1)!.subarray(0, -1)) }),
    "a leaf of our own": () => verifySlot({ ...slot, nodes: slot.nodes.with(-1, longLeaf) }),
    "a root that stands twice": () => verifySlot({ ...slot, nodes: [slot.nodes[0]!, ...slot.nodes] }),
  },
  NODE_MALFORMED: {
    "a string": () => lookUpIn("15", encodeRlp(new Uint8Array(40).fill(1))),
    "a list of three": () => lookUpIn("15", encodeRlp([nothing, nothing, nothing])),
    "a branch whose value is a list": () => lookUpIn("15", encodeRlp(emptyBranch.with(16, [] as never))),
    "a path that is a list": () => lookUpIn("15", encodeRlp([[], utf8("value")])),
    "a path of no bytes": () => lookUpIn("15", encodeRlp([nothing, utf8("value")])),
    "a path with an unknown flag": () => lookUpIn("15", encodeRlp([Uint8Array.of(0x45, 0x15), utf8("value")])),
    "an even path whose padding is not zero": () =>
      lookUpIn("15", encodeRlp([Uint8Array.of(0x21, 0x15), utf8("value")])),
    "a leaf without value": () => lookUpIn("15", encodeRlp([Uint8Array.of(0x20, 0x15), nothing])),
    "a leaf whose value is a list": () => lookUpIn("15", encodeRlp([Uint8Array.of(0x20, 0x15), []])),
    "an extension without path": () => lookUpIn("15", encodeRlp([Uint8Array.of(0x00), keccak.hash(longLeaf)])),
    "an extension that leads nowhere": () => lookUpIn("15", encodeRlp([Uint8Array.of(0x11), nothing])),
    "a reference of 31 bytes": () => lookUpIn("15", encodeRlp(emptyBranch.with(1, new Uint8Array(31).fill(1)))),
    "a long node inside its parent": () => lookUpIn("15", encodeRlp(emptyBranch.with(1, decodeRlp(longLeaf) as never))),
    "a short node outside its parent": () =>
      lookUpIn("15", encodeRlp(emptyBranch.with(1, keccak.hash(shortLeaf))), shortLeaf),
  },
  PROOF_TOO_SHORT: {
    "no nodes": () => verifyAccount({ ...account, nodes: [] }),
    "a proof without its leaf": () => verifySlot({ ...slot, nodes: slot.nodes.slice(0, -1) }),
    "absence without its last node": () => verifySlot({ ...empty, nodes: empty.nodes.slice(0, -1) }),
  },
  PROOF_TOO_LONG: {
    "a node after the leaf": () => verifySlot({ ...slot, nodes: [...slot.nodes, longLeaf] }),
    "the leaf twice": () => verifyAccount({ ...account, nodes: [...account.nodes, longLeaf, account.nodes.at(-1)!] }),
    "a node after absence": () => verifySlot({ ...empty, nodes: [...empty.nodes, longLeaf] }),
  },
  PROOF_OF_ANOTHER_KEY: {
    "the proof of another address": () => verifyAccount({ ...account, nodes: another.nodes }),
    "the account of another address, with its proof": () => verifyAccount({ ...another, address: account.address }),
    "the proof of another slot": () => verifySlot({ ...slot, nodes: second.nodes }),
    "the slot of another, with its proof": () => verifySlot({ ...slot, slot: slotOf(2) }),
    "the only slot's proof for another": lookUpOther,
  },
  ACCOUNT_ABSENT: {
    "an account where the proven branch is empty": () =>
      verifyAccount({ ...account, stateRoot: barren.storageRoot, nodes: barren.nodes }),
    "an account in an empty trie": () => verifyAccount({ ...account, stateRoot: emptyRoot(), nodes: [] }),
  },
  ACCOUNT_DIFFERS: {
    "another account's fields": () => verifyAccount({ ...account, account: person.account }),
    "another balance": () => verifyAccount({ ...account, account: { ...contract.account, balance: 1n } }),
    "another storage": () => verifyAccount({ ...account, account: { ...contract.account, storageRoot: stateRoot } }),
    "other code": () => verifyAccount({ ...account, account: { ...contract.account, codeHash: stateRoot } }),
  },
  SLOT_ABSENT: {
    "a value where the proven branch is empty": () => verifySlot({ ...slot, ...barren }),
    "a value in an empty trie": () => verifySlot({ ...slot, storageRoot: emptyRoot(), nodes: [] }),
  },
  SLOT_DIFFERS: {
    "another slot's value": () => verifySlot({ ...slot, value: second.value }),
    "a held slot said to be empty": () => verifySlot({ ...slot, value: new Uint8Array(32) }),
    "a value moved by a byte": () =>
      verifySlot({ ...slot, value: concatBytes(slot.value.subarray(1), Uint8Array.of(0)) }),
  },
  ...sealForgeries,
  ...changeForgeries,
};

/** The storage whose root is `node`. */
function rootedIn(node: Uint8Array): { storageRoot: Uint8Array; nodes: Uint8Array[] } {
  return { storageRoot: keccak.hash(node), nodes: [node] };
}

/** The same list with a length of one byte more. */
function longForm(node: Uint8Array): Uint8Array {
  const digits = node[0]! - 0xf7;
  return concatBytes(Uint8Array.of(node[0]! + 1, 0), node.subarray(1, 1 + digits), node.subarray(1 + digits));
}

/** Lists within lists. */
function nested(depth: number): Uint8Array {
  return depth === 0 ? Uint8Array.of(0xc0) : concatBytes(Uint8Array.of(0xc0 + depth), nested(depth - 1));
}

/** A leaf alone, and a value claimed under another key. */
function lookUpOther(): void {
  const value = encodeRlp(Uint8Array.of(1));
  const leaf = encodeRlp([concatBytes(Uint8Array.of(0x20), keccak.hash(slotOf(1))), value]);
  verifySlot({ ...rootedIn(leaf), slot: slotOf(2), value: slotOf(1), keccak });
}
