import { expect } from "chai";
import { AbiCoder, toBeHex } from "ethers";
import {
  anchor,
  changeOf,
  Effect,
  ethers,
  fixture,
  loadFixture,
  time,
  office,
  officeBatch,
  setStatus,
  someBasis,
} from "./fixture.ts";
import { digestsOf, hashOf, journalSeed } from "./hashes.ts";

const batch = officeBatch(digestsOf(5));

/** The slot of `key` in the mapping that lies in slot `position`. */
function slotOf(key: string, position: number): string {
  return hashOf(AbiCoder.defaultAbiCoder().encode(["bytes32", "uint256"], [key, position]));
}

/** Reads what a storage proof would prove. */
async function storageAt(address: string, slot: string): Promise<string> {
  return ethers.provider.send("eth_getStorageAt", [address, slot, "latest"]);
}

describe("Storage", () => {
  it("has the journal's head in slot 0 of both contracts", async () => {
    const { ledger, agencies } = await loadFixture(fixture);
    for (const contract of [ledger, agencies]) {
      expect(await storageAt(await contract.getAddress(), "0x0")).to.equal(await contract.journalHead());
    }
  });

  it("seeds the head with chain and address", async () => {
    const { ledger, domain } = await loadFixture(fixture);
    const address = await ledger.getAddress();
    expect(await storageAt(address, "0x0")).to.equal(journalSeed(domain.chainId, address));
  });

  it("has a batch in one slot of mapping slot 1: agency, kind, count, time, 32 zero bits", async () => {
    const hufu = await loadFixture(fixture);
    await anchor(hufu, batch);
    const at = await time.latest();
    const slot = await storageAt(await hufu.ledger.getAddress(), slotOf(batch.root, 1));
    expect(slot).to.equal(`${office}0100000005${toBeHex(at, 5).slice(2)}00000000`);
  });

  it("has a status in one slot of mapping slot 2: effect, version, time, 192 bits of the basis' hash", async () => {
    const hufu = await loadFixture(fixture);
    await anchor(hufu, batch);
    await setStatus(hufu, [changeOf(batch, 1)]);
    await setStatus(hufu, [changeOf(batch, 1, { version: 1, effect: Effect.WITHDRAWN })]);
    const at = await time.latest();
    const slot = await storageAt(await hufu.ledger.getAddress(), slotOf(batch.leaves[1] ?? "", 2));
    expect(slot).to.equal(`0x050002${toBeHex(at, 5).slice(2)}${hashOf(someBasis).slice(2, 50)}`);
  });

  it("leaves the slots after the mappings empty: they are the fallbacks of the EIP-712 name", async () => {
    const { ledger } = await loadFixture(fixture);
    for (const slot of ["0x1", "0x2", "0x3", "0x4", "0x5"]) {
      expect(BigInt(await storageAt(await ledger.getAddress(), slot))).to.equal(0n);
    }
  });
});

describe("EIP-712 domain", () => {
  it("is told by ERC-5267 as it is signed", async () => {
    const { ledger, domain } = await loadFixture(fixture);
    const told = await ledger.eip712Domain();
    expect([told.fields, told.name, told.version, told.chainId, told.verifyingContract]).to.deep.equal([
      "0x0f",
      domain.name,
      domain.version,
      domain.chainId,
      domain.verifyingContract,
    ]);
  });
});
