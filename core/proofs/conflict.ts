import { compareBytes, to0x, type Hex } from "../bytes.ts";
import { checkSeals, sealedHashOf, type SealedHeader, type SealRules } from "./consensus.ts";

/** Two sealed blocks at one height: evidence that anybody can check, and that is to be kept. */
export interface Conflict {
  readonly height: number;
  /** the blocks' hashes, in the order of the headers */
  readonly hashes: readonly [Hex, Hex];
  /** who sealed both, in the order of the first */
  readonly signers: readonly Hex[];
}

/**
 * The conflict of two headers; null where they are of two heights or of the same block. Under QBFT two quorums share at least a third of the
 * validators, and honest ones never bring about both. Under Clique it may be an honest reorganisation: what is shown is that one of the blocks
 * fell, or will fall, out of the chain. Throws the codes of seals where one of the two is not sealed: then it is evidence of nothing.
 */
export function conflictOf(a: SealedHeader, b: SealedHeader, rules: SealRules): Conflict | null {
  const { consensus, keccak } = rules;
  if (a.header.number !== b.header.number) return null;
  const [first, second] = [checkSeals(a, rules), checkSeals(b, rules)];
  const content = ({ header }: SealedHeader): Uint8Array => sealedHashOf(header, consensus, keccak);
  if (compareBytes(content(a), content(b)) === 0) return null;
  return {
    height: a.header.number,
    hashes: [to0x(first.hash), to0x(second.hash)],
    signers: first.signers.filter((signer) => second.signers.includes(signer)),
  };
}
