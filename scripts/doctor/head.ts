import type { Consensus } from "../../core/proofs/consensus.ts";
import { found, type Finding } from "./finding.ts";
import type { SeenNode } from "./nodes.ts";

/** Seconds without a block after which a chain stands still, and after how many of its periods where that is longer: as for the gateway. */
const STILL_SECONDS = 30;
const STILL_PERIODS = 10;
/** Seconds by which clocks may differ: a validator refuses a block of the future, and deadlines are reckoned in block time. */
const SKEW = 5;
/** Blocks that a chain may be lower than a gateway has read: news take their time, and branches differ by a block or two. */
const LOWER = 3;

export interface HeadInput {
  /** the node with the newest block */
  readonly node: SeenNode;
  readonly consensus: Consensus | null;
  /** the newest block that the gateway has read; null: not known */
  readonly readTo: number | null;
  /** seconds by which the gateway's clock is ahead of ours; null: not known */
  readonly ahead: number | null;
  /** milliseconds of Unix time, when the newest block was asked for */
  readonly now: number;
}

/** Whether blocks come, whether they are as many as the gateway has read, and whether the clocks of gateway, chain and this machine agree. */
export function examineHead({ node, consensus, readTo, ahead, now }: HeadInput): Finding[] {
  const { number: block } = node.head;
  const seconds = ageOf(node, now);
  return [
    found("chain", standsStill({ node, consensus, now }) ? "CHAIN_STANDS_STILL" : "CHAIN_MOVES", {
      block,
      seconds: Math.max(0, seconds),
    }),
    ...(readTo !== null && readTo - block > LOWER ? [found("chain", "CHAIN_BEHIND_GATEWAY", { block, readTo })] : []),
    ...clocks(-seconds, ahead),
  ];
}

/** Whether no block has come for so long that what the newest ones show may be over. */
export function standsStill({ node, consensus, now }: Pick<HeadInput, "node" | "consensus" | "now">): boolean {
  const period = consensus?.type === "clique" ? consensus.period : 0;
  return ageOf(node, now) > Math.max(STILL_SECONDS, STILL_PERIODS * period);
}

/** Seconds since the newest block. */
function ageOf({ head }: SeenNode, now: number): number {
  return Math.round(now / 1000 - head.time);
}

function clocks(chain: number, gateway: number | null): Finding[] {
  const wrong = [
    ...(gateway !== null && Math.abs(gateway) > SKEW
      ? [found("chain", "CLOCK_OF_GATEWAY", { seconds: Math.round(gateway) })]
      : []),
    // That a block is old says nothing of its proposer's clock.
    ...(chain > SKEW ? [found("chain", "CLOCK_OF_CHAIN", { seconds: chain })] : []),
  ];
  return wrong.length > 0 ? wrong : [found("chain", "CLOCKS_AGREE")];
}
