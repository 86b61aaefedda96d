import type { Keccak } from "../ledger/keccak.ts";

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
  /** whether the path ends at what stands under another key */
  readonly isOfAnotherKey: boolean;
}

/** Looks a key up. Every node must be used. */
export function lookUp({ root }: TriePath): Lookup {
  throw new Error(`not yet: ${root.length}`);
}
