import type { SavedFile } from "./certificate-desk.ts";

/** A part that every page has. Throws where it has not: then page and script are not of one build. */
export function part(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`The page has no ${selector}.`);
  return element;
}

/** Says it in the status line, which a screen reader reads out. */
export function say(text: string): void {
  part("[data-progress]").textContent = text;
}

/** Takes the focus to the first of these that is there. */
export function focusOn(...ids: readonly string[]): void {
  const element = ids.map((id) => document.getElementById(id)).find((candidate) => candidate !== null);
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
}

/** Hands the reader a file to save. */
export function save({ name, text }: SavedFile): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
