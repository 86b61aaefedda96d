import { createMerkleProof, createMPT } from "@ethereumjs/mpt";

import { hexToBytes, utf8 } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import type { Account, AccountProof, SlotProof } from "../../../core/proofs/account.ts";
import { encodeRlp, scalarBytes } from "../../../core/proofs/rlp.ts";

/** A trie by another library. */
export interface OtherTrie {
  readonly root: Uint8Array;
  /** as eth_getProof gives it: from the root on, without nodes that stand inside their parents */
  proof(key: Uint8Array): Promise<Uint8Array[]>;
}

/** The trie of `entries`, keys as they are; a later entry takes the place of an earlier one. */
export async function trieOf(entries: Iterable<readonly [key: Uint8Array, value: Uint8Array]>): Promise<OtherTrie> {
  const trie = await createMPT();
  for (const [key, value] of entries) await trie.put(key, value);
  return {
    root: trie.root(),
    proof: async (key) =>
      (await createMerkleProof(trie, key)).filter((node, index) => index === 0 || node.length >= 32),
  };
}

/** An account of the sample state: what it proves is sound until a test changes it. */
export interface SampleAccount {
  readonly address: Uint8Array;
  readonly account: Account;
}

/** The contract with the slots 0 to 59, of which every third holds a small value, and those from 100 on nothing. */
export const contract = nobleKeccak.hash(utf8("contract")).subarray(12);
const codeHash = nobleKeccak.hash(utf8("code"));

export function slotOf(index: number): Uint8Array {
  return hexToBytes(index.toString(16).padStart(64, "0"));
}

/** What slot `index` of the contract holds, 32 bytes. */
export function valueOf(index: number): Uint8Array {
  if (index >= 60) return new Uint8Array(32);
  return index % 3 === 0 ? slotOf(index + 1) : nobleKeccak.hash(slotOf(index));
}

export const slots: OtherTrie = await trieOf(
  Array.from({ length: 60 }, (_, index) => {
    const value = valueOf(index);
    return [nobleKeccak.hash(slotOf(index)), encodeRlp(value.subarray(value.findIndex((byte) => byte !== 0)))];
  }),
);

/** The contract first, then people. */
export const accounts: readonly SampleAccount[] = [
  { address: contract, account: { nonce: 1n, balance: 0n, storageRoot: slots.root, codeHash } },
  ...Array.from({ length: 30 }, (_, index) => ({
    address: nobleKeccak.hash(utf8(`person ${index}`)).subarray(12),
    account: {
      nonce: BigInt(index),
      balance: BigInt(index) ** 12n,
      storageRoot: emptyRoot(),
      codeHash: nobleKeccak.hash(new Uint8Array()),
    },
  })),
];

const state = await trieOf(
  accounts.map(({ address, account: { nonce, balance, storageRoot, codeHash: code } }) => [
    nobleKeccak.hash(address),
    encodeRlp([scalarBytes(nonce), scalarBytes(balance), storageRoot, code]),
  ]),
);
export const stateRoot: Uint8Array = state.root;

/** The root of a trie that holds nothing. */
export function emptyRoot(): Uint8Array {
  return nobleKeccak.hash(Uint8Array.of(0x80));
}

/** The sound proof of an account. */
export async function accountProof({ address, account }: SampleAccount): Promise<AccountProof> {
  return { stateRoot, address, account, nodes: await state.proof(nobleKeccak.hash(address)), keccak: nobleKeccak };
}

/** The sound proof of a slot of the contract, or of its absence. */
export async function slotProof(index: number): Promise<SlotProof> {
  const nodes = await slots.proof(nobleKeccak.hash(slotOf(index)));
  return { storageRoot: slots.root, slot: slotOf(index), value: valueOf(index), nodes, keccak: nobleKeccak };
}
