import { expect } from "chai";

import { base64ToBytes } from "../../../core/base64.ts";
import { hexToBytes, to0x, type Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { checkCliqueEndorsement } from "../../../core/proofs/clique.ts";
import { parseHeader, plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { createSealedBlocks } from "../../../server/proofs/sealed-block.ts";
import { addressesOf, qbftValidators, sealClique, tools } from "../../core/proofs/sealed-chain.ts";
import { headerJson } from "../../../scripts/bench/header-json.ts";

const hashOf = (header: BlockHeader): Hex => to0x(plainHash(header, keccak));

/** `length` blocks, each by the signer whose turn it is; `salt` makes another branch. */
function cliqueChain(length: number, signers = qbftValidators(4), salt = 0): BlockHeader[] {
  const headers: BlockHeader[] = [];
  for (let number = 0; number < length; number++) {
    const parentHash = hexToBytes(headers.at(-1) === undefined ? `0x${"00".repeat(32)}` : hashOf(headers.at(-1)!));
    const fields = { number, parentHash, timestamp: 1_780_000_000 + number + salt };
    headers.push(sealClique({ fields, signer: signers[number % signers.length]!, signers }));
  }
  return headers;
}

/** Answers for the headers that `blocks` gives at the moment. */
function nodeOf(blocks: () => readonly BlockHeader[]): Rpc {
  return {
    call: () => Promise.reject(new Error("not asked")),
    batch: async (calls) =>
      calls.map(({ params: [number] }) => {
        const header = number === "latest" ? blocks().at(-1) : blocks()[Number(number)];
        return { ok: true, result: header === undefined ? null : headerJson(header, hashOf(header)) };
      }),
  };
}

const blocksOf = (rpc: Rpc, signers = 4) =>
  createSealedBlocks({ rpc, keccak, sealing: { type: "clique", signers: () => Promise.resolve(signers) } });

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((error: unknown) => error);
  return error instanceof HufuError ? error.code : "no error";
}

describe("the newest block that a certificate may rest on, of a Clique chain", () => {
  for (const count of [1, 2, 3, 4, 5, 7]) {
    it(`is one that a majority of ${count} has built on, and no older`, async () => {
      const signers = qbftValidators(count);
      const chain = cliqueChain(20, signers);
      const { number, sealed } = await blocksOf(
        nodeOf(() => chain),
        count,
      )();
      const following = sealed.following.map((raw) => parseHeader(base64ToBytes(raw)));
      expect(following).to.have.length(Math.floor(count / 2));
      expect(number).to.equal(19 - Math.floor(count / 2));
      const header = parseHeader(base64ToBytes(sealed.header));
      const found = checkCliqueEndorsement({ header, following, signers: addressesOf(signers), ...tools });
      expect(found.signers).to.have.length(Math.floor(count / 2) + 1);
    });
  }

  it("NODE_ANSWER: the chain is too short, or went another way while it was read", async () => {
    expect(await codeOf(blocksOf(nodeOf(() => cliqueChain(2)))())).to.equal("NODE_ANSWER");
    let asked = 0;
    const [one, other] = [cliqueChain(20), cliqueChain(20, qbftValidators(4), 9)];
    expect(await codeOf(blocksOf(nodeOf(() => (asked++ === 0 ? one : other)))())).to.equal("NODE_ANSWER");
    const mixed = [...one.slice(0, 18), ...other.slice(18)];
    expect(await codeOf(blocksOf(nodeOf(() => mixed))())).to.equal("NODE_ANSWER");
  });

  it("is read again after a reading that failed", async () => {
    let chain = cliqueChain(2);
    const newest = blocksOf(nodeOf(() => chain));
    expect(await codeOf(newest())).to.equal("NODE_ANSWER");
    chain = cliqueChain(3);
    expect((await newest()).number).to.equal(0);
  });
});
