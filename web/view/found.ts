import type { Found, Result } from "../state.ts";
import { certificateSection, takeSection } from "./certificate.ts";
import { checksSection } from "./checks.ts";
import { contentSection } from "./content.ts";
import type { ViewContext } from "./context.ts";
import { hideSection } from "./hide.ts";
import { html, type Html } from "./html.ts";
import { notShownSection, unknownSection } from "./limits.ts";
import { matchesSection, noMatchPanel } from "./matches.ts";
import { problemSummary } from "./problems.ts";
import { standingsSection } from "./standings.ts";
import { technicalSection } from "./technical.ts";
import { verdictPanel } from "./verdict.ts";

function resultView(result: Result, context: ViewContext): Html {
  return html`<article class="result" aria-labelledby="verdict">
    ${verdictPanel(result, context)} ${standingsSection(result, context)} ${certificateSection(result, context)}
    ${takeSection(result, context)} ${checksSection(result, context)} ${contentSection(result, context)}
    ${notShownSection(result, context)} ${hideSection(result, context)} ${unknownSection(result, context)}
    ${technicalSection(result, context)}
  </article>`;
}

/** What was found, in whatever form. The server puts it into its page, the browser into the page that is open. */
export function foundView(found: Found, context: ViewContext): Html | null {
  switch (found.is) {
    case "nothing":
      return null;
    case "problems":
      return problemSummary(found.problems, context);
    case "result":
      return resultView(found.result, context);
    case "matches":
      return matchesSection(found, context);
    case "no-match":
      return noMatchPanel(found, context);
  }
}
