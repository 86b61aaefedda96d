import { expect } from "chai";

import { to0x, utf8, type Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { addressesOf } from "../../../server/chain/ledger-contracts.ts";
import { readGenesisHash, readTrust } from "../../../server/chain/trust.ts";
import type { Rpc, RpcAnswer, RpcCall } from "../../../server/chain/rpc.ts";

const genesisHash: Hex = `0x${"ab".repeat(32)}`;
const addresses = addressesOf(`0x${"11".repeat(20)}`);
const facts = { chainId: 7, genesisHash, addresses, deploymentBlock: 3, publishedBy: "a test" };
const node = (answer: (call: RpcCall) => RpcAnswer): Rpc => ({
  call: () => Promise.reject(new Error("not asked")),
  batch: (calls) => Promise.resolve(calls.map(answer)),
});
const codeAt = (empty?: Hex): Rpc =>
  node(({ params: [address] }) => ({ ok: true, result: address === empty ? "0x" : to0x(utf8(String(address))) }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((error: unknown) => error);
  return error instanceof HufuError ? error.code : "no error";
}

describe("the trust bundle", () => {
  it("holds the hash of the code at each address", async () => {
    const bundle = await readTrust({ rpc: codeAt(), keccak: nobleKeccak, ...facts });
    const hashOf = (address: Hex): Hex => to0x(nobleKeccak.hash(utf8(address)));
    expect(bundle).to.deep.equal({
      ...{ format: "hufu-trust", version: 0, ...facts },
      codeHashes: {
        accessManager: hashOf(addresses.accessManager),
        agencies: hashOf(addresses.agencies),
        ledger: hashOf(addresses.ledger),
        p256Verifier: hashOf(addresses.p256Verifier),
      },
    });
  });

  it("is refused where a contract is missing, or the node does not tell", async () => {
    const read = (rpc: Rpc): Promise<unknown> => readTrust({ rpc, keccak: nobleKeccak, ...facts });
    expect(await codeOf(read(codeAt(addresses.ledger)))).to.equal("CHAIN_FAILED");
    expect(await codeOf(read(node(() => ({ ok: false, error: { code: 1, message: "no", data: null } }))))).to.equal(
      "NODE_REFUSED",
    );
    expect(await codeOf(read(node(() => ({ ok: true, result: "code" }))))).to.equal("NODE_ANSWER");
  });

  it("rests on the genesis block", async () => {
    const block = { number: "0x0", hash: genesisHash, parentHash: `0x${"00".repeat(32)}`, timestamp: "0x1" };
    expect(await readGenesisHash(node(() => ({ ok: true, result: block })))).to.equal(genesisHash);
    expect(await codeOf(readGenesisHash(node(() => ({ ok: true, result: null }))))).to.equal("CHAIN_FAILED");
  });
});
