import { expect } from "chai";
import { Interface, keccak256, toUtf8Bytes, Wallet } from "ethers";
import { hexToBytes, to0x, utf8, type Hex } from "../../../core/bytes.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { batchSlot, statusSlot } from "../../../core/ledger/slots.ts";
import { nameSlots, oversightSlot, periodSlot, rightsSlots } from "../../../scripts/audit/register-slots.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import { fillLedger, justice, market, setStatus, type FilledLedger } from "./filled-ledger.ts";
import { expectDivergence, runAudit } from "./run.ts";
import { lyingRpc } from "./tampering.ts";

const register = new Interface([
  "function nameOf(bytes18) view returns (string)",
  "function rightsOf(bytes18) view returns (uint256, bool, bool)",
]);
const short = "11440310XX00011118";
const marked = "11440310XX00011126";
const ones: Hex = `0x${"1".repeat(64)}`;

/** The node is honest: state that no event made is what its header commits to, as after a fault of the contracts. */
describe("auditing a ledger that diverges from its own events", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  let whole: unknown;
  before(async () => {
    ledger = await fillLedger();
    await ledger.chain.enrol(short, "局", 0b10n);
    // Decoding drops the mark: what is shown of this name is not what the chain holds.
    await ledger.chain.enrol(marked, "\u{feff}局", 0b10n);
    await ledger.chain.mine();
  });
  after(() => ledger.chain.end());
  beforeEach(async () => {
    whole = await ledger.chain.rpc.call("evm_snapshot");
  });
  afterEach(() => ledger.chain.rpc.call("evm_revert", whole));

  const run = (rpc = ledger.chain.rpc): Promise<AuditReport> => runAudit({ rpc, trust: ledger.chain.trust });

  async function overwritten(contract: "ledger" | "agencies", slot: Hex, word = ones): Promise<AuditReport> {
    const { rpc, trust } = ledger.chain;
    await rpc.call("anvil_setStorageAt", trust.contracts[contract].address, slot, word);
    await rpc.call("evm_mine");
    const report = await run();
    await rpc.call("evm_revert", whole);
    whole = await rpc.call("evm_snapshot");
    return report;
  }

  it("is itself blamed for a status that rests on nothing", async () => {
    const { chain, successor } = ledger;
    await setStatus(chain, [successor], successor, { actor: market, effect: 2, basis: "cd".repeat(32) });
    await expectDivergence(run(), "BASIS_NOT_ANCHORED", { logIndex: 0 });
  });

  it("is itself blamed for slots that its events did not write", async () => {
    const { decision, withdrawn } = ledger;
    const root = overwritten("ledger", batchSlot(decision.root, keccak));
    await expectDivergence(root, "BATCH_SLOT_DIFFERS", { root: decision.root });
    const status = await overwritten("ledger", statusSlot(withdrawn.leaf, keccak));
    expect(status.divergence).to.include({ code: "STATUS_SLOT_DIFFERS", found: ones });
  });

  it("is itself blamed for a register that holds what its events did not write", async () => {
    const name = "坪山示例市场监管局（虚构）";
    const nameBytes = utf8(name);
    const state = { name, nameBytes, kinds: 0n, suspended: false, signers: new Map(), overseers: new Map() };
    const [head, first, rest] = nameSlots(market, state, keccak);
    const [rights] = rightsSlots(market, state, keccak);
    const text = `0x${"61".repeat(32)}` as const;
    await expectDivergence(overwritten("agencies", first!.slot, text), "AGENCY_NAME_DIFFERS", { agency: market });
    await expectDivergence(overwritten("agencies", rest!.slot, text), "AGENCY_NAME_DIFFERS", { agency: market });
    const shorter = overwritten("agencies", head!.slot, `0x${"61".repeat(31)}3e`);
    await expectDivergence(shorter, "AGENCY_NAME_DIFFERS", { agency: market });
    await expectDivergence(overwritten("agencies", rights!.slot), "AGENCY_RIGHTS_DIFFER", { agency: market });
    const { slot } = oversightSlot(justice, market, 0, keccak);
    const overseers = { agency: market, overseer: justice };
    await expectDivergence(overwritten("agencies", slot), "OVERSIGHT_DIFFERS", overseers);
    // As the test chain makes them.
    const signer = new Wallet(keccak256(toUtf8Bytes(market))).address;
    const period = periodSlot(market, hexToBytes(signer), { validFrom: 0, validUntil: 0 }, keccak);
    await expectDivergence(overwritten("agencies", period.slot), "SIGNER_PERIOD_DIFFERS", { agency: market });
  });

  it("is not blamed for a name, short or long, that the node tells otherwise", async () => {
    const lies = { nameOf: ["another"], rightsOf: [2, true, true] };
    for (const agency of [market, justice, short, marked])
      for (const [method, values] of Object.entries(lies)) {
        const question = register.encodeFunctionData(method, [to0x(utf8(agency))]);
        const lie = register.encodeFunctionResult(method, values);
        const lying = lyingRpc(ledger.chain.rpc, ({ params }, result) =>
          JSON.stringify(params).includes(question) ? lie : result,
        );
        await expectDivergence(run(lying), "STATE_NOT_PROVEN", { agency });
      }
  });
});
