import type { Consensus } from "../../core/proofs/consensus.ts";
import type { Block } from "../chain/block.ts";

/** How long ago the chain last made a block. */
export interface HeadWatch {
  see(head: Block): void;
  /** null before the first */
  ageSeconds(): number | null;
  /** Whether it should have made another long since, if anything waited for one. */
  isOld(): boolean;
}

/** Seconds without a block after which a chain stands still, and after how many of its periods where that is longer. */
const OLD_AFTER_SECONDS = 30;
const OLD_AFTER_PERIODS = 10;

/** `now`: milliseconds of Unix time; `elapsed`: milliseconds that only ever go forward. */
export function createHeadWatch(deps: { consensus: Consensus; now: () => number; elapsed: () => number }): HeadWatch {
  const period = deps.consensus.type === "clique" ? deps.consensus.period : 0;
  let hash = "";
  /** as of `elapsed` */
  let madeAt: number | null = null;

  function ageSeconds(): number | null {
    return madeAt === null ? null : Math.max(0, (deps.elapsed() - madeAt) / 1000);
  }

  return {
    ageSeconds,
    see(head) {
      if (head.hash === hash) return;
      // Only the first may be older than its coming; after that, our own clock is the one that counts.
      const age = madeAt === null ? Math.max(0, deps.now() - head.time * 1000) : 0;
      madeAt = deps.elapsed() - age;
      hash = head.hash;
    },
    isOld: () => (ageSeconds() ?? 0) > Math.max(OLD_AFTER_SECONDS, OLD_AFTER_PERIODS * period),
  };
}
