import type { RecordView } from "../answers.ts";
import type { Found } from "../state.ts";
import { recordPath } from "../reference.ts";
import { kindName, type ViewContext } from "./context.ts";
import { clockTime } from "./format.ts";
import { html, type Html } from "./html.ts";
import { verdictIcon } from "./icon.ts";
import { commonMessages, messagesFor } from "./messages.ts";
import { agencyCode } from "./verdict.ts";

function match(record: RecordView, context: ViewContext): Html {
  const words = messagesFor(context.language);
  const name = html`${record.agency.name ?? record.agency.uscc} ${record.documentNumber ?? record.recordId}`;
  return html`<li>
    <a href="${recordPath(record.digest, context.language)}" lang="zh-CN">${name}</a>
    <p>${kindName(record.kind, context)} · ${agencyCode(record.agency, context)}</p>
    <p class="hint">
      ${words.fact.acceptedAt}
      <time datetime="${record.acceptedAt}">${clockTime(record.acceptedAt, context.language)}</time> ·
      ${commonMessages(context.language).effect[record.status.effect]}
    </p>
  </li>`;
}

/** Several records, for the citizen to choose by the agency; the choice leads to the record's own page. */
export function matchesSection(found: Extract<Found, { is: "matches" }>, context: ViewContext): Html {
  const words = messagesFor(context.language);
  const title = words.matchesTitle(found.matches.length);
  return html`<div class="matches">
    <h2>${title}</h2>
    <p>${words.matches[found.by]}</p>
    <ol>
      ${found.matches.map((record) => match(record, context))}
    </ol>
  </div>`;
}

/** Nothing found: never "forged", and always what to do next. */
export function noMatchPanel(found: Extract<Found, { is: "no-match" }>, context: ViewContext): Html {
  const words = messagesFor(context.language);
  const word = html`${verdictIcon("unknown")} <span>${words.word.unknown}</span>`;
  return html`<div class="verdict open" data-verdict="unknown">
    <h2 class="word">${word}</h2>
    <p class="sentence">${words.noMatch[found.by](found.asked)}</p>
    <p>${words.noMatchAdvice[found.by]}</p>
  </div>`;
}
