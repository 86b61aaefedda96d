import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, GridComponent, AriaComponent, SVGRenderer]);

/** Bars, each with its name and number. */
export interface Plot {
  /** unique in the page: letters */
  readonly id: string;
  /** what a screen reader says instead */
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  /** rows: long names, read from top to bottom; columns: an order in time or size */
  readonly shape: "rows" | "columns";
}

const width = 720;
const rowHeight = 30;
const columnsHeight = 300;
const color = "#7a5718";
const ink = "#1b2430";
const soft = "#4a5666";
const line = "#e4dece";
const fontFamily = "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/** The plot as SVG that stands in a page: drawn once, without script, animation or anything that has to be fetched; the same for the same bars. */
export function drawPlot(plot: Plot): string {
  const height = plot.shape === "rows" ? 40 + rowHeight * plot.bars.length : columnsHeight;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(plot.shape === "rows" ? rowsOption(plot) : columnsOption(plot));
    return settled(chart.renderToSVGString(), plot);
  } finally {
    chart.dispose();
  }
}

const shared = { animation: false, textStyle: { fontFamily }, color: [color] };
const label = { show: true, color: ink, fontFamily, formatter: ({ value }: { value: unknown }) => grouped(value) };
const series = { type: "bar", emphasis: { disabled: true }, silent: true, barMaxWidth: 34 } as const;
const value = {
  type: "value",
  minInterval: 1,
  axisLabel: { color: soft, fontFamily, formatter: grouped },
  splitLine: { lineStyle: { color: line } },
} as const;

function category(bars: Plot["bars"]) {
  return {
    type: "category",
    data: bars.map(({ name }) => name),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: soft } },
  } as const;
}

function rowsOption({ bars }: Plot) {
  const axisLabel = { color: ink, fontFamily, interval: 0, width: 230, overflow: "truncate" } as const;
  return {
    ...shared,
    grid: { left: 250, right: 70, top: 4, bottom: 30 },
    xAxis: value,
    yAxis: { ...category(bars), inverse: true, axisLabel },
    series: [{ ...series, data: bars.map((bar) => bar.value), label: { ...label, position: "right" } }],
  };
}

function columnsOption({ bars }: Plot) {
  const axisLabel = { color: ink, fontFamily, hideOverlap: true, rotate: bars.length > 12 ? 45 : 0 } as const;
  const isShort = bars.length <= 16;
  return {
    ...shared,
    grid: { left: 70, right: 16, top: 26, bottom: bars.length > 12 ? 64 : 34 },
    xAxis: { ...category(bars), axisLabel },
    yAxis: value,
    series: [{ ...series, data: bars.map((bar) => bar.value), label: { ...label, show: isShort, position: "top" } }],
  };
}

function grouped(value: unknown): string {
  return typeof value === "number" ? value.toLocaleString("en") : "";
}

/**
 * The library's own names count what it has drawn since the process began: those of classes are for what a pointer does, and go; the others become
 * the plot's.
 */
function settled(svg: string, { id, title }: Plot): string {
  const plain = svg.replace(/<style[^]*?<\/style>/g, "").replace(/ class="zr\d+-cls-\d+"/g, "");
  const named = plain.replace(/\bzr\d+-/g, `${id}-`);
  return named.replace("<svg ", `<svg role="img" aria-label="${escapedAttribute(title)}" `);
}

function escapedAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
