import type { Hex } from "../../core/bytes.ts";
import { createKeccak } from "../../core/ledger/keccak.ts";
import { cliqueSigner } from "../../core/proofs/clique.ts";
import { parseHeader } from "../../core/proofs/header.ts";
import { readHeaders } from "../../server/chain/header.ts";
import { wasmRecover } from "../../server/chain/recover.ts";
import type { Rpc } from "../../server/chain/rpc.ts";

/** The signers of a range of blocks of a Clique chain. */
export interface SignedBlocks {
  readonly first: number;
  readonly signers: readonly Hex[];
}

/** Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER. */
export async function readSigners(rpc: Rpc, first: number, last: number): Promise<SignedBlocks> {
  const tools = { keccak: await createKeccak(), recover: wasmRecover };
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const headers = await readHeaders(rpc, numbers, tools.keccak);
  return { first, signers: headers.map(({ raw }) => cliqueSigner(parseHeader(raw), tools)) };
}

/** The block with which `wanted` distinct signers stand behind `block`; NaN where the range ends before. */
export function endorsedIn({ first, signers }: SignedBlocks, block: number, wanted: number): number {
  const distinct = new Set<Hex>();
  for (let index = block - first; index < signers.length; index++) {
    const signer = signers[index];
    if (signer !== undefined) distinct.add(signer);
    if (distinct.size >= wanted) return first + index;
  }
  return Number.NaN;
}
