import { compareBytes } from "../bytes.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { proofError, type ProofFaultCode } from "./fault.ts";
import { encodeRlp, scalarBytes } from "./rlp.ts";
import { lookUp, type TriePath } from "./trie.ts";

/** What the state trie holds of an account. */
export interface Account {
  readonly nonce: bigint;
  /** wei */
  readonly balance: bigint;
  readonly storageRoot: Uint8Array;
  readonly codeHash: Uint8Array;
}

export interface AccountProof {
  readonly stateRoot: Uint8Array;
  /** 20 bytes */
  readonly address: Uint8Array;
  readonly account: Account;
  readonly nodes: readonly Uint8Array[];
  readonly keccak: Keccak;
}

export interface SlotProof {
  readonly storageRoot: Uint8Array;
  /** 32 bytes, not hashed yet */
  readonly slot: Uint8Array;
  /** 32 bytes; zeros claim that the slot is empty */
  readonly value: Uint8Array;
  readonly nodes: readonly Uint8Array[];
  readonly keccak: Keccak;
}

/**
 * Proves that `address` is `account` under a header's state root. Throws ACCOUNT_DIFFERS, ACCOUNT_ABSENT, PROOF_OF_ANOTHER_KEY, and the codes
 * of {@link lookUp}.
 */
export function verifyAccount({ stateRoot, address, account, nodes, keccak }: AccountProof): void {
  const { nonce, balance, storageRoot, codeHash } = account;
  const claimed = encodeRlp([scalarBytes(nonce), scalarBytes(balance), storageRoot, codeHash]);
  const path = { root: stateRoot, key: keccak.hash(address), nodes, keccak };
  verifyValue(path, claimed, { differs: "ACCOUNT_DIFFERS", absent: "ACCOUNT_ABSENT" });
}

/**
 * Proves that `slot` holds `value` under an account's storage root. A trie holds no zeros: that a slot is empty is proven by its absence. Throws
 * SLOT_DIFFERS, SLOT_ABSENT, PROOF_OF_ANOTHER_KEY, and the codes of {@link lookUp}.
 */
export function verifySlot({ storageRoot, slot, value, nodes, keccak }: SlotProof): void {
  const first = value.findIndex((byte) => byte !== 0);
  const claimed = first === -1 ? null : encodeRlp(value.subarray(first));
  const path = { root: storageRoot, key: keccak.hash(slot), nodes, keccak };
  verifyValue(path, claimed, { differs: "SLOT_DIFFERS", absent: "SLOT_ABSENT" });
}

/** `claimed` is compared as the trie holds it, so that one value has one form. null claims absence. */
function verifyValue(
  path: TriePath,
  claimed: Uint8Array | null,
  codes: { readonly differs: ProofFaultCode; readonly absent: ProofFaultCode },
): void {
  const { value, isOfAnotherKey } = lookUp(path);
  if (value === null && claimed === null) return;
  if (value === null) {
    throw isOfAnotherKey
      ? proofError("PROOF_OF_ANOTHER_KEY", "the proof leads to another key, and so says that this one is absent")
      : proofError(codes.absent, "the trie holds nothing where a value is claimed");
  }
  if (claimed === null || compareBytes(value, claimed) !== 0) {
    throw proofError(codes.differs, "the trie holds another value than the one claimed");
  }
}
