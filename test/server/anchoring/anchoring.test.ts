import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

import { bytesToHex, hexToBytes, to0x } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import { nobleRecover } from "../../../core/proofs/signature.ts";
import { followTrust } from "../../../core/trust/anchor.ts";
import { parseTrustText } from "../../../core/trust/bundle.ts";
import { openTrust } from "../../../server/desk/trust-file.ts";
import { loadContracts } from "../../../server/chain/ledger-contracts.ts";
import { agencyHex } from "../../../server/chain/slots.ts";
import { savedAgencies } from "../../../server/store/agencies.ts";
import { credit, market, openDesk, trustedChainOf, type Desk } from "./desk.ts";
import { checkWholeLedger } from "./whole-ledger.ts";

describe("anchoring", function () {
  this.timeout(120_000);
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
    await desk.anchoring().ready();
  });
  after(() => desk.close());

  const register = loadContracts().agencies.interface;
  /** What the register on the chain answers. */
  async function ask(name: string, ...codes: string[]): Promise<unknown> {
    const data = register.encodeFunctionData(
      name,
      codes.map((code) => agencyHex(code)),
    );
    const call = { to: desk.anchoring().addresses.agencies, data };
    return register.decodeFunctionResult(name, String(await desk.chain.rpc.call("eth_call", call, "latest")))[0];
  }

  it("anchors what was accepted and says when", async () => {
    const [record] = await desk.post(market, 1, 7);
    expect(await desk.anchoring().waitFor(bytesToHex(record!.digest), 60_000)).to.equal(true);
    await desk.settled();
    await checkWholeLedger(desk);
  });

  it("answers false when it took longer than somebody waits, or the record is unknown", async () => {
    expect(await desk.anchoring().waitFor("ab".repeat(32), 30)).to.equal(false);
  });

  it("sets statuses in their order, by the agency itself and by its overseer", async () => {
    const [record] = await desk.post(market, 1, 3);
    await desk.decide(credit, record!, "ANNOTATED");
    await desk.decide(credit, record!, "ENDED");
    const last = await desk.decide(market, record!, "WITHDRAWN");
    expect(await desk.anchoring().waitFor(bytesToHex(last.digest), 60_000)).to.equal(true);
    const rows = await desk.store.db
      .selectFrom("statuses")
      .select(["version", "effect", "actor"])
      .where("leaf", "=", record!.leaf)
      .orderBy("version")
      .execute();
    expect(rows).to.deep.equal([
      { version: 1, effect: 2, actor: credit },
      { version: 2, effect: 3, actor: credit },
      { version: 3, effect: 5, actor: market },
    ]);
    await desk.settled();
    await checkWholeLedger(desk);
  });

  it("publishes what an auditor needs, and the same again while nothing changes", async () => {
    const { folder, store, keccak } = desk;
    const chain = await trustedChainOf(desk);
    const { addresses } = desk.anchoring();
    const file = join(folder, "trust.json");
    const open = (): ReturnType<typeof openTrust> =>
      openTrust({ file, store, chain, keccak, addresses, now: () => performance.now() });
    const trust = await open()();
    expect(trust).to.include({ version: 1, chainId: chain.chainId });
    expect(trust.consensus).to.deep.equal({ type: "development", sealer: desk.accounts.sealer.address });
    expect(trust.agencies.map(({ uscc }) => uscc)).to.deep.equal([market, credit]);
    expect(followTrust(trust, { keccak, recover: nobleRecover }).isGatewayAlone).to.equal(true);
    const codeAt = (block: number): Promise<unknown> =>
      chain.rpc.call("eth_getCode", trust.contracts.ledger.address, `0x${block.toString(16)}`);
    expect(await codeAt(trust.deploymentBlock - 1)).to.equal("0x");
    const code = String(await codeAt(trust.deploymentBlock));
    expect(trust.contracts.ledger.codeHash).to.equal(to0x(keccak.hash(hexToBytes(code))));
    const text = readFileSync(file, "utf8");
    expect(parseTrustText(text)).to.deep.equal(trust);
    await desk.post(market, 1, 1);
    await desk.settled();
    expect(await open()()).to.deep.equal(trust);
    expect(readFileSync(file, "utf8")).to.equal(text);
    writeFileSync(file, "{");
    await open()();
    expect(parseTrustText(readFileSync(file, "utf8"))).to.deep.include({ contracts: trust.contracts });
  });

  it("leaves the deployer without any right", async () => {
    const { addresses } = desk.anchoring();
    const contracts = loadContracts();
    const manager = contracts.accessManager.interface;
    const has = async (role: number, account: string): Promise<unknown> => {
      const data = manager.encodeFunctionData("hasRole", [role, account]);
      const answer = await desk.chain.rpc.call("eth_call", { to: addresses.accessManager, data }, "latest");
      return manager.decodeFunctionResult("hasRole", String(answer))[0];
    };
    const { deployer, registrar, admin } = desk.accounts;
    expect([await has(0, deployer.address), await has(1, deployer.address)]).to.deep.equal([false, false]);
    expect([await has(0, admin.address), await has(1, registrar.address)]).to.deep.equal([true, true]);
    expect(await has(0, registrar.address)).to.equal(false);
  });

  it("tells how far it has come", async () => {
    await desk.post(market, 1, 1);
    await desk.settled();
    await new Promise((resolve) => setTimeout(resolve, 700));
    const { backlog, head, chainUp } = desk.anchoring().progress();
    expect({ backlog, chainUp }).to.deep.equal({ backlog: 0, chainUp: true });
    expect(head?.blockNumber).to.be.greaterThan(7);
  });

  it("finds everything as it was after a restart, and sends nothing again", async () => {
    const before = await desk.store.db.selectFrom("attempts").select("id").execute();
    await desk.restart();
    await desk.anchoring().ready();
    await desk.post(credit, 3, 4);
    await desk.settled();
    const after = await desk.store.db.selectFrom("attempts").select("id").execute();
    expect(after.length).to.equal(before.length + 1);
    await checkWholeLedger(desk);
  });

  it("enrols an agency that came later, and carries a changed name and new oversight to the chain", async () => {
    const { agencies } = await import("./desk.ts");
    const land = "12440310XX0001089K";
    const changed = agencies.map((agency) => ({ ...agency, name: `${agency.name}二`, oversight: { [land]: 4 } }));
    const later = [...changed, { uscc: land, name: "坪山示例土地整备事务中心（虚构）", kinds: 8, oversight: {} }];
    await desk.restart({ agencies: later });
    await desk.anchoring().ready();
    expect(await ask("nameOf", market)).to.equal("坪山示例市场监管局（虚构）二");
    await desk.post(land, 3, 1);
    await desk.settled();
    await checkWholeLedger(desk);
  });

  it("takes back what the plan no longer names, leaves what was written, and gives it again", async () => {
    const { agencies } = await import("./desk.ts");
    await desk.restart();
    await desk.anchoring().ready();
    expect([await ask("rightsOf", credit), await ask("oversightOf", credit, market)]).to.deep.equal([
      0b11110n,
      0b1110n,
    ]);
    await desk.restart({ agencies: agencies.filter(({ uscc }) => uscc === market) });
    await desk.anchoring().ready();
    expect([await ask("rightsOf", credit), await ask("oversightOf", credit, market)]).to.deep.equal([0n, 0n]);
    const [row] = (await savedAgencies(desk.store.db)).filter(({ uscc }) => uscc === credit);
    expect(row).to.include({ kinds: 0, name: agencies[1]!.name }).and.have.deep.property("oversight", {});
    await desk.restart();
    await desk.anchoring().ready();
    expect([await ask("rightsOf", credit), await ask("oversightOf", credit, market)]).to.deep.equal([
      0b11110n,
      0b1110n,
    ]);
    await checkWholeLedger(desk);
  });

  it("goes on for everybody else while one agency cannot be enrolled", async () => {
    const { agencies } = await import("./desk.ts");
    const alarms: string[] = [];
    const malformed = { uscc: "11440310xx0001011n", name: "小写", kinds: 2, oversight: {} };
    await desk.restart({ agencies: [...agencies, malformed], hooks: { alarm: (code) => alarms.push(code) } });
    await desk.anchoring().ready();
    const [record] = await desk.post(market, 1, 1);
    expect(await desk.anchoring().waitFor(bytesToHex(record!.digest), 60_000)).to.equal(true);
    expect(alarms).to.include("AgenciesMalformedCode");
  });

  it("says that it was stopped to whoever waits for it to be ready", async () => {
    const cut = { call: () => Promise.reject(new Error("cut")), batch: () => Promise.reject(new Error("cut")) };
    let calls = 0;
    const { rpc } = desk.chain;
    await desk.restart({
      wrapRpc: () => ({ ...cut, batch: (list) => (calls++ === 0 ? rpc.batch(list) : cut.batch()) }),
    });
    const ready = desk.anchoring().ready();
    await desk.anchoring().stop();
    const error: unknown = await ready.catch((error: unknown) => error);
    expect(error).to.be.instanceOf(HufuError).with.property("code", "STOPPING");
  });
});
