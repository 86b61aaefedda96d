import type { Keccak } from "../ledger/keccak.ts";

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

/** Proves that `address` is `account` under a header's state root. */
export function verifyAccount({ stateRoot }: AccountProof): void {
  throw new Error(`not yet: ${stateRoot.length}`);
}

/** Proves that `slot` holds `value` under an account's storage root. */
export function verifySlot({ storageRoot }: SlotProof): void {
  throw new Error(`not yet: ${storageRoot.length}`);
}
