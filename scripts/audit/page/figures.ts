import { html, type Html } from "../../../web/view/html.ts";
import type { Figures } from "../figures/figures.ts";
import { en } from "../messages/en.ts";
import { zhCN } from "../messages/zh-CN.ts";
import { both, shown } from "./both.ts";
import { plotsOf, type FigurePlot } from "./figure-plots.ts";
import { drawPlot } from "./plot.ts";

/** Every plot with its numbers beneath. */
export function figuresSection(figures: Figures): Html {
  return html`<h2>${both(({ heading }) => heading.figures)}</h2>
    ${plotsOf(figures).map((plot) => plotSection(plot, figures))}`;
}

function plotSection(plot: FigurePlot, figures: Figures): Html {
  return html`<section>
    <h3>${both((texts) => texts.plot[plot.name])}</h3>
    ${plot.name === "timeToAnchored" && waitsSentence(figures)} ${picture(plot)}
  </section>`;
}

function waitsSentence({ timeToAnchored }: Figures): Html | null {
  if (timeToAnchored === null) return null;
  const { median, p95, longest } = timeToAnchored;
  return html`<p class="both">
    ${both(({ waits, seconds }) => waits(seconds(median), seconds(p95), seconds(longest)))}
  </p>`;
}

function picture(plot: FigurePlot): Html {
  if (plot.bars === null) return html`<p class="both">${both(({ noWaits }) => noWaits)}</p>`;
  if (plot.bars.length === 0) return html`<p class="both">${both(({ nothingThere }) => nothingThere)}</p>`;
  const title = `${zhCN.plot[plot.name]} ${en.plot[plot.name]}`;
  return html`<figure>${drawn(drawPlot({ id: plot.name, title, bars: plot.bars, shape: plot.shape }))}</figure>
    <details>
      <summary>${both(({ data }) => data)}</summary>
      ${table(plot)}
    </details>`;
}

/** The library escapes the names that it writes, which a test holds it to. */
function drawn(svg: string): Html {
  return html([svg] as unknown as TemplateStringsArray); // as: a template without a value, made of what was drawn
}

function table({ columns, rows }: FigurePlot): Html {
  return html`<table>
    <thead>
      <tr>
        ${columns.map((column, index) => html`<th scope="col" class="${index > 0 && "number"}">${both((texts) => texts.column[column])}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => cellOf(cell))}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function cellOf(cell: string | number): Html {
  if (typeof cell === "string") return html`<td>${shown(cell)}</td>`;
  return html`<td class="number">${cell.toLocaleString("en")}</td>`;
}
