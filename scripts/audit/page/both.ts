import { html, type Html, type Part } from "../../../web/view/html.ts";
import { en } from "../messages/en.ts";
import type { AuditTexts } from "../messages/texts.ts";
import { zhCN } from "../messages/zh-CN.ts";
import { printable } from "../printable.ts";

/** A text of the page in both languages, Chinese first. */
export function both(textOf: (texts: AuditTexts) => string): Html {
  return html`<span lang="zh-CN">${shown(textOf(zhCN))}</span> <span lang="en">${shown(textOf(en))}</span>`;
}

/** Text from the chain or a node: escaped by `html`, and without characters that do more than stand there. */
export function shown(text: string): Part {
  return printable(text);
}

/** A hash, a number of a key or an address. */
export function code(text: string): Html {
  return html`<code>${shown(text)}</code>`;
}

/** A definition: what, and in one or several parts how much. */
export function fact(textOf: (texts: AuditTexts) => string, value: Part): Html {
  return html`<dt>${both(textOf)}</dt>
    <dd>${value}</dd>`;
}
