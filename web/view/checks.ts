import { checkIds, type CheckId } from "../../core/verify/checks.ts";
import type { CheckLine } from "../answers.ts";
import type { Result } from "../state.ts";
import type { ViewContext } from "./context.ts";
import { html, type Html } from "./html.ts";
import { outcomeIcon } from "./icon.ts";
import { messagesFor } from "./messages.ts";

function isNamed(id: string): id is CheckId {
  return checkIds.some((known) => known === id);
}

function line(check: CheckLine, context: ViewContext): Html {
  const words = messagesFor(context.language);
  return html`<li class="check" data-check="${check.id}" data-outcome="${check.outcome}">
    ${outcomeIcon(check.outcome)} <strong>${words.outcome[check.outcome]}</strong>
    <span>${isNamed(check.id) && html`<b>${words.checkName[check.id]}</b>`} ${check.sentence[context.language]}</span>
  </li>`;
}

/** Every check with its outcome as a word, and who made them: this browser, or the gateway. */
export function checksSection({ checks, checkedBy }: Result, context: ViewContext): Html | null {
  if (checks.length === 0) return null;
  const words = messagesFor(context.language);
  return html`<section class="part" data-part="checks" data-checked-by="${checkedBy}">
    <h3>${words.checksTitle[checkedBy]}</h3>
    <p class="hint">${words.checksHint[checkedBy]}</p>
    <ul class="checks">
      ${checks.map((check) => line(check, context))}
    </ul>
  </section>`;
}
