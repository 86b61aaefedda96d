import type { Result } from "../state.ts";
import { recordPath } from "../reference.ts";
import type { ViewContext } from "./context.ts";
import { enumWord } from "./format.ts";
import { html, type Html } from "./html.ts";
import { commonMessages, messagesFor } from "./messages.ts";
import { agencyName } from "./verdict.ts";

function reasonWord(reason: string, context: ViewContext): string {
  const field = context.kinds.byName("status-decision")?.fields.find((candidate) => candidate.name === "reason");
  return field === undefined ? reason : enumWord(field, reason, context.language);
}

/** Why the record stands as it does: the decision that changed its effect, itself a record that can be verified. */
export function decisionSection(result: Result, context: ViewContext): Html | null {
  const status = result.record?.status;
  const words = messagesFor(context.language);
  const common = commonMessages(context.language);
  const pending =
    status && status.pending.length > 0 && html`<p class="pending">${words.pending(status.pending.length)}</p>`;
  if (!status?.decision)
    return pending
      ? html`<section class="part" data-part="decision">
          <h3>${words.decisionTitle}</h3>
          ${pending}
        </section>`
      : null;
  const { decision, actor, effect } = status;
  const date = decision.decisionDate;
  const row = (term: string, value: Html | string): Html =>
    html`<div>
      <dt>${term}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<section class="part" data-part="decision">
    <h3>${words.decisionTitle}</h3>
    <dl class="content">
      ${row(words.decision.effect, common.effect[effect])}
      ${decision.reason && row(words.decision.reason, reasonWord(decision.reason, context))}
      ${date && row(words.decision.date, html`<time datetime="${date}">${common.day(date)}</time>`)}
      ${actor && row(words.decision.by, agencyName(actor, context))}
      ${decision.decisionDocNo && row(words.decision.docNo, html`<span lang="zh-CN">${decision.decisionDocNo}</span>`)}
      ${decision.explanation && row(words.decision.explanation, html`<span lang="zh-CN">${decision.explanation}</span>`)}
    </dl>
    <p><a href="${recordPath(decision.digest, context.language)}">${words.decision.link}</a></p>
    ${pending}
  </section>`;
}
