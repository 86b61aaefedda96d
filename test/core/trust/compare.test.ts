import { expect } from "chai";

import { bytesToBase64 } from "../../../core/base64.ts";
import type { TrustFacts } from "../../../core/trust/bundle.ts";
import { compareTrust } from "../../../core/trust/compare.ts";
import { growingChain, qbftBlocks } from "./qbft-blocks.ts";
import { agencies, contracts, qbftFacts, qbftTrust } from "./sample.ts";

const pinned = qbftTrust();
const facts = qbftFacts();
const offered = (changes: Partial<TrustFacts>) => compareTrust(pinned, qbftTrust(changes));
const checkpoint = { blockNumber: 12, blockHash: `0x${"9".repeat(64)}` } as const;

describe("comparing trust bundles", () => {
  it("finds no change in the same facts, at whatever block they were read", () => {
    expect(compareTrust(pinned, pinned)).to.deep.equal({ change: "same", what: [] });
    const publishedAt = { blockNumber: 14, blockTime: "2026-11-25T04:00:00.000Z" };
    expect(offered({ publishedAt })).to.deep.equal({ change: "same", what: [] });
  });

  it("says of another bundle that it was made at an earlier block", () => {
    const publishedAt = { blockNumber: 12, blockTime: "2026-11-25T02:00:00.000Z" };
    expect(offered({ publishedAt })).to.deep.equal({ change: "same", what: [] });
    expect(offered({ publishedAt, publishers: [] })).to.deep.equal({
      change: "grown",
      what: ["PUBLISHERS_CHANGED", "PUBLISHED_EARLIER"],
    });
    expect(offered({ publishedAt, chainId: 1 })).to.deep.equal({
      change: "other",
      what: ["CHAIN_ID", "PUBLISHED_EARLIER"],
    });
  });

  it("finds no change in other seals and other votes for the same change of validators", () => {
    const blocks = qbftBlocks({ ...growingChain, absent: 1, rounds: { 9: 3 } });
    const votes = [3, 5, 8].map((number) => bytesToBase64(blocks[number]!.raw));
    const transitions = [{ votes, next: bytesToBase64(blocks[9]!.raw) }];
    expect(transitions[0]!.next).not.to.equal(facts.transitions[0]!.next);
    expect(offered({ transitions })).to.deep.equal({ change: "same", what: [] });
  });

  const growth: readonly [what: string, changes: Partial<TrustFacts>][] = [
    ["TRANSITIONS_ADDED", { transitions: [...facts.transitions, { votes: [], next: "AAAA" }] }],
    ["CHECKPOINTS_MISSING", { checkpoints: [] }],
    ["CHECKPOINTS_ADDED", { checkpoints: [...facts.checkpoints, checkpoint] }],
    ["AGENCIES_CHANGED", { agencies: agencies.slice(1) }],
    ["PUBLISHERS_CHANGED", { publishers: facts.publishers.slice(0, 1) }],
  ];
  for (const [what, changes] of growth)
    it(`calls it growth: ${what}`, () => expect(offered(changes)).to.deep.equal({ change: "grown", what: [what] }));

  const { genesis } = facts;
  const identity: readonly [what: string, changes: Partial<TrustFacts>][] = [
    ["CHAIN_ID", { chainId: 1 }],
    ["GENESIS", { genesis: { ...genesis, hash: checkpoint.blockHash } }],
    ["GENESIS", { genesis: { ...genesis, header: "AAAA" } }],
    ["GENESIS_CONFIG", { genesis: { ...genesis, config: null } }],
    ["CONSENSUS", { consensus: { type: "qbft", epoch: 99 } }],
    ["CONTRACTS", { contracts: { ...contracts, ledger: contracts.agencies } }],
    ["DEPLOYMENT_BLOCK", { deploymentBlock: 1 }],
    ["TRANSITIONS_MISSING", { transitions: [] }],
    ["TRANSITIONS_REWRITTEN", { transitions: [{ ...facts.transitions[0]!, next: facts.transitions[0]!.votes[0]! }] }],
    ["CHECKPOINTS_REWRITTEN", { checkpoints: [{ ...facts.checkpoints[0]!, blockHash: checkpoint.blockHash }] }],
  ];
  for (const [index, [what, changes]] of identity.entries())
    it(`calls it another ledger: ${what} (${index})`, () => {
      expect(offered(changes)).to.deep.equal({ change: "other", what: [what] });
    });

  it("names everything, what makes it another first", () => {
    expect(offered({ agencies: [], chainId: 1, checkpoints: [] })).to.deep.equal({
      change: "other",
      what: ["CHAIN_ID", "CHECKPOINTS_MISSING", "AGENCIES_CHANGED"],
    });
  });
});
