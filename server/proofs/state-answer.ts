import { hexToBytes, type Hex } from "../../core/bytes.ts";
import type { Account } from "../../core/proofs/account.ts";
import { badAnswer, count, field, hexData, quantity, toQuantity } from "../chain/quantity.ts";
import { resultOf, type RpcAnswer, type RpcCall } from "../chain/rpc.ts";

/** What a node answers of an account: claims, with the trie nodes that are to prove them. */
export interface StateAnswer {
  readonly account: Account;
  /** from the state root down */
  readonly nodes: readonly Uint8Array[];
  /** as many as were asked for, in their order */
  readonly slots: readonly SlotAnswer[];
}

export interface SlotAnswer {
  /** 32 bytes */
  readonly value: Uint8Array;
  /** from the storage root down */
  readonly nodes: readonly Uint8Array[];
}

export function stateAt(address: Hex, slots: readonly Hex[], block: number): RpcCall {
  return { method: "eth_getProof", params: [address, slots, toQuantity(block)] };
}

/** Throws NODE_REFUSED, NODE_ANSWER. */
export function stateOf(answer: RpcAnswer | undefined, slots: number): StateAnswer {
  const value = resultOf(answer, "eth_getProof");
  const proofs = listOf(field(value, "storageProof"), "the proofs of its slots");
  if (proofs.length !== slots) throw badAnswer(`${slots} slots were asked for, it proves ${proofs.length}`);
  return {
    account: {
      nonce: BigInt(count(field(value, "nonce"), "a nonce")),
      balance: quantity(field(value, "balance"), "a balance"),
      storageRoot: bytes32(field(value, "storageHash"), "a storage root"),
      codeHash: bytes32(field(value, "codeHash"), "a code hash"),
    },
    nodes: nodesOf(field(value, "accountProof")),
    slots: proofs.map((proof) => ({
      value: word(quantity(field(proof, "value"), "a slot's value")),
      nodes: nodesOf(field(proof, "proof")),
    })),
  };
}

function nodesOf(value: unknown): Uint8Array[] {
  return listOf(value, "a proof").map((node) => hexToBytes(hexData(node, "a trie node")));
}

function listOf(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw badAnswer(`${what}: no list`);
  return value;
}

function bytes32(value: unknown, what: string): Uint8Array {
  return hexToBytes(hexData(value, what, 32));
}

function word(value: bigint): Uint8Array {
  return hexToBytes(value.toString(16).padStart(64, "0"));
}
