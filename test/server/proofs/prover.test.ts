import { expect } from "chai";

import { to0x, type Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { batchSlot, statusSlot } from "../../../core/ledger/slots.ts";
import type { Rpc, RpcCall } from "../../../server/chain/rpc.ts";
import { createProver, type Prover, type SlotKeys } from "../../../server/proofs/prover.ts";
import { createPretendedChain, ledgerAddress, type PretendedChain } from "../pretended-chain.ts";

const word = (byte: number): Hex => to0x(new Uint8Array(32).fill(byte));
const keys = (byte: number): SlotKeys => ({ root: word(byte), leaf: word(byte + 100) });

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((error: unknown) => error);
  return error instanceof HufuError ? error.code : "no error";
}

describe("the prover", () => {
  let chain: PretendedChain;
  let asked: RpcCall[][];
  let prover: Prover;
  beforeEach(async () => {
    chain = await createPretendedChain();
    asked = [];
    const rpc: Rpc = { ...chain.rpc, batch: (calls) => (asked.push([...calls]), chain.rpc.batch(calls)) };
    prover = createProver({ rpc, keccak, ledger: ledgerAddress, sealing: chain.sealing });
    await chain.mine([]);
  });

  it("proves what is there and what is not, in the order of the keys", async () => {
    await chain.mine([1, 2, 3].map((byte) => [batchSlot(word(byte), keccak), word(byte + 10)]));
    await chain.mine([[statusSlot(word(102), keccak), word(77)]]);
    const { slots } = await prover.prove([keys(2), keys(9), keys(1)]);
    const values = slots.map(({ batch, status }) => [batch.value, status.value]);
    expect(values).to.deep.equal([
      [word(12), word(77)],
      [word(0), word(0)],
      [word(11), word(0)],
    ]);
  });

  it("asks once for a slot that several keys share, and for the head and its header once a block", async () => {
    await chain.mine([[batchSlot(word(1), keccak), word(11)]]);
    const shared = [keys(1), { root: word(1), leaf: word(55) }];
    const proof = await prover.prove(shared);
    expect(proof.slots[0]?.batch).to.deep.equal(proof.slots[1]?.batch);
    const slotsOf = asked.flat().find(({ method }) => method === "eth_getProof")?.params[1];
    expect(slotsOf).to.have.length(3);
    asked = [];
    await Promise.all([prover.prove([keys(1)]), prover.prove([keys(1)])]);
    const methods = asked.flat().map(({ method }) => method);
    expect(methods.toSorted()).to.deep.equal([
      ...["eth_getBlockByNumber", "eth_getBlockByNumber", "eth_getProof", "eth_getProof"],
    ]);
  });

  it("proves an older block while the node goes on", async () => {
    const block = await prover.newest();
    await chain.mine([[batchSlot(word(1), keccak), word(11)]]);
    expect((await prover.prove([keys(1)], block)).slots[0]?.batch.value).to.equal(word(0));
    expect((await prover.prove([keys(1)])).slots[0]?.batch.value).to.equal(word(11));
  });

  for (const [what, lie] of [
    ["another balance", (answer) => ({ ...answer, balance: "0x5" })],
    ["another storage root", (answer) => ({ ...answer, storageHash: word(5) })],
    ["no nodes of the account", (answer) => ({ ...answer, accountProof: [] })],
    ["fewer slots than were asked for", (answer) => ({ ...answer, storageProof: [] })],
    ["another value", (answer) => withSlot(answer, { value: "0x5" })],
    ["nothing where there is something", (answer) => withSlot(answer, { value: "0x0" })],
    ["a slot without its nodes", (answer) => withSlot(answer, { proof: [] })],
    ["a value that is no quantity", (answer) => withSlot(answer, { value: 5 })],
    ["no object", () => "0x"],
  ] satisfies readonly [string, PretendedChain["lie"]][]) {
    it(`NODE_ANSWER: ${what}`, async () => {
      await chain.mine([[batchSlot(word(1), keccak), word(11)]]);
      chain.lie = lie;
      expect(await codeOf(prover.prove([keys(1)]))).to.equal("NODE_ANSWER");
    });
  }

  it("NODE_UNREACHABLE: and asks again the next time", async () => {
    chain.isDown = true;
    expect(await codeOf(prover.prove([keys(1)]))).to.equal("NODE_UNREACHABLE");
    chain.isDown = false;
    expect((await prover.prove([keys(1)])).slots).to.have.length(1);
  });
});

function withSlot(answer: Record<string, unknown>, change: object): unknown {
  const [first, ...rest] = answer["storageProof"] as object[];
  return { ...answer, storageProof: [{ ...first, ...change }, ...rest] };
}
