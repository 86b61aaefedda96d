/** One line of a bench's table. */
export interface Row {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** Runs `measure` some times after a first run that does not count, and sums up what it answers. */
export async function sampled(
  name: string,
  unit: string,
  runs: number,
  measure: () => number | Promise<number>,
): Promise<Row> {
  await measure();
  const values: number[] = [];
  for (let run = 0; run < runs; run++) values.push(await measure());
  return rowOf(name, unit, values);
}

/** The row of these values; at least one. */
export function rowOf(name: string, unit: string, values: readonly number[]): Row {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return { name, median: at(sorted.length >> 1), min: at(0), max: at(sorted.length - 1), unit };
}

/** Prints rows for people, where a bench is run alone. */
export function printRows(rows: readonly Row[]): void {
  const number = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 2 : 0 });
  for (const { name, median, min, max, unit } of rows) {
    console.log(`${name}: ${number(median)} ${unit} (${number(min)} to ${number(max)})`);
  }
}
