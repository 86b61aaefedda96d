/** When an order that met trouble is tried again: soon at first, then ever more seldom. In memory: a restart tries at once. */
export interface Patience {
  /** Answers how often it has met trouble in a row. */
  delay(orderId: number): number;
  clear(orderId: number): void;
  isDue(orderId: number): boolean;
  /** orders that are being waited for, at most */
  size(): number;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

export function createPatience(now: () => number): Patience {
  const waiting = new Map<number, { until: number; times: number }>();
  return {
    delay(orderId) {
      const times = (waiting.get(orderId)?.times ?? 0) + 1;
      const ms = Math.min(FIRST_DELAY_MS * 2 ** (times - 1), LONGEST_DELAY_MS);
      waiting.set(orderId, { until: now() + ms, times });
      return times;
    },
    clear: (orderId) => void waiting.delete(orderId),
    isDue: (orderId) => (waiting.get(orderId)?.until ?? 0) <= now(),
    size: () => waiting.size,
  };
}
