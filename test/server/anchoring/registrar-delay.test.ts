import { expect } from "chai";
import { setTimeout as pause } from "node:timers/promises";

import { bytesToHex } from "../../../core/bytes.ts";
import { loadContracts } from "../../../server/chain/ledger-contracts.ts";
import { agencyHex } from "../../../server/chain/slots.ts";
import { agencies, market, openDesk, type Desk } from "./desk.ts";
import { checkWholeLedger } from "./whole-ledger.ts";

const land = "12440310XX0001089K";
const later = [...agencies, { uscc: land, name: "坪山示例土地整备事务中心（虚构）", kinds: 8, oversight: {} }];
const days = (count: number): number => count * 86_400;

describe("the registrar of a chain of others", function () {
  this.timeout(120_000);
  const { accessManager, agencies: register } = loadContracts();
  let desk: Desk;
  const alarms: string[] = [];
  before(async () => {
    desk = await openDesk({ idle: true });
    await desk.restart({ isEmbedded: false });
    await desk.anchoring().ready();
  });
  beforeEach(() => alarms.splice(0));
  after(() => desk.close());

  async function ask(to: "accessManager" | "agencies", name: string, ...args: unknown[]): Promise<unknown[]> {
    const { interface: contract } = to === "agencies" ? register : accessManager;
    const call = { to: desk.anchoring().addresses[to], data: contract.encodeFunctionData(name, args) };
    return [...contract.decodeFunctionResult(name, String(await desk.chain.rpc.call("eth_call", call, "latest")))];
  }
  const isEnrolled = async (): Promise<unknown> => (await ask("agencies", "rightsOf", agencyHex(land)))[2];
  /** The orders of the setup that are open, by their last error's code. */
  async function waiting(): Promise<string[]> {
    const rows = await desk.store.db
      .selectFrom("orders")
      .select("error")
      .where("type", "=", "setup")
      .where("state", "in", ["waiting", "sent"])
      .execute();
    return rows.map(({ error }) => (error ?? "").split(":")[0] ?? "");
  }

  it("enrols the first agencies at once, and has two days' delay from then on", async () => {
    const { registrar } = desk.accounts;
    expect(await ask("accessManager", "hasRole", 1, registrar.address)).to.deep.equal([true, BigInt(days(2))]);
    expect(await waiting()).to.deep.equal([]);
  });

  it("announces a later change, keeps nobody waiting for it, and makes it when its time has come", async () => {
    await desk.restart({ isEmbedded: false, agencies: later, hooks: { alarm: (code) => alarms.push(code) } });
    await desk.anchoring().ready();
    const announced = async (): Promise<boolean> => {
      const codes = await waiting();
      return codes.length > 1 && codes.every((code) => code === "AccessManagerNotReady");
    };
    while (!(await announced())) await pause(50);
    const [record] = await desk.post(market, 1, 1);
    expect(await desk.anchoring().waitFor(bytesToHex(record!.digest), 60_000)).to.equal(true);
    expect(await isEnrolled()).to.equal(false);
    expect(alarms).to.deep.equal([]);

    await desk.chain.rpc.call("evm_increaseTime", days(2) + 1);
    // A restart tries at once.
    await desk.restart({ isEmbedded: false, agencies: later });
    while ((await waiting()).length > 0) await pause(50);
    expect(await isEnrolled()).to.equal(true);
    await desk.post(land, 3, 2);
    await desk.settled();
    await checkWholeLedger(desk);
  });
});
