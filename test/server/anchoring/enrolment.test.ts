import { expect } from "chai";

import type { Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { deploymentBlock, orderSetup } from "../../../server/anchoring/enrolment.ts";
import { addressesOf, loadContracts } from "../../../server/chain/ledger-contracts.ts";
import type { EnrolledAgency } from "../../../server/chain/setup.ts";
import { parseStep } from "../../../server/chain/setup-step.ts";
import { savedAgencies } from "../../../server/store/agencies.ts";
import { countAll } from "../../../server/store/counts.ts";
import { openStore, type Store } from "../../../server/store/open.ts";
import { markDone, openSetupOrders, reopenAbove } from "../../../server/store/outbox.ts";
import { withFolder } from "../store/folder.ts";
import { agencies, credit, market } from "./desk.ts";

const contracts = loadContracts();
const account = (digit: string): Hex => `0x${digit.repeat(40)}`;
const accounts = { deployer: account("1"), registrar: account("2"), admin: account("3") };
const facts = { chainId: 7, genesisHash: account("4"), ledger: addressesOf(accounts.deployer).ledger };

function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const store = await openStore(folder);
    await work(store).finally(() => store.close());
  });
}

function order(store: Store, planned: readonly EnrolledAgency[]): Promise<void> {
  return orderSetup(store, { contracts, accounts, agencies: planned, signerOf: () => account("5") }, facts, 0);
}

async function openSteps(store: Store): Promise<string[]> {
  return (await openSetupOrders(store.db)).map(({ payload }) => parseStep(payload).step);
}

async function doAll(store: Store, blockNumber: number): Promise<void> {
  const place = { blockNumber, blockHash: new Uint8Array(32), blockTime: 0, transactionHash: null };
  for (const { id } of await openSetupOrders(store.db)) await store.write((tx) => markDone(tx, id, place));
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((error: unknown) => error);
  return error instanceof HufuError ? error.code : "no error";
}

describe("ordering the setup", () => {
  it("orders each step once, however often it starts", () =>
    withStore(async (store) => {
      await order(store, agencies);
      const first = await openSteps(store);
      expect(new Set(first).size).to.equal(first.length);
      await order(store, agencies);
      expect(await openSteps(store)).to.deep.equal(first);
    }));

  it("lets a changed step take the place of the one before, even when the chain begins again", () =>
    withStore(async (store) => {
      await order(store, agencies);
      await doAll(store, 5);
      await order(
        store,
        agencies.map((agency) => ({ ...agency, name: "改名" })),
      );
      expect(await openSteps(store)).to.deep.equal([`name of ${market}`, `name of ${credit}`]);
      await doAll(store, 6);
      await store.write((tx) => reopenAbove(tx, 0));
      const again = await openSteps(store);
      expect(new Set(again).size).to.equal(again.length);
      expect((await countAll(store.db)).refused, "nobody has to look at them").to.equal(0);
    }));

  it("ends rights that the plan no longer names, and orders that only once", () =>
    withStore(async (store) => {
      await order(store, agencies);
      await doAll(store, 5);
      const alone = agencies.filter(({ uscc }) => uscc === market);
      await order(store, alone);
      expect(await openSteps(store)).to.deep.equal([`kinds of ${credit}`, `oversight of ${credit} over ${market}`]);
      await doAll(store, 6);
      await order(store, alone);
      expect(await openSteps(store)).to.deep.equal([]);
      const saved = await savedAgencies(store.db);
      expect(saved.map(({ uscc, kinds, oversight }) => ({ uscc, kinds, oversight }))).to.have.deep.members([
        { uscc: market, kinds: agencies[0]!.kinds, oversight: {} },
        { uscc: credit, kinds: 0, oversight: {} },
      ]);
    }));

  it("throws CHAIN_MISMATCH for another chain, and for another keystore", () =>
    withStore(async (store) => {
      await order(store, agencies);
      const plan = { contracts, accounts, agencies, signerOf: () => account("5") };
      for (const other of [{ chainId: 8 }, { genesisHash: account("6") }, { ledger: account("6") }])
        expect(await codeOf(orderSetup(store, plan, { ...facts, ...other }, 0))).to.equal("CHAIN_MISMATCH");
    }));

  it("knows the block of the deployment once there is one", () =>
    withStore(async (store) => {
      expect(await deploymentBlock(store)).to.equal(null);
      await order(store, agencies);
      expect(await deploymentBlock(store)).to.equal(null);
      await doAll(store, 5);
      expect(await deploymentBlock(store)).to.equal(5);
    }));

  it("refuses a step that it did not write", () => {
    for (const payload of [null, "null", "{}"]) expect(() => parseStep(payload)).to.throw(HufuError);
  });
});
