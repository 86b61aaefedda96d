import { expect } from "chai";

import { to0x } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { proofFaultOf } from "../../../core/proofs/fault.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { qbftBlockHash, qbftSealHash } from "../../../core/proofs/qbft-extra.ts";
import { headerOf, readHeaders } from "../../../server/chain/header.ts";
import type { Rpc, RpcAnswer, RpcCall } from "../../../server/chain/rpc.ts";
import { growingChain, qbftBlocks } from "../../core/trust/qbft-blocks.ts";
import { header, qbftValidators, sealClique, sealQbft, signatory } from "../../core/proofs/sealed-chain.ts";
import { hashOf } from "../../core/trust/sample.ts";
import { blockJson } from "./block-json.ts";

const blocks = qbftBlocks(growingChain);
const plain = (block: BlockHeader) => blockJson(block, to0x(keccak.hash(block.raw)));
const word = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return "no error";
  } catch (error) {
    return error instanceof HufuError ? error.code : String(error);
  }
}
const node = (answer: (call: RpcCall) => unknown): Rpc & { readonly asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    call: () => Promise.reject(new Error("not asked")),
    batch: async (calls) =>
      calls.map((call): RpcAnswer => {
        asked.push(call.method);
        const result = answer(call);
        if (result === undefined) return { ok: false, error: { code: -32601, message: "no such method", data: null } };
        return { ok: true, result };
      }),
  };
};

describe("a raw header", () => {
  it("is made from the fields of eth_getBlockByNumber, whichever forks the chain has had", () => {
    const forks = [
      [],
      [word(1).subarray(0, 1)],
      [Uint8Array.of(7), word(1), new Uint8Array(), Uint8Array.of(9), word(2), word(3)],
    ];
    for (const later of forks) {
      const block = header({ number: 258, later, extraData: Uint8Array.of(1, 2) });
      const { raw, number, hash } = headerOf(plain(block), keccak);
      expect([raw, number, hash]).to.deep.equal([block.raw, 258, to0x(keccak.hash(block.raw))]);
    }
    const signer = signatory("a signer");
    const clique = sealClique({ signer, signers: [signer] });
    expect(headerOf(plain(clique), keccak).raw).to.deep.equal(clique.raw);
  });

  it("of QBFT has the hash without seals, and of its genesis block the plain one", () => {
    for (const block of [blocks[0]!, blocks[8]!, blocks[10]!])
      expect(headerOf(blockJson(block, hashOf(block)), keccak).raw).to.deep.equal(block.raw);
  });

  it("is refused where it does not hash to the block's hash, or is no header", async () => {
    const good = blockJson(blocks[5]!, hashOf(blocks[5]!));
    for (const changes of [
      { stateRoot: `0x${"0".repeat(64)}` },
      { hash: hashOf(blocks[6]!) },
      { logsBloom: "0x00" },
      { number: "0x6" },
      { extraData: undefined },
      { gasLimit: "lots" },
    ])
      expect(await codeOf(() => headerOf({ ...good, ...changes }, keccak))).to.equal("NODE_ANSWER");
    expect(await codeOf(() => headerOf(null, keccak))).to.equal("NODE_ANSWER");
  });
});

describe("reading raw headers", () => {
  const json = ({ params: [number] }: RpcCall) => {
    const block = blocks[Number(number)];
    return block === undefined ? null : blockJson(block, hashOf(block));
  };

  it("gives them in the order asked", async () => {
    const rpc = node(json);
    const headers = await readHeaders(rpc, [3, 0, 8], keccak);
    expect(headers.map(({ number }) => number)).to.deep.equal([3, 0, 8]);
    expect(headers.map(({ raw }) => raw)).to.deep.equal([3, 0, 8].map((number) => blocks[number]!.raw));
    expect(new Set(rpc.asked)).to.deep.equal(new Set(["eth_getBlockByNumber"]));
  });

  it("asks for the header itself where the fields are not all that was hashed", async () => {
    const withoutFee = (call: RpcCall): unknown => {
      if (call.method === "debug_getRawHeader") return to0x(blocks[Number(call.params[0])]!.raw);
      return { ...json(call), baseFeePerGas: undefined };
    };
    const [header] = await readHeaders(node(withoutFee), [4], keccak);
    expect(header).to.deep.equal({ number: 4, raw: blocks[4]!.raw, hash: hashOf(blocks[4]!) });
  });

  it("names the node that makes a block's hash with the round in which it was sealed", async () => {
    const validators = qbftValidators(4);
    const late = sealQbft({ validators, round: 1, fields: { number: 4 } });
    const faultAt = async (hash: Uint8Array, answersRaw: boolean): Promise<unknown[]> => {
      const rpc = node(({ method }) => {
        if (method !== "debug_getRawHeader") return blockJson(late, to0x(hash));
        return answersRaw ? to0x(late.raw) : undefined;
      });
      const error: unknown = await readHeaders(rpc, [4], keccak).catch((thrown: unknown) => thrown);
      return error instanceof HufuError ? [error.code, proofFaultOf(error.cause).code] : [error];
    };
    const kept = qbftSealHash(late, keccak);
    for (const answersRaw of [true, false])
      expect(await faultAt(kept, answersRaw)).to.deep.equal(["NODE_ANSWER", "BLOCK_HASH_KEEPS_ROUND"]);
    expect(await faultAt(word(9), true)).to.deep.equal(["NODE_ANSWER", "BLOCK_HASH_DIFFERS"]);
    const [read] = await readHeaders(
      node(() => blockJson(late, to0x(qbftBlockHash(late, keccak)))),
      [4],
      keccak,
    );
    expect(read?.raw).to.deep.equal(late.raw);
  });

  it("throws NODE_ANSWER where neither fits, the block is another, or there is none", async () => {
    const read = (answer: (call: RpcCall) => unknown, number = 4) =>
      codeOf(() => readHeaders(node(answer), [number], keccak));
    const spoilt = (raw: unknown) => (call: RpcCall) =>
      call.method === "debug_getRawHeader" ? raw : { ...json(call), gasUsed: "0x1" };
    expect(await read(spoilt(undefined))).to.equal("NODE_ANSWER");
    expect(await read(spoilt(to0x(blocks[5]!.raw)))).to.equal("NODE_ANSWER");
    expect(await read(spoilt("0x01"))).to.equal("NODE_ANSWER");
    expect(await read(() => blockJson(blocks[5]!, hashOf(blocks[5]!)))).to.equal("NODE_ANSWER");
    expect(await read(json, 99)).to.equal("NODE_ANSWER");
  });

  it("throws NODE_REFUSED where the node will not say", async () => {
    expect(
      await codeOf(() =>
        readHeaders(
          node(() => undefined),
          [4],
          keccak,
        ),
      ),
    ).to.equal("NODE_REFUSED");
  });
});
