import type { VerdictCode } from "../../core/verify/verdict.ts";
import type { Result } from "../state.ts";
import { fieldName, type ViewContext } from "./context.ts";
import { clockTime } from "./format.ts";
import { html, type Html } from "./html.ts";
import { messagesFor } from "./messages.ts";

function names(
  title: string,
  hint: string,
  list: readonly string[],
  result: Result,
  context: ViewContext,
): Html | null {
  if (list.length === 0) return null;
  const fields = (result.kind === null ? undefined : context.kinds.byName(result.kind))?.fields ?? [];
  const zh = (name: string): string | undefined => fields.find((field) => field.name === name)?.zh;
  return html`<div class="group">
    <h4>${title}</h4>
    <p class="hint">${hint}</p>
    <ul class="names">
      ${list.map((name) => html`<li>${fieldName(name, zh(name), context)}</li>`)}
    </ul>
  </div>`;
}

/** What is not shown, and whose doing that is. */
export function notShownSection(result: Result, context: ViewContext): Html | null {
  const words = messagesFor(context.language);
  const { byLaw, byHolder } = result.notShown;
  if (byLaw.length === 0 && byHolder.length === 0) return null;
  return html`<section class="part" data-part="not-shown">
    <h3>${words.notShownTitle}</h3>
    <div class="groups">
      ${names(words.byHolder, words.byHolderHint, byHolder, result, context)}
      ${names(words.byLaw, words.byLawHint, byLaw, result, context)}
    </div>
  </section>`;
}

/** What the verdict itself leaves open, beyond what its checks tell. */
function openWith({ verdict, asOf }: Result, context: ViewContext): readonly string[] {
  const words = messagesFor(context.language).unknown;
  const after = asOf ? [words.after(asOf.blockNumber, clockTime(asOf.blockTime, context.language))] : [];
  const said: Readonly<Partial<Record<VerdictCode, readonly string[]>>> = {
    unknown: [words.nothing, ...after],
    accepted: [words.neverAnchored],
    altered: [words.original],
    unreachable: [words.unread],
  };
  return said[verdict] ?? [];
}

/** What the verdict does not know. It never is nothing: there is always something after the last block. */
export function unknownSection(result: Result, context: ViewContext): Html {
  const told = result.unknown.map(({ sentence }) => sentence[context.language]);
  return html`<section class="part" data-part="unknown">
    <h3>${messagesFor(context.language).unknownTitle}</h3>
    <ul class="plain">
      ${[...openWith(result, context), ...told].map((text) => html`<li>${text}</li>`)}
    </ul>
  </section>`;
}
