import { Interface } from "ethers";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { batchSlot, statusSlot } from "../../../core/ledger/slots.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import type { Rpc, RpcCall } from "../../../server/chain/rpc.ts";
import { fillLedger, market, type FilledLedger } from "./filled-ledger.ts";
import { expectDivergence, expectFault, runAudit } from "./run.ts";
import { lyingRpc } from "./tampering.ts";

const zero = `0x${"0".repeat(64)}`;

describe("auditing a node that tells of its state otherwise than it is", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  before(async () => {
    ledger = await fillLedger();
  });
  after(() => ledger.chain.end());

  function run(rpc: Rpc): Promise<AuditReport> {
    return runAudit({ rpc, trust: ledger.chain.trust });
  }
  function runAgainst(falsify: (call: RpcCall, result: unknown) => unknown): Promise<AuditReport> {
    return run(lyingRpc(ledger.chain.rpc, falsify));
  }

  const emptied = (slot: string) => (call: RpcCall, result: unknown) =>
    call.method === "eth_getStorageAt" && call.params[1] === slot ? zero : result;

  it("names the node that tells of a slot otherwise than it proves", async () => {
    const { withdrawn, decision } = ledger;
    for (const [slot, shownBy, names] of [
      [zero, "JOURNAL_HEAD_DIFFERS", { contract: "ledger" }],
      [batchSlot(decision.root, keccak), "BATCH_SLOT_DIFFERS", { root: decision.root }],
      [statusSlot(withdrawn.leaf, keccak), "STATUS_SLOT_DIFFERS", { digest: withdrawn.digest }],
    ] as const)
      await expectDivergence(runAgainst(emptied(slot)), "STATE_NOT_PROVEN", { ...names, shownBy });
  });

  it("does not believe the proof of a slot either, if it is none", async () => {
    const slot = batchSlot(ledger.decision.root, keccak);
    const proving = (answer: (proof: unknown) => unknown) =>
      runAgainst((call, result) => {
        const isOfSlot = call.method === "eth_getProof" && JSON.stringify(call.params).includes(slot);
        return isOfSlot ? answer(result) : emptied(slot)(call, result);
      });
    const forged = proving((proof) => ({ ...(proof as object), storageProof: [{ value: "0x0", proof: [] }] })); // as: a proof
    await expectDivergence(forged, "STATE_NOT_PROVEN", { contract: "ledger", proof: "PROOF_TOO_SHORT" });
    await expectFault(
      proving(() => null),
      "NODE_ANSWER",
    );
    // The block that was proven is another by now: then what differs says nothing.
    let isMoved = false;
    const moved = runAgainst((call, result) => {
      isMoved ||= call.method === "eth_getProof" && JSON.stringify(call.params).includes(slot);
      if (!isMoved || call.method !== "eth_getBlockByNumber") return emptied(slot)(call, result);
      return { ...(result as object), hash: zero }; // as: a block
    });
    await expectFault(moved, "NODE_FORKED");
  });

  it("names the node that tells of a contract's code otherwise than it proves", async () => {
    const { rpc, trust } = ledger.chain;
    const lie = (call: RpcCall, result: unknown): unknown =>
      call.method === "eth_getCode" && call.params[0] === trust.contracts.agencies.address ? "0x" : result;
    const names = { contract: "agencies", shownBy: "CODE_DIFFERS" };
    await expectDivergence(runAgainst(lie), "STATE_NOT_PROVEN", names);
    const error = { code: -32601, message: "the method eth_getProof does not exist", data: null };
    const withoutProofs = (other: Rpc): Rpc => ({
      ...other,
      batch: async (calls) =>
        calls[0]?.method === "eth_getProof" ? calls.map(() => ({ ok: false, error })) : other.batch(calls),
    });
    // Of a node that can prove nothing its word is all that there is.
    await expectDivergence(run(withoutProofs(lyingRpc(rpc, lie))), "CODE_DIFFERS", { contract: "agencies" });
    await expectFault(run(withoutProofs(rpc)), "NODE_WITHOUT_PROOFS");
  });

  it("names the node that answers for the register what it did not", async () => {
    const register = new Interface([
      "function nameOf(bytes18) view returns (string)",
      "function rightsOf(bytes18) view returns (uint256, bool, bool)",
      "function signerPeriod(bytes18, bytes) view returns (uint40, uint40)",
      "function oversightOf(bytes18, bytes18) view returns (uint8)",
    ]);
    const answers = { nameOf: ["another"], rightsOf: [2, true, true], signerPeriod: [0, 0], oversightOf: [2] };
    const codes = {
      nameOf: "AGENCY_NAME_DIFFERS",
      rightsOf: "AGENCY_RIGHTS_DIFFER",
      signerPeriod: "SIGNER_PERIOD_DIFFERS",
      oversightOf: "OVERSIGHT_DIFFERS",
    };
    for (const [method, code] of Object.entries(codes)) {
      const selector = register.getFunction(method)?.selector ?? "";
      const answer = register.encodeFunctionResult(method, answers[method as keyof typeof answers]); // as: the same keys
      const lying = runAgainst((call, result) =>
        call.method === "eth_call" && JSON.stringify(call.params[0]).includes(selector) ? answer : result,
      );
      await expectDivergence(lying, "STATE_NOT_PROVEN", { agency: market, shownBy: code });
    }
    const nonsense = runAgainst(({ method }, result) => (method === "eth_call" ? "0x" : result));
    await expectDivergence(nonsense, "STATE_NOT_PROVEN", { shownBy: "AGENCY_NAME_DIFFERS" });
  });
});
