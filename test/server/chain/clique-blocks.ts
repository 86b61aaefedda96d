import type { BlockHeader } from "../../../core/proofs/header.ts";
import type { Vote } from "../../../core/proofs/vote.ts";
import { fastTools, genesisOf, sealClique, type Signatory } from "../../core/proofs/sealed-chain.ts";

/** What happens on a Clique chain. */
export interface CliquePlan {
  /** blocks, the genesis block among them */
  readonly length: number;
  /** the first height of each set, in ascending order; the first set is the genesis block's */
  readonly sets: readonly { readonly since: number; readonly signers: readonly Signatory[] }[];
  readonly epoch: number;
  /** by height */
  readonly votes?: Readonly<Record<number, Vote>>;
  /** who seals a block, where it is not the one whose turn it is */
  readonly signerOf?: (number: number) => Signatory;
  /** blocks that another chain begins with; it goes on with other blocks than they do */
  readonly after?: readonly BlockHeader[];
}

export function cliqueBlocks({ length, sets, epoch, votes = {}, signerOf, after = [] }: CliquePlan): BlockHeader[] {
  const blocks = after.length > 0 ? [...after] : [genesisOf("clique", sets[0]!.signers)];
  const another = after.length > 0 ? { timestamp: 1_790_000_000 } : {};
  for (let number = blocks.length; number < length; number++) {
    const { signers } = sets.findLast(({ since }) => since <= number)!;
    const signer = signerOf?.(number) ?? signers[number % signers.length]!;
    const fields = { number, parentHash: fastTools.keccak.hash(blocks.at(-1)!.raw), ...another };
    const isCheckpoint = number % epoch === 0;
    blocks.push(sealClique({ signers, signer, vote: votes[number] ?? null, isCheckpoint, fields }));
  }
  return blocks;
}
