import { expect } from "chai";
import { bytesToBase64 } from "../../../core/base64.ts";
import { to0x } from "../../../core/bytes.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { plainHash } from "../../../core/proofs/header.ts";
import { publishTrust, type TrustBundle } from "../../../core/trust/bundle.ts";
import type { AuditInput } from "../../../scripts/audit/input.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import { qbftValidators, signatory } from "../../core/proofs/sealed-chain.ts";
import { signByClique, type CliqueChain } from "./clique-chain.ts";
import { fillLedger, type FilledLedger } from "./filled-ledger.ts";
import { startLyingNode, type LyingNode } from "./lying-node.ts";
import { expectDivergence, expectFault, runAudit } from "./run.ts";

describe("auditing a chain that Clique signers sign", function () {
  this.timeout(60_000);
  const signers = qbftValidators(4);
  let ledger: FilledLedger;
  let node: LyingNode;
  let chain: CliqueChain;
  let head: number;
  before(async () => {
    ledger = await fillLedger();
    await ledger.chain.rpc.call("anvil_mine", "0x4");
    head = Number(await ledger.chain.rpc.call("eth_blockNumber"));
    chain = await signByClique(ledger.chain.rpc, signers);
    node = await startLyingNode(ledger.chain.url);
  });
  after(async () => {
    await node.close();
    await ledger.chain.end();
  });
  beforeEach(() => {
    node.lie = chain.answer;
  });

  function trust(publishedAt = ledger.chain.trust.publishedAt.blockNumber): TrustBundle {
    const { fingerprint: _, ...facts } = ledger.chain.trust;
    return publishTrust({
      ...facts,
      consensus: { type: "clique", epoch: 30_000, period: 1 },
      genesis: { hash: to0x(plainHash(chain.genesis, keccak)), header: bytesToBase64(chain.genesis.raw), config: null },
      publishedAt: { ...facts.publishedAt, blockNumber: publishedAt },
    });
  }
  function run(other: Partial<AuditInput> = {}): Promise<AuditReport> {
    return runAudit({ rpc: node.rpc, trust: trust(), ...other });
  }

  it("audits the newest block that a majority has built on", async () => {
    const report = await run({ allHeaders: true });
    expect(report.error).to.equal(null);
    expect(report.outcome).to.equal("AGREES");
    expect(report.blocks.to).to.equal(head - 2);
    expect(report.proven.seals).to.deep.include({ by: 3, of: 4 });
    expect(report.proven.headers).to.deep.include({ to: head - 2, seals: head - 2 });
  });

  it("could not check a block that too few have built on", async () => {
    await expectFault(run({ to: head - 1 }), "ENDORSED_TOO_LITTLE");
    expect((await run({ to: head - 2 })).outcome).to.equal("AGREES");
  });

  it("takes a stranger's blocks for forged up to where the trust file was made, and after it for nobody's fault", async () => {
    const forged = await signByClique(ledger.chain.rpc, signers.with(head % 4, signatory("a stranger")));
    node.lie = (call, result) =>
      call.method === "eth_getBlockByNumber" && call.params[0] === "0x0"
        ? chain.answer(call, result)
        : forged.answer(call, result);
    await expectFault(run({ trust: trust(head - 1) }), "TRUST_TOO_OLD");
    const names = { block: head, proof: "VALIDATORS_DIFFER" };
    await expectDivergence(run({ trust: trust(head) }), "HEADER_NOT_SEALED", names);
  });

  it("catches a hidden event all the same", async () => {
    node.lie = (call, result) => {
      const answer = chain.answer(call, result);
      return call.method === "eth_getLogs" && Array.isArray(answer) ? answer.slice(0, -1) : answer;
    };
    await expectDivergence(run(), "EVENT_HIDDEN", { block: ledger.decision.blockNumber + 3 });
  });
});
