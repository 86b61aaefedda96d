import type { TrustBundle } from "../../core/trust/bundle.ts";
import type { ViewContext } from "./context.ts";
import { html, type Html } from "./html.ts";

/** The words of a bundle's fingerprint, in the page's language first: characters in groups of four, English words in a row. */
export function fingerprintWords({ fingerprint }: TrustBundle, context: ViewContext): Html {
  const groups = fingerprint.words["zh-CN"].split(" ");
  const chinese = html`<p class="characters" lang="zh-CN">${groups.map((group) => html`<span>${group}</span> `)}</p>`;
  const english = html`<p class="words" lang="en">${fingerprint.words.en}</p>`;
  return html`<div class="fingerprint" data-fingerprint="${fingerprint.sha256}">
    ${context.language === "en" ? [english, chinese] : [chinese, english]}
  </div>`;
}
