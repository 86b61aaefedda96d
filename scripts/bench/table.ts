import type { Part } from "./parts.ts";
import type { Row } from "./sample.ts";

export interface Measured {
  readonly part: Pick<Part, "title" | "how">;
  readonly rows: readonly Row[];
}

/** Where it was measured. `load`: processes that wanted a processor in the minute before it began. */
export interface Conditions {
  readonly cores: number;
  readonly node: string;
  readonly load: number;
}

/** The page with the one table, in Markdown. */
export function tableOf(measured: readonly Measured[], { cores, node, load }: Conditions): string {
  const lines = measured.flatMap(({ part, rows }) =>
    rows.map((row) => line([part.title, row.name, shown(row.median), spread(row), row.unit, reached(row)])),
  );
  const how = measured.map(({ part }) => `- **${part.title}.** ${part.how}`);
  const busy =
    load > cores / 4
      ? ` Others used the machine when it began (load ${load.toFixed(1)}): figures of time are worse for it.`
      : "";
  return `# Bench

Written by \`npm run bench\`: every comparison has both sides in one run. Median and spread (least to most) over the rounds; ${String(cores)} cores,
Node ${node}.${busy}

${line(["part", "what", "median", "spread", "unit", "to reach"])}
${line(["---", "---", "--:", "--:", "---", "---"])}
${lines.join("\n")}

## What was compared

${how.join("\n")}
`;
}

/** What the design asks of a row, and by how much it falls short. */
export function reached({ median, goal }: Row): string {
  if (goal === undefined) return "";
  const [sign, value] = "atLeast" in goal ? ["≥", goal.atLeast] : ["≤", goal.atMost];
  const wanted = `${sign} ${shown(value)}`;
  if (sign === "≥" ? median >= value : median <= value) return wanted;
  const by = value === 0 ? shown(median) : `${shown((100 * Math.abs(median - value)) / value)} %`;
  return `${wanted}: **missed by ${by}**`;
}

function spread({ min, max }: Row): string {
  return min === max ? "" : `${shown(min)} – ${shown(max)}`;
}

function shown(value: number): string {
  if (Number.isNaN(value)) return "none";
  return value.toLocaleString("en", {
    maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0,
  });
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
