import type { Language } from "../../core/messages/sentence.ts";
import type { Kind } from "../../core/kinds/kind.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import { html, type Html } from "./html.ts";
import { humanise } from "./format.ts";
import { recordPath } from "../reference.ts";

/** What every part of the page is drawn with. */
export interface ViewContext {
  readonly language: Language;
  readonly kinds: KindRegistry;
  /** Where the page is reached from outside, without a slash at the end: it is printed beneath a verdict. */
  readonly publicUrl: string;
  /** Whether there is no gateway that this page belongs to: no link leads to a record, and no scan can be looked up. */
  readonly isOffline: boolean;
}

/** A record's digest, or other words for it, leading to its page where there is one. */
export function recordLink(digest: string, text: string, context: ViewContext): Html {
  const shown = text === digest ? html`<span class="mono">${text}</span>` : html`${text}`;
  return context.isOffline ? shown : html`<a href="${recordPath(digest, context.language)}">${shown}</a>`;
}

/** The beginning of a digest, which tells records apart for people, leading to the record's page. */
export function shortDigest(digest: string, context: ViewContext): Html {
  const shown = html`<span class="mono">${digest.slice(0, 16)}…</span>`;
  return context.isOffline ? shown : html`<a href="${recordPath(digest, context.language)}">${shown}</a>`;
}

/** A kind's name; the law's own name is Chinese, and English readers see both. */
export function kindName(name: string, context: ViewContext): Html {
  const kind: Kind | undefined = context.kinds.byName(name);
  if (kind === undefined) return html`${name}`;
  return context.language === "zh-CN"
    ? html`${kind.zh}`
    : html`${humanise(name.replaceAll("-", " "))} (<span lang="zh-CN">${kind.zh}</span>)`;
}

/** A field's name as the kind has it; an English reader sees the English name above the Chinese one. */
export function fieldName(name: string, zh: string | undefined, context: ViewContext): Html {
  if (zh === undefined) return html`${name}`;
  return context.language === "zh-CN"
    ? html`${zh}`
    : html`${humanise(name)} <span class="original" lang="zh-CN">${zh}</span>`;
}
