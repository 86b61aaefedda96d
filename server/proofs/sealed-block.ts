import { bytesToBase64 } from "../../core/base64.ts";
import { to0x, type Hex } from "../../core/bytes.ts";
import type { SealedBlock } from "../../core/certificate/certificate.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { majorityOf } from "../../core/proofs/vote.ts";
import { parseHeader } from "../../core/proofs/header.ts";
import { latestBlock } from "../chain/block.ts";
import { readHeaders, type RawHeader } from "../chain/header.ts";
import { badAnswer, count, field, hexData } from "../chain/quantity.ts";
import { resultOf, type Rpc } from "../chain/rpc.ts";

/** What makes a block of the chain one that a certificate may rest on. */
export type Sealing =
  /** its validators sealed it: the seals are in the header */
  | { readonly type: "qbft" }
  /** a majority of signers has built on it; `signers`: how many there are now */
  | { readonly type: "clique"; readonly signers: () => Promise<number> }
  /** the embedded chain has no validators: its gateway seals it. Returns 65 bytes. */
  | { readonly type: "development"; readonly seal: (blockHash: Hex) => Uint8Array };

/** A block with what shows that it was agreed upon. */
export interface ProvableBlock {
  readonly number: number;
  readonly stateRoot: Uint8Array;
  readonly sealed: SealedBlock;
}

export interface SealedBlockDeps {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly sealing: Sealing;
}

/** Reads the newest block that a certificate may rest on. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER. */
export function createSealedBlocks({ rpc, keccak, sealing }: SealedBlockDeps): () => Promise<ProvableBlock> {
  /** A block asks for one header and one seal, however many certificates rest on it. */
  let last: { readonly hash: Hex; readonly block: Promise<ProvableBlock> } | null = null;

  function endorsed(head: number, signers: number): Promise<RawHeader[]> {
    const above = majorityOf(signers) - 1;
    if (head < above) throw badAnswer(`its chain is shorter than the ${above + 1} blocks of a majority`);
    return readHeaders(rpc, range(head - above, head), keccak);
  }

  async function read(head: number, hash: Hex): Promise<ProvableBlock> {
    const headers =
      sealing.type === "clique"
        ? await endorsed(head, await sealing.signers())
        : await readHeaders(rpc, [head], keccak);
    checkChain(headers);
    const [first, ...following] = headers;
    // The chain went another way in between: what is kept under the hash must be its block.
    if (first === undefined || headers.at(-1)?.hash !== hash) throw badAnswer("the chain changed while it was read");
    return {
      number: first.number,
      stateRoot: parseHeader(first.raw).stateRoot,
      sealed: {
        header: bytesToBase64(first.raw),
        following: following.map(({ raw }) => bytesToBase64(raw)),
        seal: sealing.type === "development" ? bytesToBase64(sealing.seal(hash)) : null,
      },
    };
  }

  return async () => {
    const [answer] = await rpc.batch([latestBlock]);
    const head = resultOf(answer, "eth_getBlockByNumber");
    const hash = hexData(field(head, "hash"), "a block's hash", 32);
    if (last?.hash === hash) return last.block;
    const block = read(count(field(head, "number"), "a block's number"), hash);
    last = { hash, block };
    block.catch(() => {
      if (last?.hash === hash) last = null;
    });
    return block;
  };
}

function checkChain(headers: readonly RawHeader[]): void {
  for (const [index, { raw }] of headers.entries()) {
    const before = headers[index - 1];
    if (before !== undefined && to0x(parseHeader(raw).parentHash) !== before.hash)
      throw badAnswer("the chain changed while it was read");
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
