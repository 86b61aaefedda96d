import { expect } from "chai";
import { concatBytes, hexToBytes } from "../../../core/bytes.ts";
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

  it("names every record that it lacks, and goes on to what else it shows otherwise", async () => {
    const { decision, successor, withdrawn } = ledger;
    for (const { digest } of [decision, successor]) gateway.views.delete(digest);
    gateway.facts = { ...gateway.facts, records: { accepted: 5 }, batches: 1 };
    const report = await run();
    expect(report.missing.inDatabase).to.equal(null);
    expect(report.missing.atGateway).to.deep.include({ count: 2 });
    expect(report.missing.atGateway?.first.map(({ digest }) => digest)).to.have.members([
      decision.digest,
      successor.digest,
    ]);
    expect(report.divergence).to.include({ code: "GATEWAY_RECORD_MISSING" });
    expect(report.compared).to.include({ recordsAtGateway: 5 });
    gateway.facts = { ...gateway.facts, records: { accepted: 4 } };
    await expectDivergence("GATEWAY_LEDGER_DIFFERS");
    change(withdrawn.digest, { anchor: null });
    await expectDivergence("GATEWAY_RECORD_DIFFERS", { digest: withdrawn.digest });
    // The comparison ended there: what was missed until then is not all that is missing.
    expect((await run()).missing.atGateway).to.equal(null);
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

describe("auditing a gateway that anchored records again", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  let gateway: FakeGateway;
  let again: { root: string; blockNumber: number };
  before(async () => {
    ledger = await fillLedger();
    gateway = await startFakeGateway(ledger);
    const { agency, kind } = ledger.superseded;
    const twice = [ledger.superseded, ledger.successor].map(({ digest }) => hexToBytes(digest));
    const root = await ledger.chain.anchor(agency, kind.id, concatBytes(...twice));
    await ledger.chain.mine();
    again = { root, blockNumber: Number(await ledger.chain.rpc.call("eth_blockNumber")) };
  });
  after(async () => {
    await gateway.close();
    await ledger.chain.end();
  });

  function run(): Promise<AuditReport> {
    const { rpc, trust } = ledger.chain;
    return runAudit({ rpc, trust, gateway: gateway.url, gatewayPatience: [] });
  }
  /** Audits while the gateway shows `record` in `anchor`. */
  async function shownIn(anchor: unknown, record = ledger.superseded): Promise<AuditReport> {
    const good = gateway.views.get(record.digest) ?? {};
    gateway.views.set(record.digest, { ...good, anchor });
    gateway.facts = { ...gateway.facts, batches: 4 };
    const report = await run();
    gateway.views.set(record.digest, good);
    return report;
  }

  it("agrees with the first batch and with the later one, which it counts", async () => {
    const first = await run();
    expect(first).to.deep.include({ outcome: "AGREES", error: null });
    expect(first.compared).to.include({ recordsAtGateway: 7 }).and.not.have.property("recordsInLaterBatches");
    const later = await shownIn(again);
    expect(later).to.deep.include({ outcome: "AGREES", error: null });
    expect(later.compared).to.include({ recordsAtGateway: 7, recordsInLaterBatches: 1 });
  });

  it("names a later batch in another block, and one that does not hold the record", async () => {
    const elsewhere = await shownIn({ ...again, blockNumber: ledger.superseded.blockNumber });
    expect(elsewhere.divergence).to.include({ code: "GATEWAY_RECORD_DIFFERS" });
    const { withdrawn } = ledger;
    const strange = await shownIn(again, withdrawn);
    expect(strange.divergence).to.include({ code: "GATEWAY_RECORD_DIFFERS" });
    expect(strange.divergence?.names).to.include({ digest: withdrawn.digest });
  });
});
