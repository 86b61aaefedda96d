import { en } from "../../core/messages/en.ts";
import type { Messages } from "../../core/messages/messages.ts";
import type { Language } from "../../core/messages/sentence.ts";
import { zhCN } from "../../core/messages/zh-CN.ts";
import { words, type Words } from "./words.ts";

export const texts: Readonly<Record<Language, Messages>> = { "zh-CN": zhCN, en };

/** Says the same in each language, in their order. */
export interface Speaker {
  /** a label: every language on one line */
  label(of: (words: Words, language: Language) => string): string;
  /** sentences: a line for each language */
  lines(of: (language: Language) => string): string[];
}

export function createSpeaker(languages: readonly Language[]): Speaker {
  return {
    label: (of) => [...new Set(languages.map((language) => of(words[language], language)))].join(" "),
    lines: (of) => languages.map(of),
  };
}

export const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** One point, however many lines it has. */
export const bulleted = (lines: readonly string[]): string[] =>
  lines.map((line, index) => `${index === 0 ? "-" : " "} ${line}`);
