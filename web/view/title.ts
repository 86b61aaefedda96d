import type { Found } from "../state.ts";
import type { ViewContext } from "./context.ts";
import { messagesFor } from "./messages.ts";
import { verdictWord } from "./verdict.ts";

/** What was found in a few words: the page's title, and what a screen reader is told. */
export function foundTitle(found: Found, context: ViewContext): string {
  const words = messagesFor(context.language);
  switch (found.is) {
    case "nothing":
      return words.heading;
    case "problems":
      return words.problemTitle;
    case "result":
      return verdictWord(found.result, context);
    case "matches":
      return words.matchesTitle(found.matches.length);
    case "no-match":
      return words.word.unknown;
  }
}
