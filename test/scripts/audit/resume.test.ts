import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { AuditInput } from "../../../scripts/audit/input.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import { failingAt, failures } from "./failing-file.ts";
import { fillLedger, type FilledLedger } from "./filled-ledger.ts";
import { startLyingNode, type LyingNode } from "./lying-node.ts";
import { expectDivergence, expectFault, runAudit, withoutTimes } from "./run.ts";

const script = join(import.meta.dirname, "../../../scripts/audit.ts");

describe("an audit that ended early", function () {
  this.timeout(120_000);
  let ledger: FilledLedger;
  let node: LyingNode;
  let folder: string;
  let whole: AuditReport;
  before(async () => {
    ledger = await fillLedger();
    await ledger.chain.rpc.call("anvil_mine", "0x3e8");
    node = await startLyingNode(ledger.chain.url);
    whole = await run({});
    expect(whole.outcome).to.equal("AGREES");
  });
  after(async () => {
    await node.close();
    await ledger.chain.end();
  });
  beforeEach(() => {
    node.honest();
    folder = mkdtempSync(join(tmpdir(), "hufu-audit-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(other: Partial<AuditInput>): Promise<AuditReport> {
    return runAudit({ rpc: node.rpc, trust: ledger.chain.trust, allHeaders: true, ...other });
  }
  async function expectSame(report: AuditReport | Promise<AuditReport>): Promise<void> {
    expect(withoutTimes(await report)).to.deep.equal(withoutTimes(whole));
  }

  it("goes on from what it kept, and asks for none of it again", async () => {
    const state = join(folder, "state");
    await expectSame(run({ state }));
    const asked: string[] = [];
    node.lie = ({ method }, result) => {
      asked.push(method);
      return result;
    };
    await expectSame(run({ state }));
    expect(asked).not.to.include("eth_getLogs");
    expect(asked.filter((method) => method === "eth_getBlockByNumber").length).to.be.lessThan(20);
  });

  it("ends the same whichever write fails, however it fails", async () => {
    const counter = failingAt(-1, "failed");
    const short = { allHeaders: false };
    const expected = await run({ ...short, state: join(folder, "count"), durable: counter.durable });
    expect(counter.writes()).to.be.greaterThan(6);
    for (const failure of failures) {
      for (let index = 0; index < counter.writes(); index++) {
        const state = join(folder, `${failure} ${index}`);
        const { durable, writes } = failingAt(index, failure);
        const report = await run({ ...short, state, durable });
        // How wide ranges become depends on which answer comes first: there may be one write less.
        if (writes() > index) await expectFault(Promise.resolve(report), "STATE_FAILED");
        expect(withoutTimes(await run({ ...short, state }))).to.deep.equal(withoutTimes(expected));
      }
    }
  });

  it("ends the same after kill -9 at any point", async () => {
    const trust = join(folder, "trust.json");
    writeFileSync(trust, JSON.stringify(ledger.chain.trust));
    const state = join(folder, "state");
    const out = join(folder, "report.json");
    const args = [
      "--rpc",
      node.url,
      "--trust",
      trust,
      "--state",
      state,
      "--out",
      out,
      "--all-headers",
      "--workers",
      "0",
    ];
    let requests = 0;
    let killAt = 1;
    let child = spawn(process.execPath, [script, ...args], { stdio: "ignore" });
    node.fail = () => {
      if (++requests < killAt) return false;
      child.kill("SIGKILL");
      return true;
    };
    for (let kills = 0; ; kills++) {
      const [code] = (await once(child, "exit")) as [number | null]; // as: how a child exits
      if (code !== null) {
        expect(code).to.equal(0);
        expect(kills).to.be.greaterThan(5);
        break;
      }
      requests = 0;
      killAt += 2;
      child = spawn(process.execPath, [script, ...args], { stdio: "ignore" });
    }
    await expectSame(JSON.parse(readFileSync(out, "utf8")) as AuditReport); // as: the report that was written
  });

  it("says how to go on when it is interrupted", async () => {
    const trust = join(folder, "trust.json");
    writeFileSync(trust, JSON.stringify(ledger.chain.trust));
    for (const state of [[], ["--state", join(folder, "state")]]) {
      const child = spawn(process.execPath, [script, "--rpc", node.url, "--trust", trust, ...state]);
      let said = "";
      child.stderr.on("data", (text: Buffer) => (said += text.toString()));
      node.lie = (call, result) => {
        // Once: a second signal ends it without a word.
        if (call.method === "eth_getLogs" && !child.killed) child.kill("SIGINT");
        return result;
      };
      const [code] = (await once(child, "close")) as [number | null]; // as: how a child ends
      expect(code, said).to.equal(130);
      expect(said).to.include(state.length === 0 ? "--state FOLDER" : "Run the same command again");
    }
  });

  it("is ended between two ranges by its signal", async () => {
    const controller = new AbortController();
    node.lie = (_call, result) => {
      controller.abort(new Error("enough"));
      return result;
    };
    expect((await run({ signal: controller.signal })).error).to.deep.include({ code: "INVARIANT" });
    await sleep(1);
  });

  it("fetches again what the chain has lost since", async () => {
    const state = join(folder, "state");
    const snapshot = await ledger.chain.rpc.call("evm_snapshot");
    await ledger.chain.rpc.call("anvil_mine", "0x10");
    expect((await run({ state })).outcome).to.equal("AGREES");
    await ledger.chain.rpc.call("evm_revert", snapshot);
    await ledger.chain.rpc.call("anvil_mine", "0x11", "0x7");
    const report = await run({ state });
    expect(report.outcome, JSON.stringify(report.error)).to.equal("AGREES");
    expect(report.blocks.to).to.equal((whole.blocks.to ?? 0) + 0x11);
    whole = await run({});
  });

  it("keeps nothing of a node whose events are not the chain's", async () => {
    const state = join(folder, "state");
    node.lie = (call, result) => (call.method === "eth_getLogs" ? [] : result);
    await expectDivergence(run({ state }), "EVENT_HIDDEN", { block: 2 });
    node.honest();
    await expectSame(run({ state }));
  });

  it("blames no honest node for what a liar before it said", async () => {
    const state = join(folder, "state");
    let proofs = 0;
    node.lie = ({ method }, result) => {
      // Its lie is kept, and the audit ends before it is found out.
      if (method === "eth_getProof" && ++proofs > 4) throw new Error("enough");
      return method === "eth_getLogs" ? [] : result;
    };
    expect((await run({ state })).outcome).to.equal("ERROR");
    node.honest();
    await expectSame(run({ state }));
  });

  it("is not gone on with for another trust file", async () => {
    const state = join(folder, "state");
    await run({ state });
    const { trust } = ledger.chain;
    const fingerprint = { ...trust.fingerprint, sha256: "ab".repeat(32) };
    await expectFault(run({ state, trust: { ...trust, fingerprint } }), "STATE_OF_ANOTHER");
  });
});
