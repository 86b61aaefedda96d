import { builtInKinds } from "../../core/kinds/registry.ts";
import { certificateFound } from "../certificate-result.ts";
import type { ViewContext } from "../view/context.ts";
import { languageOf, messagesFor, offlineMessages } from "../view/messages.ts";
import { offlineBody } from "../view/offline.ts";
import { drawFound, drawTrust } from "./draw.ts";
import { setMarkup } from "./markup.ts";
import { startPage } from "./page.ts";
import { part } from "./parts.ts";
import * as verifier from "./verifier.ts";

/** The logo as a data address: the build puts it in. */
declare const HUFU_LOGO: string;

let context: ViewContext = contextIn(document.documentElement.lang);

function contextIn(language: string): ViewContext {
  return { language: languageOf(language), kinds: builtInKinds, publicUrl: "", isOffline: true };
}

function drawPage(): void {
  document.documentElement.lang = context.language;
  document.title = messagesFor(context.language).title(offlineMessages(context.language).heading);
  setMarkup(part("#page"), offlineBody(HUFU_LOGO, context));
}

/** The trust bundle that the build put in; undefined where it put none in. */
function builtIn(): unknown {
  const text = document.getElementById("built-in")?.textContent ?? "";
  return text.trim() === "" ? undefined : (JSON.parse(text) as unknown); // as: JSON.parse gives any
}

drawPage();
const session = startPage({
  context: () => context,
  gateway: null,
  script: Promise.resolve(verifier),
  builtIn: builtIn(),
});

/** In the other language, with everything that is open. */
async function speak(language: string): Promise<void> {
  const { keeper, desk } = await session;
  context = contextIn(language);
  drawPage();
  drawTrust(keeper.held(), context);
  const found = desk.again();
  if (found) drawFound(certificateFound(found), context);
  document.querySelector<HTMLElement>(`[data-language="${context.language}"]`)?.focus();
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-action="language"]') : null;
  if (button) void speak(button.dataset["language"] ?? "");
});
