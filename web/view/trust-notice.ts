import type { Publisher, TrustedAgency } from "../../core/trust/bundle.ts";
import type { TrustChange, TrustHeld, TrustNotice } from "../trust/offer.ts";
import type { ViewContext } from "./context.ts";
import { fingerprintWords } from "./fingerprint.ts";
import { html, type Html } from "./html.ts";
import { commonMessages, trustMessages } from "./messages.ts";

/** What went, and what came: verdicts name agencies as the bundle does. */
function named(before: readonly string[], after: readonly string[]): Html {
  const gone = before.filter((text) => !after.includes(text)).map((text) => `− ${text}`);
  const come = after.filter((text) => !before.includes(text)).map((text) => `+ ${text}`);
  return html`<ul class="values-down" lang="zh-CN">
    ${[...gone, ...come].map((text) => html`<li>${text}</li>`)}
  </ul>`;
}

const agencyText = ({ uscc, name }: TrustedAgency): string => `${name} ${uscc}`;
const publisherText = ({ name, validator }: Publisher): string => `${name} ${validator ?? ""}`;

function changes({ what, before, after }: TrustChange, context: ViewContext): Html {
  const words = trustMessages(context.language).change;
  return html`<ul class="plain">
    ${what.map(
      (code) =>
        html`<li data-change="${code}">
          ${words[code]}
          ${code === "AGENCIES_CHANGED" && named(before.agencies.map(agencyText), after.agencies.map(agencyText))}
          ${code === "PUBLISHERS_CHANGED" && named(before.publishers.map(publisherText), after.publishers.map(publisherText))}
        </li>`,
    )}
  </ul>`;
}

type Decision = Extract<TrustNotice, { readonly offered: unknown }>;

/** Loud: the person has to decide, and nothing changes until they do. */
function decision(change: Decision, context: ViewContext): Html {
  const words = trustMessages(context.language);
  const { notice } = words;
  const { is, before, after, offered } = change;
  const [title, lead, advice] =
    is === "other"
      ? [notice.other, notice.otherLead, notice.otherAdvice]
      : [notice.more, notice.moreLead, notice.moreAdvice];
  return html`<section class="alarm" role="alert" data-notice="${is}" aria-labelledby="trust-notice-title">
    <h2 id="trust-notice-title" tabindex="-1">${title}</h2>
    <p>${lead}</p>
    <p>${advice}</p>
    <h3>${notice.differences}</h3>
    ${changes(change, context)}
    <div class="groups">
      <div>
        <h3>${notice.kept}</h3>
        ${fingerprintWords(before, context)}
      </div>
      <div>
        <h3>${notice.offered} <span class="hint">${words.offeredBy[offered.broughtBy]}</span></h3>
        ${fingerprintWords(after, context)}
      </div>
    </div>
    <p class="choose">
      <button type="button" class="button" data-action="trust-dismiss">${notice.keep}</button>
      <button type="button" class="plain-button" data-action="trust-accept">${notice.take}</button>
    </p>
  </section>`;
}

function text(notice: Exclude<TrustNotice, Decision>, context: ViewContext): string {
  const words = trustMessages(context.language).notice;
  if (notice.is === "unproven") return words.unproven(commonMessages(context.language).check[notice.code]({}));
  return words[notice.is];
}

/** What there is to tell of a bundle that was offered: a line that can be put away, or, where the person decides, a notice that cannot be overlooked. */
export function trustNotice({ notice }: TrustHeld, context: ViewContext): Html | null {
  if (notice === null) return null;
  if ("offered" in notice) return decision(notice, context);
  return html`<div class="said notice" data-notice="${notice.is}">
    <p id="trust-notice-title" tabindex="-1">${text(notice, context)}</p>
    ${notice.is === "grown" && changes(notice, context)}
    <p>
      <button type="button" class="plain-button" data-action="trust-dismiss">
        ${trustMessages(context.language).notice.dismiss}
      </button>
    </p>
  </div>`;
}
