import { codeWords } from "../../core/messages/codes.zh-CN.ts";
import type { Field } from "../../core/kinds/kind.ts";
import type { Language } from "../../core/messages/sentence.ts";
import { commonMessages } from "./messages.ts";

/** An instant (ISO UTC) as people in Beijing tell it; what is no instant stays as it is. */
export function clockTime(instant: string, language: Language): string {
  return Number.isNaN(Date.parse(instant)) ? instant : commonMessages(language).time(instant);
}

/** `1.4 MB`; powers of 1,000. */
export function fileSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? String(value) : value.toFixed(1)} ${units[unit] ?? ""}`;
}

/** `decisionDocNo` -> `Decision doc no`, `REPAIR_GRANTED` -> `Repair granted`: the English name of a thing that the law names in Chinese. */
export function humanise(name: string): string {
  const words = /^[A-Z0-9_]+$/.test(name)
    ? name.toLowerCase().replaceAll("_", " ")
    : name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One value of an enum field as it is spoken; a value that the field does not have stays as it is. */
export function enumWord(field: Field, value: string, language: Language): string {
  const position = "values" in field ? field.values.indexOf(value) : -1;
  if (!("values" in field) || position < 0) return value;
  if (language === "zh-CN") return field.zhValues?.[position] ?? codeWords[value] ?? value;
  return /^[A-Z]+(_[A-Z]+)*$/.test(value) && value !== "USCC" ? humanise(value) : value;
}

const englishUnits: Readonly<Record<string, string>> = { 万元: "× 10,000 yuan", 元: "yuan", "元/月": "yuan a month" };

export function unitWord(unit: string, language: Language): string {
  if (unit === "m2") return "m²";
  return language === "en" ? (englishUnits[unit] ?? unit) : unit;
}
