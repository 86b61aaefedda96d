/**
 * When an order that met trouble is tried again: soon at first, then ever more seldom. In memory: a restart tries at once. What was done
 * without trouble, or by somebody else, is forgotten after a while.
 */
export interface Patience {
  /** Answers how often it has met trouble in a row. */
  delay(orderId: number): number;
  clear(orderId: number): void;
  isDue(orderId: number): boolean;
  /** Whether it has met trouble so often that others shall not wait for it. */
  isStubborn(orderId: number): boolean;
  /** orders that are being waited for, at most */
  size(): number;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
const STUBBORN_AFTER = 2;

/** `now`: milliseconds that only ever go forward. */
export function createPatience(now: () => number): Patience {
  const waiting = new Map<number, { until: number; times: number }>();
  return {
    delay(orderId) {
      for (const [id, { until }] of waiting) if (until + LONGEST_DELAY_MS < now()) waiting.delete(id);
      const times = (waiting.get(orderId)?.times ?? 0) + 1;
      const ms = Math.min(FIRST_DELAY_MS * 2 ** (times - 1), LONGEST_DELAY_MS);
      waiting.set(orderId, { until: now() + ms, times });
      return times;
    },
    clear: (orderId) => void waiting.delete(orderId),
    isStubborn: (orderId) => (waiting.get(orderId)?.times ?? 0) >= STUBBORN_AFTER,
    isDue: (orderId) => (waiting.get(orderId)?.until ?? 0) <= now(),
    size: () => waiting.size,
  };
}
