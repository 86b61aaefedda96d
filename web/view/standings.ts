import type { Result, StandingLine } from "../state.ts";
import { fieldName, recordLink, shortDigest, type ViewContext } from "./context.ts";
import { clockTime, enumWord } from "./format.ts";
import { html, type Html, type Part } from "./html.ts";
import { commonMessages, messagesFor } from "./messages.ts";
import { agencyName } from "./verdict.ts";

function reasonWord(reason: string, context: ViewContext): string {
  const field = context.kinds.byName("status-decision")?.fields.find((candidate) => candidate.name === "reason");
  return field === undefined ? reason : enumWord(field, reason, context.language);
}

function row(term: string, value: Part): Html | null {
  return value === null || value === undefined || value === false
    ? null
    : html`<div>
        <dt>${term}</dt>
        <dd>${value}</dd>
      </div>`;
}

/** How one record stands, since when, and by whose decision for which reason. */
function standing(line: StandingLine, context: ViewContext): Html {
  const words = messagesFor(context.language).decision;
  const common = commonMessages(context.language);
  const { since, decisionDate: date, decisionDocNo, explanation, notShown } = line;
  return html`<dl class="content">
      ${row(words.effect, common.effect[line.effect])}
      ${row(words.since, since && html`<time datetime="${since}">${clockTime(since, context.language)}</time>`)}
      ${row(words.reason, line.reason && reasonWord(line.reason, context))}
      ${row(words.date, date && html`<time datetime="${date}">${common.day(date)}</time>`)}
      ${row(words.by, line.actor && agencyName(line.actor, context))}
      ${row(words.docNo, decisionDocNo && html`<span lang="zh-CN">${decisionDocNo}</span>`)}
      ${row(words.explanation, explanation && html`<span lang="zh-CN">${explanation}</span>`)}
      ${row(
        words.notShown,
        notShown.length > 0 &&
          html`<ul class="names">
            ${notShown.map(({ name, zh }) => html`<li>${fieldName(name, zh, context)}</li>`)}
          </ul>`,
      )}
    </dl>
    ${line.lacks && html`<p class="pending">${words.lacks[line.lacks]}</p>`}
    ${line.decision && !context.isOffline && html`<p>${recordLink(line.decision, words.link, context)}</p>`}`;
}

/** The record, then each that took the place of the one before it. */
function chain(lines: readonly StandingLine[], context: ViewContext): Html {
  const words = messagesFor(context.language).standing;
  const title = (index: number): string =>
    index === 0 ? words.own : index === lines.length - 1 ? words.last : words.next;
  return html`<ol class="chain">
    ${lines.map(
      (line, index) =>
        html`<li data-effect="${line.effect}">
          <h4>
            ${title(index)}
            ${index === 0 ? html`<span class="mono">${line.digest.slice(0, 16)}…</span>` : shortDigest(line.digest, context)}
          </h4>
          ${standing(line, context)}
        </li>`,
    )}
  </ol>`;
}

/** Why the record stands as it does, and what its amendments lead to; and what is under way and not counted yet. */
export function standingsSection(result: Result, context: ViewContext): Html | null {
  const words = messagesFor(context.language);
  const { standings } = result;
  const pending = result.record?.status.pending.length ?? 0;
  const [first] = standings;
  if (first === undefined && pending === 0) return null;
  return html`<section class="part" data-part="standings">
    <h3>${words.standingsTitle}</h3>
    ${first && result.checkedBy === "browser" && html`<p class="hint">${words.standingsProven}</p>`}
    ${standings.length > 1 ? chain(standings, context) : first && standing(first, context)}
    ${pending > 0 && html`<p class="pending">${words.pending(pending)}</p>`}
  </section>`;
}
