import { builtInKinds } from "../../../core/kinds/registry.ts";
import type { Bucket } from "../figures/buckets.ts";
import type { Figures } from "../figures/figures.ts";
import { zhCN } from "../messages/zh-CN.ts";
import { en } from "../messages/en.ts";
import type { AuditTexts, PlotName } from "../messages/texts.ts";
import { printable } from "../printable.ts";

/** A plot of the page: what is drawn, and the table beneath, which has everything. */
export interface FigurePlot {
  readonly name: PlotName;
  readonly shape: "rows" | "columns";
  /** null: why there is no plot, in the page's words */
  readonly bars: readonly { readonly name: string; readonly value: number }[] | null;
  readonly columns: readonly (keyof AuditTexts["column"])[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Agencies that are drawn; the others are drawn together, and each stands in the table. */
const mostAgencies = 20;

export function plotsOf(figures: Figures): FigurePlot[] {
  return [
    agencies(figures),
    kinds(figures),
    months(figures),
    statuses(figures),
    sizes(figures.batchSizes),
    waits(figures.timeToAnchored),
  ];
}

function agencies({ byAgency }: Figures): FigurePlot {
  const shown = byAgency.slice(0, mostAgencies).map(({ agency, name, records }) => ({
    name: printable(name) || agency,
    value: records,
  }));
  const rest = byAgency.slice(mostAgencies);
  const others = rest.reduce((sum, { records }) => sum + records, 0);
  return {
    name: "byAgency",
    shape: "rows",
    bars: rest.length === 0 ? shown : [...shown, { name: zhCN.others(rest.length), value: others }],
    columns: ["agency", "records", "batches"],
    rows: byAgency.map(({ agency, name, records, batches }) => [`${printable(name)} ${agency}`, records, batches]),
  };
}

function kinds({ byKind }: Figures): FigurePlot {
  const named = byKind.map(({ kind, records }) => ({ name: kindName(kind), value: records }));
  return {
    name: "byKind",
    shape: "rows",
    bars: named,
    columns: ["kind", "records"],
    rows: named.map(({ name, value }) => [name, value]),
  };
}

function kindName(kind: number): string {
  const known = builtInKinds.byId(kind);
  return known === undefined ? `#${kind}` : `${known.zh} ${known.kind.replaceAll("-", " ")}`;
}

function months({ byMonth }: Figures): FigurePlot {
  return {
    name: "byMonth",
    shape: "columns",
    bars: byMonth.map(({ month, records }) => ({ name: month, value: records })),
    columns: ["month", "records", "batches"],
    rows: byMonth.map(({ month, records, batches }) => [month, records, batches]),
  };
}

function statuses({ statuses: all }: Figures): FigurePlot {
  const named = all.map(({ effect, records }) => ({
    name: `${zhCN.effect[effect]} ${en.effect[effect]}`,
    value: records,
  }));
  return {
    name: "statuses",
    shape: "rows",
    bars: named,
    columns: ["status", "records"],
    rows: named.map(({ name, value }) => [name, value]),
  };
}

function sizes(buckets: readonly Bucket[]): FigurePlot {
  const named = buckets.map((bucket) => ({ name: sizeName(bucket), value: bucket.count }));
  return {
    name: "batchSizes",
    shape: "columns",
    bars: named,
    columns: ["batchSize", "batches"],
    rows: named.map(({ name, value }) => [name, value]),
  };
}

function sizeName({ from, below }: Bucket): string {
  if (below === null) return `≥ ${from}`;
  return below === from + 1 ? `${from}` : `${from}–${below - 1}`;
}

function waits(measured: Figures["timeToAnchored"]): FigurePlot {
  const named = (measured?.seconds ?? []).map((bucket) => ({ name: waitName(bucket), value: bucket.count }));
  return {
    name: "timeToAnchored",
    shape: "columns",
    bars: measured === null ? null : named,
    columns: ["seconds", "records"],
    rows: named.map(({ name, value }) => [name, value]),
  };
}

/** Whole seconds, as blocks have them, in signs that both languages read. */
function waitName({ from, below }: Bucket): string {
  const of = (seconds: number): string =>
    seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`;
  if (below === null) return `≥ ${of(from)}`;
  return below === from + 1 ? of(from) : `${of(from)} – < ${of(below)}`;
}
