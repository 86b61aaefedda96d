import { expect } from "chai";
import { bytesToBase64 } from "../../../core/base64.ts";
import { to0x } from "../../../core/bytes.ts";
import { plainHash } from "../../../core/proofs/header.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { publishTrust, type TrustBundle, type TrustFacts } from "../../../core/trust/bundle.ts";
import type { AuditInput } from "../../../scripts/audit/input.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import { createRpc, type Rpc } from "../../../server/chain/rpc.ts";
import { signatory } from "../../core/proofs/sealed-chain.ts";
import { startResealedNode, type ResealedNode } from "../../server/proofs/resealed-node.ts";
import { fillLedger, type FilledLedger } from "./filled-ledger.ts";
import { expectDivergence, expectFault, runAudit } from "./run.ts";

describe("auditing a chain whose blocks QBFT validators seal", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  let node: ResealedNode;
  let rpc: Rpc;
  before(async () => {
    ledger = await fillLedger();
  });
  after(() => ledger.chain.end());
  beforeEach(async () => {
    node = await startResealedNode({ upstream: () => ledger.chain.url });
    rpc = createRpc({ url: () => node.url, timeoutMs: 20_000 });
  });
  afterEach(() => node.close());

  /** The bundle as of now, as an institution would publish it. */
  async function trustNow(change: Partial<TrustFacts> = {}): Promise<TrustBundle> {
    const { fingerprint: _, ...facts } = ledger.chain.trust;
    const genesis = await node.header(0);
    const [first] = node.validators();
    const head = Number(await rpc.call("eth_blockNumber"));
    return publishTrust({
      ...facts,
      consensus: { type: "qbft", epoch: 30_000 },
      genesis: { hash: to0x(plainHash(genesis, keccak)), header: bytesToBase64(genesis.raw), config: null },
      transitions: node.transitions().map(({ votes, next }) => ({
        votes: votes.map(bytesToBase64),
        next: next && bytesToBase64(next),
      })),
      publishers: [{ name: "a validator", role: "validator", validator: first!.address, url: null }],
      publishedAt: { blockNumber: head, blockTime: "2026-11-25T00:00:00.000Z" },
      ...change,
    });
  }
  async function run(other: Partial<AuditInput> = {}): Promise<AuditReport> {
    return runAudit({ rpc, trust: await trustNow(), ...other });
  }
  async function mine(blocks: number): Promise<void> {
    await ledger.chain.rpc.call("anvil_mine", `0x${blocks.toString(16)}`);
  }

  it("proves the heads under the seals of a quorum", async () => {
    node.sealersOf = (validators) => validators.slice(1);
    const report = await run({ allHeaders: true });
    expect(report.error).to.equal(null);
    expect(report.outcome).to.equal("AGREES");
    expect(report.proven.seals).to.deep.include({ by: 3, of: 4 });
    expect(report.proven).to.include({ heads: true, codes: 4, blocksOfEvents: 7 });
    expect(report.proven.headers).to.deep.include({ to: report.blocks.to, seals: 3 * report.blocks.to! });
    expect(report.trust.isGatewayAlone).to.equal(false);
    expect(report.notCovered.map(({ code }) => code)).not.to.include.members(["SEALS", "ALL_HEADERS"]);
  });

  it("refuses a header below a quorum: the audited one, one with events, any with all headers", async () => {
    const head = Number(await ledger.chain.rpc.call("eth_blockNumber"));
    const below = (weak: number): void => {
      let sealing = -1;
      node.sealersOf = (validators) => (++sealing + 1 === weak ? validators.slice(2) : validators);
    };
    below(head);
    await expectDivergence(run(), "HEADER_NOT_SEALED", { block: head, proof: "SEALS_TOO_FEW" });
    await restarted();
    below(4);
    await expectDivergence(run(), "HEADER_NOT_SEALED", { block: 4, proof: "SEALS_TOO_FEW" });
    await restarted();
    below(1);
    expect((await run()).outcome).to.equal("AGREES");
    await expectDivergence(run({ allHeaders: true }), "HEADER_NOT_SEALED", { block: 1, proof: "SEALS_TOO_FEW" });
  });

  it("follows the validators by their votes, and says which sets they gave", async () => {
    await trustNow();
    node.propose(signatory("a fifth"), "add");
    await mine(6);
    await trustNow();
    node.propose(node.validators()[0]!, "drop");
    await mine(6);
    const report = await run({ allHeaders: true });
    expect(report.outcome, JSON.stringify([report.error, report.divergence])).to.equal("AGREES");
    expect(report.proven.headers?.validators.map(({ validators }) => validators.length)).to.deep.equal([4, 5, 4]);
  });

  it("could not check with a trust file that is too old, and never calls it a forgery", async () => {
    const old = await trustNow();
    node.propose(signatory("a fifth"), "add");
    await mine(6);
    await expectFault(run({ trust: old }), "TRUST_TOO_OLD");
    await expectFault(run({ trust: old, allHeaders: true }), "TRUST_TOO_OLD");
    // One that was made after the change, and does not know it, contradicts the header.
    const names = { block: Number(await rpc.call("eth_blockNumber")), proof: "VALIDATORS_DIFFER" };
    await expectDivergence(run({ trust: await trustNow({ transitions: [] }) }), "HEADER_NOT_SEALED", names);
  });

  it("counts no block of former validators", async () => {
    const before = Number(await ledger.chain.rpc.call("eth_blockNumber"));
    await trustNow();
    node.propose(signatory("a fifth"), "add");
    await mine(6);
    await expectFault(run({ to: before }), "FORMER_VALIDATORS");
  });

  it("names validators in a header that nobody voted in", async () => {
    const trust = await trustNow();
    const five = [...node.validators(), signatory("a fifth")].sort((a, b) => (a.address < b.address ? -1 : 1));
    const other = await startResealedNode({ upstream: () => ledger.chain.url, validators: five });
    const strange = createRpc({ url: () => other.url, timeoutMs: 20_000 });
    const genesis = await other.header(0);
    const forged = publishTrust({
      ...trust,
      genesis: { ...trust.genesis, hash: to0x(plainHash(genesis, keccak)), header: bytesToBase64(genesis.raw) },
    });
    // The same chain, whose first header a liar took from the chain of four.
    const mixed: Rpc = {
      ...strange,
      batch: async (calls) =>
        Promise.all(calls.map(async (call) => (await (isBlock(call, "0x1") ? rpc : strange).batch([call]))[0]!)),
    };
    await expectFault(run({ trust: forged, rpc: mixed, allHeaders: true }), "NODE_FORKED");
    await expectDivergence(run({ rpc: strange }), "GENESIS_DIFFERS");
    await other.close();
  });

  it("follows the headers to the block that it proved, and to no other", async () => {
    const other = await startResealedNode({ upstream: () => ledger.chain.url });
    const forked = createRpc({ url: () => other.url, timeoutMs: 20_000 });
    await forked.call("eth_blockNumber");
    other.propose(signatory("a fifth"), "add");
    await mine(1);
    const trust = await trustNow();
    const head = `0x${trust.publishedAt.blockNumber.toString(16)}`;
    // Only where all headers are read, the newest is another, with a vote in it, and sealed as well.
    const mixed: Rpc = {
      ...rpc,
      batch: (calls) => {
        const isOther = calls.length > 1 && calls.every(({ method }) => method === "eth_getBlockByNumber");
        return (isOther && calls.some((call) => isBlock(call, head)) ? forked : rpc).batch(calls);
      },
    };
    expect((await run({ trust, allHeaders: true })).outcome).to.equal("AGREES");
    await expectFault(run({ trust, rpc: mixed, allHeaders: true }), "NODE_FORKED");
    await other.close();
  });

  async function restarted(): Promise<void> {
    await node.close();
    node = await startResealedNode({ upstream: () => ledger.chain.url });
  }
});

function isBlock({ method, params }: { method: string; params: readonly unknown[] }, number: string): boolean {
  return method === "eth_getBlockByNumber" && params[0] === number;
}
