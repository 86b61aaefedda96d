import { en } from "../../core/messages/en.ts";
import type { Messages } from "../../core/messages/messages.ts";
import { page as english } from "../../core/messages/page.en.ts";
import { page as chinese, type PageMessages } from "../../core/messages/page.zh-CN.ts";
import type { Language } from "../../core/messages/sentence.ts";
import { zhCN } from "../../core/messages/zh-CN.ts";

/** The page's own words. */
export function messagesFor(language: Language): PageMessages {
  return language === "en" ? english : chinese;
}

/** Words that the page shares with sentences of verdicts: times, days, effects. */
export function commonMessages(language: Language): Pick<Messages, "time" | "day" | "effect"> {
  return language === "en" ? en : zhCN;
}

/** The page speaks Chinese unless it is asked for English with `?lang=en`. */
export function languageOf(asked: unknown): Language {
  return asked === "en" ? "en" : "zh-CN";
}
