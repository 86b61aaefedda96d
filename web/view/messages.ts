import { en } from "../../core/messages/en.ts";
import type { Messages } from "../../core/messages/messages.ts";
import { holder as englishHolder, offline as englishOffline } from "../../core/messages/holder.en.ts";
import {
  holder as chineseHolder,
  offline as chineseOffline,
  type HolderMessages,
  type OfflineMessages,
} from "../../core/messages/holder.zh-CN.ts";
import { page as english } from "../../core/messages/page.en.ts";
import { page as chinese, type PageMessages } from "../../core/messages/page.zh-CN.ts";
import type { Language } from "../../core/messages/sentence.ts";
import { trust as englishTrust } from "../../core/messages/trust.en.ts";
import { trust as chineseTrust, type TrustMessages } from "../../core/messages/trust.zh-CN.ts";
import { zhCN } from "../../core/messages/zh-CN.ts";

/** The page's own words. */
export function messagesFor(language: Language): PageMessages {
  return language === "en" ? english : chinese;
}

/** What the page says to whoever holds a certificate. */
export function holderMessages(language: Language): HolderMessages {
  return language === "en" ? englishHolder : chineseHolder;
}

/** What the page says of trust bundles. */
export function trustMessages(language: Language): TrustMessages {
  return language === "en" ? englishTrust : chineseTrust;
}

/** The offline verifier's own words. */
export function offlineMessages(language: Language): OfflineMessages {
  return language === "en" ? englishOffline : chineseOffline;
}

/** Words that the page shares with sentences of verdicts: times, days, effects. */
export function commonMessages(language: Language): Pick<Messages, "time" | "day" | "effect" | "check"> {
  return language === "en" ? en : zhCN;
}

/** The page speaks Chinese unless it is asked for English with `?lang=en`. */
export function languageOf(asked: unknown): Language {
  return asked === "en" ? "en" : "zh-CN";
}
