import { expect } from "chai";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { parseHeader } from "../../../core/proofs/header.ts";
import type { TimedLog } from "../../../scripts/audit/log-range.ts";
import { streamLogs } from "../../../scripts/audit/log-stream.ts";
import { createBloomCheck } from "../../../scripts/audit/pinpoint/bloom.ts";
import { explainBlock } from "../../../scripts/audit/pinpoint/explain-block.ts";
import { createHeadTrail } from "../../../scripts/audit/pinpoint/head-trail.ts";
import { firstHead, headAfter } from "../../../scripts/audit/pinpoint/journal.ts";
import { compareWithReceipts } from "../../../scripts/audit/pinpoint/receipts.ts";
import { readHeaders } from "../../../server/chain/header.ts";
import { fillLedger, type FilledLedger } from "./filled-ledger.ts";

describe("finding the event that is not the chain's", function () {
  this.timeout(60_000);
  let ledger: FilledLedger;
  let logs: TimedLog[];
  before(async () => {
    ledger = await fillLedger();
    logs = [];
    const { agencies } = ledger.chain.trust.contracts;
    for await (const range of streamLogs(ledger.chain.rpc, [agencies.address], 1, 3)) logs.push(...range.logs);
  });
  after(() => ledger.chain.end());

  /** Six events of one block, and what somebody told of them. */
  function explain(told: readonly TimedLog[], receipts: readonly TimedLog[] | null, real = logs.slice(0, 6)) {
    const before = firstHead(ledger.chain.trust.chainId, ledger.chain.trust.contracts.agencies.address, keccak);
    return explainBlock({ before, after: headAfter(before, real, keccak), told, receipts, keccak });
  }
  const with_ = (at: number, change: Partial<TimedLog["log"]>): TimedLog[] =>
    logs.slice(0, 6).with(at, { ...logs[at]!, log: { ...logs[at]!.log, ...change } });

  it("tells hidden, added, reordered and changed events apart by the journal's head", () => {
    const six = logs.slice(0, 6);
    expect(six).to.have.length(6);
    expect(explain([], null)).to.include({ code: "EVENT_HIDDEN" });
    expect(explain(six.toSpliced(2, 1), six)).to.deep.equal({ code: "EVENT_HIDDEN", log: six[2] });
    const added = { ...six[1]!, log: { ...six[1]!.log, logIndex: 60 } };
    expect(explain([...six, added], null)).to.deep.equal({ code: "EVENT_ADDED", log: added });
    expect(explain([added], null, [])).to.deep.equal({ code: "EVENT_ADDED", log: added });
    expect(explain([added, { ...added }], null, [])).to.include({ code: "EVENT_ADDED" });
    expect(explain([six[1]!, six[0]!, ...six.slice(2)], null)).to.include({ code: "EVENTS_REORDERED" });
    const changed = with_(1, { data: `0x${"0".repeat(63)}2` });
    expect(explain(changed, six)).to.deep.equal({ code: "EVENT_CHANGED", log: six[1] });
    for (const receipts of [null, changed]) expect(explain(changed, receipts)).to.include({ code: "EVENT_CHANGED" });
    expect(explain(with_(1, { data: "0x" }), six)).to.deep.equal({ code: "EVENT_CHANGED", log: six[1] });
  });

  it("says nothing where receipts and logs are the same", () => {
    expect(compareWithReceipts(logs, logs)).to.equal(undefined);
    expect(compareWithReceipts([...logs, { ...logs[0]!, log: { ...logs[0]!.log, logIndex: 77 } }], logs)).to.include({
      code: "EVENT_ADDED",
    });
  });

  it("reads of a block's bloom whether it can have events", async () => {
    const { rpc, trust } = ledger.chain;
    const { agencies, ledger: records } = trust.contracts;
    const headers = await readHeaders(rpc, [1, 2, 3, 4, 5, 6, 7, 8], keccak);
    const blocksOf = (address: typeof records.address): number[] => {
      const mayHave = createBloomCheck(address, keccak);
      return headers.filter(({ raw }) => mayHave(parseHeader(raw).items)).map(({ number }) => number);
    };
    expect(blocksOf(agencies.address)).to.deep.equal([2, 3]);
    expect(blocksOf(records.address)).to.deep.equal([4, 5, 6, 7, 8]);
  });

  it("remembers steps enough from the first to the newest, and never many", () => {
    const trail = createHeadTrail();
    for (let block = 0; block < 100_000; block++) trail.add({ block, hash: null, ledger: "0x", agencies: "0x" });
    const blocks = trail.steps().map(({ block }) => block);
    expect(blocks[0]).to.equal(0);
    expect(blocks.length).to.be.within(500, 1024);
    expect(blocks).to.deep.equal([...blocks].sort((a, b) => a - b));
    expect(blocks.at(-1)).to.be.greaterThan(99_000);
  });
});
