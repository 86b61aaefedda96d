import { expect } from "chai";
import { examineGateway } from "../../../scripts/doctor/gateway.ts";
import { examineMetrics, readMetrics } from "../../../scripts/doctor/metrics.ts";
import { codesOf, findingOf, readyChecks, startPretendedGateway, type PretendedGateway } from "./pretended.ts";

describe("the doctor on a gateway", () => {
  let gateway: PretendedGateway;
  before(async () => (gateway = await startPretendedGateway()));
  after(() => gateway.close());

  const look = (isHeld: boolean | null = null) =>
    examineGateway({ url: gateway.url, now: Date.now, facts: null, isHeld });
  function ready(checks: Partial<typeof readyChecks>, state = "up", shortage: object | null = null): void {
    const chain = { state, headAgeSeconds: 44.4, shortage };
    const body = { ready: false, checks: { ...readyChecks, ...checks }, chain };
    gateway.answers["/readyz"] = { status: 503, body };
  }

  it("finds nothing wrong with one that is ready", async () => {
    const { findings, facts } = await look(true);
    expect(codesOf(findings)).to.deep.equal(["GATEWAY_ANSWERS", "GATEWAY_READY", "BACKLOG_MOVES", "ALARMS_NONE"]);
    expect(facts?.ledger).to.equal(null);
    expect(facts?.trust).to.equal(null);
    expect(Math.abs(facts?.ahead ?? 99)).to.be.below(5);
  });

  it("says which check of /readyz fails", async () => {
    const cases = [
      [{ accepting: false }, "up", "GATEWAY_STOPPING"],
      [{ store: false }, "up", "GATEWAY_STORE_FAILS"],
      [{ chain: false }, "unreachable", "GATEWAY_WITHOUT_CHAIN"],
      [{ chain: false }, "standing-still", "GATEWAY_CHAIN_STILL"],
      [{ backlog: false }, "up", "GATEWAY_BACKLOG_FULL"],
    ] as const;
    for (const [checks, state, code] of cases) {
      ready(checks, state);
      const { findings } = await look();
      expect(codesOf(findings)).to.include(code).and.not.include("GATEWAY_READY");
    }
    ready({ store: false, chain: false, backlog: false }, "standing-still");
    const codes = codesOf((await look()).findings);
    expect(codes).to.include.members(["GATEWAY_STORE_FAILS", "GATEWAY_CHAIN_STILL", "GATEWAY_BACKLOG_FULL"]);
    ready({ signers: false }, "up", { wanted: 5, of: 4 });
    const { findings } = await look();
    expect(findingOf(findings, "GATEWAY_SIGNERS_SHORT").params).to.deep.equal({ wanted: 5, of: 4 });
    expect(codesOf(findings)).not.to.include("GATEWAY_READY");
    gateway.answers["/readyz"] = { status: 200, body: "<html>" };
    expect(codesOf((await look()).findings)).to.include("NOT_LOOKED_AT");
  });

  it("reads ledger and clock of one that tells them", async () => {
    const ledger = { chainId: 7, genesisHash: "0xaa", address: "0xbb" };
    gateway.answers["/v1/ledger"] = { status: 200, body: { ledger, records: {} } };
    gateway.ahead = -90;
    const { facts } = await look();
    gateway.ahead = 0;
    expect(facts?.ledger).to.include(ledger);
    expect(facts?.ahead).to.be.within(-95, -85);
  });

  it("tells one that does not run from one that hangs, and from one on another folder", async () => {
    expect(codesOf((await look(false)).findings)).to.include("GATEWAY_ELSEWHERE");
    gateway.answers["/healthz"] = { status: 502, body: {} };
    expect(codesOf((await look(false)).findings)).to.deep.equal(["GATEWAY_SILENT"]);
    const { findings, facts } = await look(true);
    expect(codesOf(findings)).to.deep.equal(["GATEWAY_HANGS"]);
    expect(facts).to.equal(null);
    const url = "http://127.0.0.1:1";
    const nobody = await examineGateway({ url, now: Date.now, facts: null, isHeld: null });
    expect(codesOf(nobody.findings)).to.deep.equal(["GATEWAY_SILENT"]);
  });
});

describe("the doctor on metrics", () => {
  const alarms =
    '# HELP x y\nhufu_alarms_total{code="BLOCKS_LOST"} 2\nhufu_alarms_total{code="A"} 0\nhufu_orders_lost_total 3\n';

  it("reads samples with their labels, and passes over the rest", () => {
    const samples = readMetrics('# TYPE a counter\na{b="c",d="e f"} 1.5\n\nnone\nz 2\n');
    expect(samples).to.deep.equal([
      { name: "a", labels: { b: "c", d: "e f" }, value: 1.5 },
      { name: "z", labels: {}, value: 2 },
    ]);
  });

  it("tells alarms by their codes, and lost orders", () => {
    const findings = examineMetrics(alarms, null, 0);
    expect(findingOf(findings, "ALARMS_RAISED").params["alarms"]).to.equal("BLOCKS_LOST × 2");
    expect(findingOf(findings, "ORDERS_LOST").params["orders"]).to.equal(3);
  });

  it("judges a backlog by its age, not by its size", () => {
    const at = (seconds: number): string =>
      examineMetrics("", { records: 9, since: 1_000_000 }, 1_000_000 + 1000 * seconds)[0]!.code;
    expect([0, 60, 61, 600, 601].map(at)).to.deep.equal([
      ...["BACKLOG_MOVES", "BACKLOG_MOVES", "BACKLOG_OLD", "BACKLOG_OLD", "BACKLOG_STUCK"],
    ]);
    const unknownAge = examineMetrics("hufu_backlog_records 12\n", null, 0);
    expect(findingOf(unknownAge, "BACKLOG_MOVES").params).to.deep.equal({ records: 12, seconds: 0 });
  });

  it("says that there were none", () => {
    expect(codesOf(examineMetrics(null, null, 0))).to.deep.equal(["NOT_LOOKED_AT"]);
  });
});
