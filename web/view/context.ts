import type { Language } from "../../core/messages/sentence.ts";
import type { Kind } from "../../core/kinds/kind.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import { html, type Html } from "./html.ts";
import { humanise } from "./format.ts";

/** What every part of the page is drawn with. */
export interface ViewContext {
  readonly language: Language;
  readonly kinds: KindRegistry;
  /** Where the page is reached from outside, without a slash at the end: it is printed beneath a verdict. */
  readonly publicUrl: string;
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
