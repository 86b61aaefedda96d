import type { Bucket } from "./buckets.ts";

/** From a record's acceptance to the time of the block that anchored it, in whole seconds, as blocks have them. */
export interface Waits {
  readonly measured: number;
  /** in seconds */
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
  readonly seconds: readonly Bucket[];
  /** who said when the records were accepted */
  readonly toldBy: "database" | "gateway";
}

/** Collects waits in a memory that does not grow with their number. */
export interface WaitCounter {
  /** Both in milliseconds. */
  add(acceptedAt: number, blockTime: number): void;
  /** null where there were none. */
  waits(toldBy: Waits["toldBy"]): Waits | null;
}

/** Lower bounds in seconds. */
const bounds = [0, 1, 2, 3, 5, 10, 30, 60, 600, 3600];
/** A day and more is one number. */
const longestCounted = 86_400;

export function createWaitCounter(): WaitCounter {
  const bySecond = new Map<number, number>();
  let measured = 0;

  /** The wait that `share` of all did not exceed. */
  function quantile(share: number): number {
    let left = Math.ceil(share * measured);
    for (const [second, count] of [...bySecond].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return second;
    }
    return 0;
  }

  return {
    add(acceptedAt, blockTime) {
      // A block's time is whole seconds of its proposer's clock: it may lie before the acceptance.
      const seconds = Math.min(longestCounted, Math.max(0, Math.ceil((blockTime - acceptedAt) / 1000)));
      bySecond.set(seconds, (bySecond.get(seconds) ?? 0) + 1);
      measured++;
    },
    waits(toldBy) {
      if (measured === 0) return null;
      const seconds = bounds.map((from, index): Bucket => {
        const below = bounds[index + 1] ?? null;
        const inside = [...bySecond].filter(([second]) => second >= from && (below === null || second < below));
        return { from, below, count: inside.reduce((sum, [, count]) => sum + count, 0) };
      });
      return { measured, median: quantile(0.5), p95: quantile(0.95), longest: quantile(1), seconds, toldBy };
    },
  };
}
