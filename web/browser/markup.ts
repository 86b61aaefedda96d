import type { Html } from "../view/html.ts";

interface MarkupPolicy {
  createHTML(text: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): MarkupPolicy;
}

/** Trusted Types where the browser has them; the type library does not know them yet. */
// as: what the specification says of globalThis.trustedTypes
const factory = Reflect.get(globalThis, "trustedTypes") as PolicyFactory | undefined;
const policy = factory?.createPolicy("hufu", { createHTML: (text) => text });

/**
 * Puts markup into the page. The content security policy lets no other code do so, and `Html` is made by the escaping template
 * alone: nothing out of a file or an answer is ever read as markup.
 */
export function setMarkup(element: Element, markup: Html | null): void {
  const text = markup?.toString() ?? "";
  element.innerHTML = policy?.createHTML(text) ?? text;
}
