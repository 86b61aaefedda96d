import { expect } from "chai";
import { HufuError } from "../../../core/error.ts";
import type { Consensus } from "../../../core/proofs/consensus.ts";
import type { TrustBundle } from "../../../core/trust/bundle.ts";
import { faultCodeOf } from "../../../scripts/audit/fault.ts";
import { newestBlock } from "../../../scripts/audit/work.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { header } from "../../core/proofs/sealed-chain.ts";
import { blockJson } from "../../server/chain/block-json.ts";

const clique: Consensus = { type: "clique", epoch: 30_000, period: 1 };
const made = 1_000;

/** What is audited at a node that has `head` blocks, by a trust file that was made at block 1,000. */
function audited(head: number, { consensus = clique, to }: { consensus?: Consensus; to?: number } = {}) {
  const block = blockJson(header({ number: head }), `0x${"ab".repeat(32)}`);
  const rpc: Rpc = {
    call: () => Promise.resolve(block),
    batch: (calls) => Promise.resolve(calls.map(() => ({ ok: true, result: block }))),
  };
  // as: of the trust file, no more is read
  const trust = { consensus, publishedAt: { blockNumber: made, blockTime: "" } } as TrustBundle;
  return newestBlock({ rpc, trust, to, depth: 2 }).catch((error: unknown) =>
    error instanceof HufuError ? faultCodeOf(error) : String(error),
  );
}

describe("the block that is audited", () => {
  it("is the newest that a majority built on", async () => {
    expect(await audited(1_500)).to.equal(1_498);
  });

  it("may be of a node that lags a few blocks behind the trust file, and of none that lags more", async () => {
    expect(await audited(made - 3)).to.equal(made - 5);
    expect(await audited(made - 4)).to.equal("NODE_BEHIND");
  });

  it("is the one that was asked for, however old", async () => {
    expect(await audited(500, { to: 400 })).to.equal(400);
  });

  it("may be older on a development chain, which falls back when it is killed", async () => {
    expect(await audited(500, { consensus: { type: "development", sealer: `0x${"11".repeat(20)}` } })).to.equal(498);
  });
});
