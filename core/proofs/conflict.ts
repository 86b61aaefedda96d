import type { Hex } from "../bytes.ts";
import type { SealedHeader, SealRules } from "./consensus.ts";

/** Two sealed blocks at one height: evidence that anybody can check, and that is to be kept. */
export interface Conflict {
  readonly height: number;
  readonly hashes: readonly [Hex, Hex];
  /** who sealed both */
  readonly signers: readonly Hex[];
}

/** The conflict of two headers; null where they are of two heights or of the same block. Throws where one of them is not sealed. */
export function conflictOf(a: SealedHeader, b: SealedHeader, rules: SealRules): Conflict | null {
  throw new Error(`not yet: ${a.header.number} ${b.header.number} ${rules.chainId}`);
}
