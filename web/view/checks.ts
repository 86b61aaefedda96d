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

function group(of: "own" | "told", result: Result, context: ViewContext): Html {
  const words = messagesFor(context.language);
  const checks = result[of];
  const title = of === "own" ? words.ownTitle : words.toldTitle;
  const hint = of === "own" ? words.ownHint : words.toldHint;
  return html`<div class="group" data-group="${of}">
    <h4>${title}</h4>
    ${
      checks === null
        ? html`<p>${result.verdict === "altered" ? words.notAskedAltered : words.notAsked}</p>`
        : html`<p class="hint">${hint}</p>
            <ul class="checks">
              ${checks.map((check) => line(check, context))}
            </ul>`
    }
  </div>`;
}

/** Every check with its outcome as a word. What this browser computed and what it was told stand apart. */
export function checksSection(result: Result, context: ViewContext): Html | null {
  if (result.own === null && result.told === null) return null;
  return html`<section class="part" data-part="checks">
    <h3>${messagesFor(context.language).checksTitle}</h3>
    <div class="groups">${result.own && group("own", result, context)} ${group("told", result, context)}</div>
  </section>`;
}
