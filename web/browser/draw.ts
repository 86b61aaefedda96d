import type { Found } from "../state.ts";
import type { TrustHeld } from "../trust/offer.ts";
import type { ViewContext } from "../view/context.ts";
import { foundView } from "../view/found.ts";
import { messagesFor } from "../view/messages.ts";
import { foundTitle } from "../view/title.ts";
import { trustNotice } from "../view/trust-notice.ts";
import { trustView } from "../view/trust.ts";
import { setMarkup } from "./markup.ts";
import { focusOn, part, say } from "./parts.ts";

/** Puts what was found into the page. */
export function drawFound(found: Found, context: ViewContext): void {
  const title = foundTitle(found, context);
  setMarkup(part("#found"), foundView(found, context));
  document.title = messagesFor(context.language).title(title);
  document.body.classList.toggle("has-found", found.is !== "problems" && found.is !== "nothing");
  showWithScript();
}

/** Says what was found in the status line, and takes the focus to it. */
export function present(found: Found, context: ViewContext): void {
  say(messagesFor(context.language).file.done(foundTitle(found, context)));
  if (found.is === "problems") focusOn("problems");
  else {
    part("#found").focus();
    part("#found").scrollIntoView();
  }
}

/** The trust bundle, and what there is to tell of it. */
export function drawTrust(held: TrustHeld, context: ViewContext): void {
  setMarkup(part("#trust"), trustView(held.trusted, context));
  setMarkup(part("#trust-notice"), trustNotice(held, context));
}

/** What is hidden until there is a script that can make it work. */
export function showWithScript(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-without-script]")) element.hidden = true;
  for (const element of document.querySelectorAll<HTMLElement>("[data-with-script]")) element.hidden = false;
}
