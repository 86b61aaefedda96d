import { measureGas } from "./gas/gas.ts";
import type { Figures, Row as GasRow } from "./gas/page.ts";
import { printRows, rowOf, type Goal, type Row } from "./sample.ts";

const unit = "gas/record";

/** What a record costs, ours and others'; one value each, since the same bytecode costs the same each time. `docs/gas.md` has the rest. */
export async function benchGas(): Promise<Row[]> {
  return gasRows(await measureGas());
}

export function gasRows({ anchor, prague, timestamp, others }: Figures): Row[] {
  const row = ({ name, gas }: GasRow, index: 0 | 3, goal?: Goal): Row => {
    const records = index === 0 ? "a single record" : "500 in one transaction";
    return rowOf(`${name}, ${records}`, unit, [gas[index] ?? Number.NaN], goal);
  };
  return [
    row(anchor, 0, { atMost: 75_000 }),
    row(anchor, 3, { atMost: 1_350 }),
    row(prague, 3, { atMost: 1_350 }),
    row(timestamp, 0),
    row(timestamp, 3),
    rowOf(
      "Hufu `anchor` against EAS `multiTimestamp`, at 500",
      "times less",
      [(timestamp.gas[3] ?? Number.NaN) / (anchor.gas[3] ?? Number.NaN)],
      { atLeast: 18 },
    ),
    ...others.map((other) => row(other, 3)),
  ];
}

if (import.meta.main) printRows(await benchGas());
