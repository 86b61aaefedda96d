import { expect } from "chai";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import { startFakeGateway, type FakeGateway } from "./fake-gateway.ts";
import { fillLedger, justice, market, type FilledLedger } from "./filled-ledger.ts";
import { runAudit } from "./run.ts";

describe("auditing a gateway", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  let gateway: FakeGateway;
  before(async () => {
    ledger = await fillLedger();
  });
  after(() => ledger.chain.end());
  beforeEach(async () => {
    gateway = await startFakeGateway(ledger);
  });
  afterEach(() => gateway.close());

  function run(): Promise<AuditReport> {
    const { rpc, trust } = ledger.chain;
    return runAudit({ rpc, trust, gateway: gateway.url, gatewayPatience: [1, 1] });
  }
  function change(digest: string, other: Record<string, unknown>): void {
    gateway.views.set(digest, { ...gateway.views.get(digest), ...other });
  }
  async function expectDivergence(code: string, names: object = {}): Promise<void> {
    const { divergence, error } = await run();
    expect(error).to.equal(null);
    expect(divergence).to.include({ code });
    expect(divergence?.names).to.include(names);
  }

  it("agrees with one that shows what the chain holds", async () => {
    const report = await run();
    expect(report.divergence).to.equal(null);
    expect(report).to.deep.include({ outcome: "AGREES", error: null });
    expect(report.compared).to.include({ recordsAtGateway: 7 });
  });

  it("names a record that it does not have", async () => {
    gateway.views.delete(ledger.decision.digest);
    await expectDivergence("GATEWAY_RECORD_MISSING", { digest: ledger.decision.digest, agency: justice });
  });

  it("names a record that it shows under another agency, kind, root or block, or as not anchored", async () => {
    const { digest, recordId, root, blockNumber } = ledger.successor;
    const good = gateway.views.get(digest) ?? {};
    const others = [
      { agency: { uscc: justice } },
      { kind: "land-agreement" },
      { anchor: { root: ledger.decision.root, blockNumber } },
      { anchor: { root, blockNumber: blockNumber + 1 } },
      { anchor: null },
    ];
    for (const other of others) {
      gateway.views.set(digest, good);
      change(digest, other);
      await expectDivergence("GATEWAY_RECORD_DIFFERS", { digest, agency: market, recordId });
    }
  });

  it("names a record whose status it hides, invents or changes", async () => {
    const { withdrawn, successor } = ledger;
    const status = gateway.views.get(withdrawn.digest)?.["status"] as Record<string, unknown>; // as: the fake wrote it
    const inForce = gateway.views.get(successor.digest)?.["status"];
    for (const other of [
      inForce,
      { ...status, effect: "ENDED" },
      { ...status, version: 2 },
      { ...status, basis: "0".repeat(64) },
    ]) {
      change(withdrawn.digest, { status: other });
      await expectDivergence("GATEWAY_STATUS_DIFFERS", { digest: withdrawn.digest, recordId: withdrawn.recordId });
    }
    change(withdrawn.digest, { status });
    change(successor.digest, { status });
    await expectDivergence("GATEWAY_STATUS_DIFFERS", { digest: successor.digest });
  });

  it("names one that writes to another ledger, or counts less than the chain has", async () => {
    const { facts } = gateway;
    gateway.facts = { ...facts, ledger: { ...(facts["ledger"] as object), chainId: 1 } }; // as: the fake wrote it
    await expectDivergence("GATEWAY_LEDGER_DIFFERS");
    for (const fewer of [{ records: { accepted: 6 } }, { batches: 2 }, { statuses: 1 }]) {
      gateway.facts = { ...facts, ...fewer };
      await expectDivergence("GATEWAY_LEDGER_DIFFERS");
    }
  });

  it("asks a busy one again, and could not check one that gives no answer", async () => {
    gateway.busy = { status: 429, times: 3 };
    expect((await run()).outcome).to.equal("AGREES");
    gateway.busy = { status: 403, times: 1 };
    expect(await run()).to.deep.include({ outcome: "ERROR", divergence: null });
    gateway.facts = {};
    expect((await run()).outcome).to.equal("ERROR");
  });
});
