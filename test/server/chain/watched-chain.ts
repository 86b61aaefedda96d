import { join } from "node:path";

import { to0x, type Hex } from "../../../core/bytes.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { createValidatorWatch, type ValidatorWatch } from "../../../server/chain/validator-watch.ts";
import { fastTools } from "../../core/proofs/sealed-chain.ts";
import { founders, newcomer } from "../../core/trust/qbft-blocks.ts";
import { createQbftNode, type QbftNode } from "./qbft-node.ts";

export const signers = founders.slice(0, 3);
export const grown = [...signers, newcomer].sort((a, b) => (a.address < b.address ? -1 : 1));
export const epoch = 1_000;
export const clique = { type: "clique", epoch, period: 1 } as const;
const adding = { subject: newcomer.address, direction: "add" } as const;
const plainHash = (block: BlockHeader): Hex => to0x(fastTools.keccak.hash(block.raw));

/** Signers of which two vote a fourth in by blocks 11 and 12. */
export const growing = {
  ...{
    sets: [
      { since: 0, signers },
      { since: 13, signers: grown },
    ],
    epoch,
  },
  votes: { 11: adding, 12: adding },
};

/** The file that a watch in this folder keeps. */
export const fileIn = (folder: string): string => join(folder, "validators.json");

/** A watch of the node's chain; it asks `rpc` where that is another. */
export function watchOf(
  node: QbftNode,
  folder: string,
  consensus: { type: "qbft"; epoch: number } | typeof clique = clique,
  rpc: Rpc = node,
): ValidatorWatch {
  const genesisHash = node.knows.hashOf(node.knows.blocks[0]!);
  return createValidatorWatch({ ...fastTools, rpc, genesisHash, consensus, overrides: [], file: fileIn(folder) });
}

export function cliqueNode(blocks: readonly BlockHeader[]): QbftNode {
  const node = createQbftNode(blocks);
  node.knows.hashOf = plainHash;
  return node;
}
