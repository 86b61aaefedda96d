import type { TrustComparison } from "../../core/trust/compare.ts";
import type { TrustHeld, TrustNotice } from "../trust/offer.ts";
import type { ViewContext } from "./context.ts";
import { fingerprintWords } from "./fingerprint.ts";
import { html, type Html } from "./html.ts";
import { commonMessages, trustMessages } from "./messages.ts";

function changes(what: TrustComparison["what"], context: ViewContext): Html {
  const words = trustMessages(context.language).change;
  return html`<ul class="plain">
    ${what.map((code) => html`<li data-change="${code}">${words[code]}</li>`)}
  </ul>`;
}

/** Loud: the person has to decide, and nothing changes until they do. */
function otherBundle(
  { what, offered }: Extract<TrustNotice, { is: "other" }>,
  { trusted }: TrustHeld,
  context: ViewContext,
): Html {
  const words = trustMessages(context.language);
  const { notice } = words;
  const kept =
    trusted &&
    html`<div>
      <h3>${notice.kept}</h3>
      ${fingerprintWords(trusted.bundle, context)}
    </div>`;
  return html`<section class="alarm" role="alert" data-notice="other" aria-labelledby="trust-notice-title">
    <h2 id="trust-notice-title" tabindex="-1">${notice.other}</h2>
    <p>${notice.otherLead}</p>
    <p>${notice.otherAdvice}</p>
    <h3>${notice.differences}</h3>
    ${changes(what, context)}
    <div class="groups">
      ${kept}
      <div>
        <h3>${notice.offered} <span class="hint">${words.offeredBy[offered.broughtBy]}</span></h3>
        ${fingerprintWords(offered.bundle, context)}
      </div>
    </div>
    <p class="choose">
      <button type="button" class="button" data-action="trust-dismiss">${notice.keep}</button>
      <button type="button" class="plain-button" data-action="trust-accept">${notice.take}</button>
    </p>
  </section>`;
}

function text(notice: Exclude<TrustNotice, { is: "other" }>, context: ViewContext): string {
  const words = trustMessages(context.language).notice;
  if (notice.is === "unproven") return words.unproven(commonMessages(context.language).check[notice.code]({}));
  return words[notice.is];
}

/** What there is to tell of a bundle that was offered: a line that can be put away, or, for another bundle, a notice that cannot be overlooked. */
export function trustNotice(held: TrustHeld, context: ViewContext): Html | null {
  const { notice } = held;
  if (notice === null) return null;
  if (notice.is === "other") return otherBundle(notice, held, context);
  return html`<div class="said notice" data-notice="${notice.is}">
    <p id="trust-notice-title" tabindex="-1">${text(notice, context)}</p>
    ${notice.is === "grown" && changes(notice.what, context)}
    <p>
      <button type="button" class="plain-button" data-action="trust-dismiss">
        ${trustMessages(context.language).notice.dismiss}
      </button>
    </p>
  </div>`;
}
