/** How many values lie from `from` up to, but not including, `below`; null: without end. */
export interface Bucket {
  readonly from: number;
  readonly below: number | null;
  readonly count: number;
}

/** Counts values, each at least `bounds[0]`, by the lower bounds of their buckets, which ascend. */
export function bucketed(values: Iterable<number>, bounds: readonly number[]): Bucket[] {
  const counts = bounds.map(() => 0);
  for (const value of values) {
    const index = Math.max(
      0,
      bounds.findLastIndex((bound) => bound <= value),
    );
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return bounds.map((from, index) => ({ from, below: bounds[index + 1] ?? null, count: counts[index] ?? 0 }));
}
