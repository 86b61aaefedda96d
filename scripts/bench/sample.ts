/** What a figure should be, by the design. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** One line of a bench's table: over several rounds, unless median, min and max are the same. */
export interface Row {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly goal?: Goal;
}

/** One of several ways to do the same, and how much of it it does. */
export interface Way {
  readonly name: string;
  readonly measure: () => number | Promise<number>;
  readonly goal?: Goal;
}

/** Runs each way once in every round, in turn, so that what else the machine does meets all alike; a first round does not count. */
export async function sampledInTurn(unit: string, rounds: number, ways: readonly Way[]): Promise<Row[]> {
  const values = ways.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { measure }] of ways.entries()) {
      const value = await measure();
      if (round > 0) values[index]?.push(value);
    }
  }
  return ways.map(({ name, goal }, index) => rowOf(name, unit, values[index] ?? [], goal));
}

/** The row of these values; at least one. */
export function rowOf(name: string, unit: string, values: readonly number[], goal?: Goal): Row {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const row = { name, median: at(sorted.length >> 1), min: at(0), max: at(sorted.length - 1), unit };
  return goal === undefined ? row : { ...row, goal };
}

/** The value below which `share` (0 to 1) of `values` lie; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Prints rows for people, where a bench is run alone. */
export function printRows(rows: readonly Row[]): void {
  const number = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 2 : 0 });
  for (const { name, median, min, max, unit } of rows) {
    console.log(`${name}: ${number(median)} ${unit} (${number(min)} to ${number(max)})`);
  }
}
