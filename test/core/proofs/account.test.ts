import { expect } from "chai";

import { verifyAccount, verifySlot } from "../../../core/proofs/account.ts";
import { faultOf } from "./fault-of.ts";
import { accountProof, accounts, emptyRoot, slotOf, slotProof } from "./tries.ts";

describe("proofs of a state", () => {
  it("prove every account", async () => {
    for (const account of accounts) verifyAccount(await accountProof(account));
    expect(new Set(accounts.map(({ account }) => account.nonce)).size).to.be.greaterThan(10);
  });

  it("prove every slot, and that others are empty", async () => {
    for (let index = 0; index < 160; index++) verifySlot(await slotProof(index));
  });

  it("prove that an account without storage has empty slots, and nothing else", async () => {
    const proof = { ...(await slotProof(100)), storageRoot: emptyRoot(), nodes: [] };
    verifySlot(proof);
    expect(faultOf(() => verifySlot({ ...proof, value: slotOf(1) }))).to.equal("SLOT_ABSENT");
  });

  it("are refused where a single bit of what is claimed was changed", async () => {
    const proof = await slotProof(1);
    for (let bit = 0; bit < 256; bit += 5) {
      const value = proof.value.slice();
      value[bit >> 3]! ^= 1 << (bit & 7);
      expect(faultOf(() => verifySlot({ ...proof, value }))).to.equal("SLOT_DIFFERS");
    }
    const claim = await accountProof(accounts[5]!);
    const { account } = claim;
    const others = [
      { ...account, nonce: account.nonce + 1n },
      { ...account, balance: account.balance << 8n },
      { ...account, storageRoot: account.codeHash },
      { ...account, codeHash: account.storageRoot },
    ];
    for (const other of others) {
      expect(faultOf(() => verifyAccount({ ...claim, account: other }))).to.equal("ACCOUNT_DIFFERS");
    }
  });
});
