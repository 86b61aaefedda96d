import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { createPatientRpc } from "../../../scripts/audit/patient-rpc.ts";
import type { AuditInput } from "../../../scripts/audit/input.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import { fillLedger, type FilledLedger } from "./filled-ledger.ts";
import { sendHalf, sendStatus, startLyingNode, type Call, type LyingNode } from "./lying-node.ts";
import { blockOfAnotherFork } from "./other-fork.ts";
import { expectDivergence, expectFault, runAudit } from "./run.ts";

describe("auditing a node that lies or fails", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  let node: LyingNode;
  const told: string[] = [];
  before(async () => {
    ledger = await fillLedger();
    node = await startLyingNode(ledger.chain.url, 300);
  });
  after(async () => {
    await node.close();
    await ledger.chain.end();
  });
  beforeEach(() => {
    node.honest();
    told.length = 0;
  });

  function run(other: Partial<AuditInput> = {}): Promise<AuditReport> {
    const quick = { pauses: [1, 1], turns: 3, sleep: () => sleep(1), tell: (sentence: string) => told.push(sentence) };
    const { trust } = ledger.chain;
    return runAudit({ rpc: createPatientRpc(node.rpc, quick), trust, allHeaders: true, ...other });
  }
  const is = (method: string) => (calls: readonly Call[]) => calls.some((call) => call.method === method);
  function lieOf(method: string, lie: (result: never, params: readonly unknown[]) => unknown): void {
    node.lie = (call, result) => (call.method === method ? lie(result as never, call.params) : result); // as: the test knows
  }

  it("agrees with one that is honest", async () => {
    const report = await run();
    expect([report.outcome, report.error]).to.deep.equal(["AGREES", null]);
    expect(report.proven).to.deep.include({ codes: 4, heads: true, blocksOfEvents: 7, seals: null });
    expect(report.proven.headers).to.deep.include({ to: report.blocks.to });
  });

  it("names it too fast, busy, slow, cut off, for what it is, after asking again", async () => {
    const failures: Record<string, LyingNode["fail"]> = {
      NODE_TOO_FAST: (response) => sendStatus(response, 429, "3"),
      NODE_BUSY: (response) => sendStatus(response, 503),
      NODE_SLOW: () => true,
      NODE_TRUNCATED: sendHalf,
      NODE_UNREACHABLE: (response) => sendStatus(response, 401),
    };
    for (const [code, fail] of Object.entries(failures)) {
      node.fail = (response, calls) => is("eth_getLogs")(calls) && fail(response, calls);
      await expectFault(run(), code);
    }
    expect(told.filter((sentence) => sentence.includes("429"))).to.have.length(3);
  });

  it("goes on where it was only for a while too fast, busy, or cut off", async () => {
    let failures = 0;
    for (const fail of [
      (response: Parameters<LyingNode["fail"]>[0]) => sendStatus(response, 429, "0"),
      (response: Parameters<LyingNode["fail"]>[0]) => sendStatus(response, 503, new Date(0).toUTCString()),
      sendHalf,
    ]) {
      node.fail = (response) => failures++ % 2 === 0 && fail(response);
      expect((await run()).outcome).to.equal("AGREES");
    }
  });

  it("names answers that leave something out", async () => {
    node.fail = (response, calls) => {
      if (!is("eth_getProof")(calls)) return false;
      response.setHeader("content-type", "application/json").end("[]");
      return true;
    };
    await expectFault(run(), "NODE_TRUNCATED");
  });

  it("names blocks that it leaves out", async () => {
    const omit = (blocks: readonly string[]) =>
      lieOf("eth_getBlockByNumber", (block, [number]) => (blocks.includes(String(number)) ? null : block));
    omit(["0x4"]); // has events
    await expectFault(run(), "NODE_OMITS_BLOCKS");
    omit(["0x1"]); // has none, and is looked at with all headers alone
    await expectFault(run(), "NODE_OMITS_BLOCKS");
  });

  it("names answers of another fork", async () => {
    const other = `0x${"9".repeat(64)}`;
    lieOf("eth_getLogs", (logs: { blockNumber: string }[]) =>
      logs.map((log) => (log.blockNumber === "0x4" ? { ...log, blockHash: other } : log)),
    );
    await expectFault(run(), "NODE_FORKED");
    // A whole block of another fork: a header that hashes to its hash, and is no child of the one before.
    lieOf("eth_getBlockByNumber", (block, [number]) => (number === "0x1" ? blockOfAnotherFork(1) : block));
    await expectFault(run(), "NODE_FORKED");
  });

  it("names blocks that contradict a checkpoint, though it shows the checkpoint's own block when it is asked first", async () => {
    const head = Number(await ledger.chain.rpc.call("eth_blockNumber"));
    // One with events, and the one whose state is proven.
    for (const blockNumber of [ledger.decision.blockNumber, head]) {
      const published = blockOfAnotherFork(blockNumber);
      const checkpoints = [{ blockNumber, blockHash: published.hash }];
      const trust = { ...ledger.chain.trust, checkpoints };
      const names = { block: blockNumber };
      await expectDivergence(run({ trust, allHeaders: false }), "CHECKPOINT_DIFFERS", names);
      let asked = 0;
      const number = `0x${blockNumber.toString(16)}`;
      lieOf("eth_getBlockByNumber", (block, [at]) => (at === number && asked++ === 0 ? published : block));
      await expectDivergence(run({ trust, allHeaders: false }), "CHECKPOINT_DIFFERS", names);
      expect(asked).to.be.greaterThan(1);
      node.honest();
      // What only claims to be that block is no answer.
      lieOf("eth_getBlockByNumber", (block: object, [at]) =>
        at === number ? { ...block, hash: published.hash } : block,
      );
      await expectFault(run({ trust, allHeaders: false }), "NODE_ANSWER");
      node.honest();
    }
  });

  it("does not believe a header that hashes to something else", async () => {
    lieOf("eth_getBlockByNumber", (block: object) => ({ ...block, stateRoot: `0x${"9".repeat(64)}` }));
    node.fail = (response, calls) => is("debug_getRawHeader")(calls) && sendStatus(response, 404);
    const report = await run();
    expect(report.outcome).to.equal("ERROR");
    expect(report.error?.code).to.be.oneOf(["NODE_ANSWER", "NODE_UNREACHABLE"]);
  });

  it("does not believe a state that is not its block's", async () => {
    const proofLie = (change: (proof: Proof) => object): Promise<void> => {
      lieOf("eth_getProof", (proof: Proof) => ({ ...proof, ...change(proof) }));
      return expectDivergence(run(), "STATE_NOT_PROVEN");
    };
    await proofLie(({ balance }) => ({ balance: `0x${(BigInt(balance) + 1n).toString(16)}` }));
    await proofLie(() => ({ codeHash: `0x${"9".repeat(64)}` }));
    await proofLie(({ storageProof }) => ({ storageProof: storageProof.map((slot) => ({ ...slot, value: "0x1" })) }));
    await proofLie(({ accountProof }) => ({ accountProof: accountProof.slice(1) }));
  });

  it("names code that is not the published one, though the node says that it is", async () => {
    const { trust } = ledger.chain;
    const contracts = {
      ...trust.contracts,
      ledger: { ...trust.contracts.ledger, codeHash: `0x${"9".repeat(64)}` },
    } as const;
    const { rpc } = ledger.chain;
    const code = await rpc.call("eth_getCode", trust.contracts.agencies.address, "latest");
    const codeHash = trust.contracts.agencies.codeHash;
    lieOf("eth_getCode", (result, [address]) => (address === trust.contracts.ledger.address ? code : result));
    const replaced = { ...contracts, ledger: { ...contracts.ledger, codeHash } };
    await expectDivergence(runAudit({ rpc: node.rpc, trust: { ...trust, contracts: replaced } }), "CODE_DIFFERS", {
      contract: "ledger",
      block: Number(await rpc.call("eth_blockNumber")),
    });
  });

  it("says of a node that proves nothing, or no longer, that it cannot be used", async () => {
    const refuse = (code: number, message: string): void => {
      node.fail = (response, calls) => {
        if (!is("eth_getProof")(calls)) return false;
        const answers = calls.map(({ id }) => ({ jsonrpc: "2.0", id, error: { code, message } }));
        response.setHeader("content-type", "application/json").end(JSON.stringify(answers));
        return true;
      };
    };
    refuse(-32601, "the method eth_getProof does not exist/is not available");
    await expectFault(run(), "NODE_WITHOUT_PROOFS");
    refuse(-32000, "missing trie node");
    await expectFault(run(), "NODE_FORGOT_STATE");
  });
});

interface Proof {
  readonly balance: string;
  readonly accountProof: readonly string[];
  readonly storageProof: readonly object[];
}
