import type { Language } from "../answers.ts";
import { page as english } from "../messages-draft/en.ts";
import { page as chinese, type PageMessages } from "../messages-draft/zh-CN.ts";

export function messagesFor(language: Language): PageMessages {
  return language === "en" ? english : chinese;
}

/** The page speaks Chinese unless it is asked for English with `?lang=en`. */
export function languageOf(asked: unknown): Language {
  return asked === "en" ? "en" : "zh-CN";
}
