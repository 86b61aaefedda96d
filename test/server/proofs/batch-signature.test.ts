import { expect } from "chai";
import { Wallet } from "ethers";

import { hexToBytes, type Hex } from "../../../core/bytes.ts";
import { encodeAnchor } from "../../../server/anchoring/anchor-transaction.ts";
import { loadContracts } from "../../../server/chain/ledger-contracts.ts";
import { batchSignatureOf } from "../../../server/proofs/batch-signature.ts";

const relayer = new Wallet(`0x${"77".repeat(32)}`);
const ledger = loadContracts().ledger.interface;

describe("the agency's signature in a transaction", () => {
  for (const [what, fees] of [
    ["of a chain without base fee", { type: 0, gasPrice: 0n }],
    ["of a chain with one", { type: 2, maxFeePerGas: 14n, maxPriorityFeePerGas: 0n }],
  ] as const) {
    for (const [whose, signer, signature] of [
      ["an address", `0x${"ab".repeat(20)}`, `0x${"cd".repeat(65)}`],
      ["a P-256 key in a verifier contract", `0x${"ab".repeat(84)}`, `0x${"cd".repeat(64)}`],
      ["an RSA key", `0x${"ab".repeat(279)}`, `0x${"cd".repeat(256)}`],
    ] satisfies readonly [string, Hex, Hex][]) {
      it(`${what}, by ${whose}, is read as it was sent`, async () => {
        for (const count of [1, 2, 500]) {
          const digests = new Uint8Array(32 * count).fill(0xee);
          const call = { agency: "11440310XX0001011N", kind: 1, digests, deadline: 1_795_625_834, signer, signature };
          const data = encodeAnchor(ledger.getFunction("anchor")!.selector, call);
          const raw = await relayer.signTransaction({
            ...fees,
            ...{ chainId: 7, nonce: 300, gasLimit: 700_000, to: relayer.address, data },
          });
          expect(batchSignatureOf(hexToBytes(raw))).to.deep.equal({ signer, deadline: 1_795_625_834, signature });
        }
      });
    }
  }
});
