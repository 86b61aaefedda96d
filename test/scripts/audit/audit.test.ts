import { expect } from "chai";
import { bytesToBase64 } from "../../../core/base64.ts";
import { bytesToHex, concatBytes, hexToBytes, to0x } from "../../../core/bytes.ts";
import { plainHash } from "../../../core/proofs/header.ts";
import { header } from "../../core/proofs/sealed-chain.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { topics } from "../../../core/ledger/abi.ts";
import { orderBatch } from "../../../core/ledger/merkle.ts";
import type { AuditInput } from "../../../scripts/audit/input.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import { sayReport } from "../../../scripts/audit/say-report.ts";
import type { Trust } from "../../../scripts/audit/trust.ts";
import type { Rpc, RpcCall } from "../../../server/chain/rpc.ts";
import { expectDivergence, expectFault, runAudit } from "./run.ts";
import { fillLedger, type FilledLedger, type HeldRecord } from "./filled-ledger.ts";
import { lyingRpc } from "./tampering.ts";

const zero = `0x${"0".repeat(64)}`;

describe("auditing a real chain", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  before(async () => {
    ledger = await fillLedger();
  });
  after(() => ledger.chain.end());

  function run(other: Partial<AuditInput> = {}): Promise<AuditReport> {
    const { rpc, trust } = ledger.chain;
    return runAudit({ rpc, trust, ...other });
  }
  function runAgainst(falsify: (call: RpcCall, result: unknown) => unknown): Promise<AuditReport> {
    return run({ rpc: lyingRpc(ledger.chain.rpc, falsify) });
  }
  it("agrees with what the contracts did, and says what it compared", async () => {
    const report = await run();
    expect(report.divergence).to.equal(null);
    expect(report.error).to.equal(null);
    expect(report.outcome).to.equal("AGREES");
    expect(report.replayed).to.deep.equal({ events: 12, batches: 3, records: 7, statusChanges: 2, agencies: 2 });
    expect(report.compared).to.deep.equal({ roots: 3, statuses: 2, agencies: 2 });
    expect(report.heads?.ledger).to.equal(
      await ledger.chain.rpc.call("eth_getStorageAt", ledger.chain.trust.contracts.ledger.address, zero, "latest"),
    );
    expect(sayReport(report)).to.include("AGREES").and.include("7 records in 3 batches");
  });

  it("asks for the block where the node does not write its time into logs", async () => {
    const report = await runAgainst(({ method }, result) => (method === "eth_getLogs" ? withoutTimes(result) : result));
    expect(report.outcome).to.equal("AGREES");
  });

  it("halves a range that the node refuses", async () => {
    const { rpc, trust } = ledger.chain;
    const spans: number[] = [];
    const narrow: Rpc = {
      ...rpc,
      batch: async (calls) => {
        const [first] = calls;
        if (first?.method !== "eth_getLogs") return rpc.batch(calls);
        const { fromBlock, toBlock } = first.params[0] as { fromBlock: string; toBlock: string }; // as: what logsBetween writes
        spans.push(Number(toBlock) - Number(fromBlock) + 1);
        if (spans.at(-1) !== 1)
          return [{ ok: false, error: { code: -32005, message: "too many results", data: null } }];
        return rpc.batch(calls);
      },
    };
    expect((await run({ rpc: narrow, trust })).outcome).to.equal("AGREES");
    expect(Math.max(...spans)).to.be.greaterThan(4);
  });

  it("names a node on another chain, another genesis, other code", async () => {
    const { trust } = ledger.chain;
    const other = (change: Partial<Trust>) => run({ trust: { ...trust, ...change } });
    await expectDivergence(other({ chainId: 1 }), "CHAIN_ID_DIFFERS");
    const first = header({ number: 0 });
    const genesis = { ...trust.genesis, hash: to0x(plainHash(first, keccak)), header: bytesToBase64(first.raw) };
    await expectDivergence(other({ genesis }), "GENESIS_DIFFERS");
    const checkpoints = [{ blockNumber: 2, blockHash: genesis.hash }];
    await expectDivergence(other({ checkpoints }), "CHECKPOINT_DIFFERS", { block: 2 });
    const agencies = { ...trust.contracts.agencies, codeHash: trust.contracts.ledger.codeHash };
    await expectDivergence(other({ contracts: { ...trust.contracts, agencies } }), "CODE_DIFFERS", {
      contract: "agencies",
    });
  });

  it("names the block whose events a node hides, whatever shows it", async () => {
    const hide = (topic: string) =>
      runAgainst(({ method }, result) => (method === "eth_getLogs" ? withoutLogs(result, topic) : result));
    const shown = { contract: "ledger", shownBy: "JOURNAL_HEAD_DIFFERS", block: ledger.decision.blockNumber + 2 };
    await expectDivergence(hide(topics.StatusSet), "EVENT_HIDDEN", shown);
    await expectDivergence(hide(topics.OversightSet), "EVENT_HIDDEN", { shownBy: "ACTOR_NOT_ALLOWED", block: 3 });
    await expectDivergence(hide(topics.Anchored), "EVENT_HIDDEN", { shownBy: "RECORD_NOT_ANCHORED", block: 4 });
    await expectDivergence(hide(topics.KindsSet), "EVENT_HIDDEN", { contract: "agencies", block: 2, logIndex: 1 });
  });

  it("finds the event by the receipts where the node does not keep the state of the block", async () => {
    const forgetful = (call: RpcCall, result: unknown): unknown => {
      if (call.method === "eth_getStorageAt" && call.params[2] !== "latest") return "forgotten";
      return call.method === "eth_getLogs" ? withoutLogs(result, topics.StatusSet) : result;
    };
    const block = ledger.decision.blockNumber + 2;
    const found = { contract: "ledger", block, logIndex: 0, shownBy: "JOURNAL_HEAD_DIFFERS" };
    await expectDivergence(runAgainst(forgetful), "EVENT_HIDDEN", found);
    const silent = (call: RpcCall, result: unknown): unknown =>
      call.method === "eth_getBlockReceipts" ? null : forgetful(call, result);
    await expectDivergence(runAgainst(silent), "JOURNAL_HEAD_DIFFERS", { contract: "ledger" });
  });

  const swap = (from: string, to: string) =>
    runAgainst(({ method }, result) =>
      method === "eth_getLogs" ? (JSON.parse(JSON.stringify(result).replaceAll(from, to)) as unknown) : result,
    );

  it("blames no ledger for a broken rule before proven heads say that the events are its own", async () => {
    const { rpc, trust } = ledger.chain;
    const address = trust.contracts.agencies.address;
    const before = await rpc.call("eth_getStorageAt", address, zero, "0x1");
    const real = await rpc.call("eth_getStorageAt", address, zero, "0x2");
    // Its state has no oversight either, wherever it is asked without a proof.
    const lie = ({ method, params }: RpcCall, result: unknown): unknown => {
      const isHead = method === "eth_getStorageAt" && params[0] === address && params[1] === zero;
      if (isHead) return params[2] === "0x1" ? before : real;
      return method === "eth_getLogs" ? withoutLogs(result, topics.OversightSet) : result;
    };
    const shown = { contract: "agencies", shownBy: "ACTOR_NOT_ALLOWED" };
    await expectDivergence(runAgainst(lie), "EVENT_HIDDEN", { ...shown, block: 3 });
    const silent = (call: RpcCall, result: unknown): unknown =>
      call.method === "eth_getBlockReceipts" ? null : lie(call, result);
    await expectDivergence(runAgainst(silent), "JOURNAL_HEAD_DIFFERS", shown);
    // Without its proofs now, nobody can be blamed.
    let isHonest = true;
    const mute = (call: RpcCall, result: unknown): unknown => {
      isHonest &&= call.method !== "eth_getLogs";
      return call.method === "eth_getProof" && !isHonest ? null : silent(call, result);
    };
    await expectFault(runAgainst(mute), "NODE_ANSWER");
    const malformed = (call: RpcCall, result: unknown): unknown =>
      JSON.parse(JSON.stringify(silent(call, result)).replaceAll(topics.SignerSet, topics.KindsSet)) as unknown; // as: any to unknown
    await expectDivergence(runAgainst(malformed), "JOURNAL_HEAD_DIFFERS", { shownBy: "MALFORMED_LOG" });
  });

  it("blames no ledger for an event where the node has gone back to before it when it is to prove it", async () => {
    const { chain, decision } = ledger;
    const before = await chain.rpc.call("eth_getBlockByNumber", `0x${decision.blockNumber.toString(16)}`, false);
    let hasLied = false;
    const retreating = ({ method, params }: RpcCall, result: unknown): unknown => {
      if (method === "eth_getStorageAt") return "forgotten";
      if (method === "eth_getBlockReceipts") return null;
      if (method === "eth_getBlockByNumber") return params[0] === "latest" && hasLied ? before : result;
      if (method !== "eth_getLogs") return result;
      hasLied = true;
      const otherBasis = (log: { topics: string[] }): unknown =>
        log.topics[0] === topics.StatusSet
          ? JSON.parse(JSON.stringify(log).replaceAll(decision.digest, "cd".repeat(32)))
          : log;
      return (result as { topics: string[] }[]).map(otherBasis); // as: a list of logs
    };
    await expectDivergence(runAgainst(retreating), "JOURNAL_HEAD_DIFFERS", { shownBy: "BASIS_NOT_ANCHORED" });
  });

  it("names the node where it changes, drops or disorders the digests of a batch, which are in no journal", async () => {
    const { decision, records } = ledger;
    const place = { contract: "ledger", logIndex: 0 };
    const shownBy = (code: string, { blockNumber: block }: { blockNumber: number }) => ({
      ...place,
      block,
      shownBy: code,
    });
    const changed = swap(decision.digest, "ab".repeat(32));
    await expectDivergence(changed, "EVENT_CHANGED", shownBy("ROOT_MISMATCH", decision));
    const none = swap(`${word(1)}${decision.digest}`, word(0));
    await expectDivergence(none, "EVENT_CHANGED", shownBy("COUNT_MISMATCH", decision));
    const [first, second] = digestsInOrder(records.slice(0, 5));
    const disordered = swap(`${first}${second}`, `${second}${first}`);
    await expectDivergence(disordered, "EVENT_CHANGED", shownBy("LEAVES_NOT_ASCENDING", records[0]!));
  });

  it("names the node even where it keeps no state of the block, and its receipts lie as its logs do", async () => {
    const { decision } = ledger;
    const lie = (call: RpcCall, result: unknown): unknown => {
      if (call.method === "eth_getStorageAt" && call.params[2] !== "latest") return "forgotten";
      const isTold = call.method === "eth_getLogs" || call.method === "eth_getBlockReceipts";
      if (!isTold) return result;
      return JSON.parse(JSON.stringify(result).replaceAll(decision.digest, "ab".repeat(32))) as unknown; // as: any to unknown
    };
    const names = { contract: "ledger", block: decision.blockNumber, shownBy: "ROOT_MISMATCH" };
    await expectDivergence(runAgainst(lie), "EVENT_CHANGED", names);
  });

  it("catches a changed time, a changed name", async () => {
    const name = Buffer.from("坪山示例市场监管局").toString("hex");
    const changed = swap(name, Buffer.from("坪山示例市场监管处").toString("hex"));
    await expectDivergence(changed, "EVENT_CHANGED", { contract: "agencies", block: 2, logIndex: 0 });
    const time = await ledger.chain.rpc.call("eth_getBlockByNumber", "0x4", false);
    const stamp = (time as { timestamp: string }).timestamp; // as: a block has its time
    const later = swap(`"${stamp}"`, `"0x${(Number(stamp) + 1).toString(16)}"`);
    await expectDivergence(later, "BLOCK_TIME_DIFFERS");
  });

  it("catches events that were added, or told in another order", async () => {
    const told = (change: (logs: Told[]) => Told[]) =>
      runAgainst(({ method }, result) => (method === "eth_getLogs" ? change(result as Told[]) : result)); // as: logs
    const added = told((logs) => logs.flatMap((log) => (isRename(log) ? [log, { ...log, logIndex: "0x63" }] : [log])));
    await expectDivergence(added, "EVENT_ADDED", { contract: "agencies", block: 2, logIndex: 99 });
    const reordered = told((logs) => {
      const [first, second, ...rest] = logs;
      if (first === undefined || second === undefined || !isRename(second)) return logs;
      return [{ ...second, logIndex: first.logIndex }, { ...first, logIndex: second.logIndex }, ...rest];
    });
    await expectDivergence(reordered, "EVENTS_REORDERED", { contract: "agencies", block: 2 });
  });

  it("does not call a node that fails a divergence", async () => {
    const broken: Rpc = { ...ledger.chain.rpc, call: () => Promise.reject(new Error("a broken pipe")) };
    expect(await run({ rpc: broken })).to.deep.include({ outcome: "ERROR", divergence: null });
    const report = await runAgainst(({ method }, result) => (method === "eth_getStorageAt" ? 17 : result));
    expect(report.error?.code).to.equal("NODE_ANSWER");
  });

  it("goes on where the chain grew by much while it was replayed", async () => {
    const { rpc, trust } = ledger.chain;
    const real = Number(await rpc.call("eth_blockNumber"));
    let heads = 0;
    const growing = lyingRpc(rpc, ({ method, params }, result) => {
      if (method !== "eth_getBlockByNumber" || params[0] !== "latest" || heads++ > 0) return result;
      // At the first look the chain has not come to the last event yet.
      return { ...(result as object), number: `0x${(real - 2).toString(16)}` }; // as: a block
    });
    await rpc.call("anvil_mine", "0x28");
    const report = await run({ rpc: growing, trust });
    expect(report.outcome).to.equal("AGREES");
    expect(heads).to.equal(3);
    expect(report.blocks.to).to.equal(real + 40);
    expect(report.replayed).to.include({ events: 12 });
  });

  it("ends at an earlier block where it is told to, as far as the node still has its state", async () => {
    const to = ledger.records[0]?.blockNumber ?? 0;
    const report = await run({ to });
    expect(report.outcome).to.equal("AGREES");
    expect(report.replayed).to.include({ batches: 1, records: 5, statusChanges: 0 });
  });
});

/** A number as the data of an event has it. */
function word(value: number): string {
  return value.toString(16).padStart(64, "0");
}

/** As their batch has them. */
function digestsInOrder([first, ...others]: readonly HeldRecord[]): string[] {
  if (first === undefined) return [];
  const digests = [first, ...others].map(({ digest }) => hexToBytes(digest));
  const ordered = orderBatch(first.agency, first.kind.id, concatBytes(...digests), keccak).digests;
  return digests.map((_, at) => bytesToHex(ordered.subarray(32 * at, 32 * at + 32)));
}

interface Told {
  readonly topics: readonly string[];
  readonly logIndex: string;
}

/** An event that may stand there twice, and that no other rests on in its block. */
function isRename({ topics: [topic] }: Told): boolean {
  return topic === topics.KindsSet;
}

function withoutTimes(result: unknown): unknown {
  return JSON.parse(JSON.stringify(result).replaceAll("blockTimestamp", "somethingElse")) as unknown; // as: any to unknown
}

function withoutLogs(result: unknown, topic: string): unknown {
  return Array.isArray(result) ? result.filter((log) => !JSON.stringify(log).includes(topic)) : result;
}
