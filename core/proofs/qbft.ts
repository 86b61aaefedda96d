import type { Hex } from "../bytes.ts";
import type { BlockHeader } from "./header.ts";
import type { SignatureTools } from "./signature.ts";

export interface QbftRules extends SignatureTools {
  /** the set that has to seal the header: lower case, ascending, from the trust bundle and never from the header */
  readonly validators: readonly Hex[];
}

/** How many of `count` validators seal a block: two thirds, rounded up. */
export function quorumOf(count: number): number {
  return Math.ceil((2 * count) / 3);
}

/** Proves that a quorum of distinct validators sealed the header. */
export function checkQbftSeals(header: BlockHeader, rules: QbftRules): { readonly signers: readonly Hex[] } {
  throw new Error(`not yet: ${header.number} ${rules.validators.length}`);
}
