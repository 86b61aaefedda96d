import { languages, type Language } from "../../core/messages/sentence.ts";
import { plain } from "../verify/plain.ts";
import { exitCodeOf, parts, type Finding } from "./finding.ts";
import { en } from "./messages/en.ts";
import type { Advice, DoctorTexts } from "./messages/texts.ts";
import { zhCN } from "./messages/zh-CN.ts";

const texts: Readonly<Record<Language, DoctorTexts>> = { "zh-CN": zhCN, en };

type InBothLanguages = Readonly<Record<Language, string>>;

/** The findings for people: each in both languages; of what is wrong also what it means and what to do. */
export function say(findings: readonly Finding[]): string {
  const lines = parts.flatMap((part) => {
    const here = findings.filter((finding) => finding.part === part);
    const title = languages.map((language) => texts[language].part[part]).join(" ");
    return here.length === 0 ? [] : [title, ...here.flatMap(sayFinding), ""];
  });
  return [...lines, ...languages.map((language) => summary(findings, language))].map(plain).join("\n");
}

function sayFinding(finding: Finding): string[] {
  return languages.flatMap((language, index) => {
    const text = texts[language];
    const head = index === 0 ? `  ${text.level[finding.level]} ${finding.level} ${finding.code}` : null;
    const advice = adviceOn(finding, language);
    return [
      ...(head === null ? [] : [head]),
      `    ${sentenceOf(finding, language)}`,
      ...(advice === null ? [] : [`    ${text.means}: ${advice.means}`, `    ${text.todo}: ${advice.todo}`]),
    ];
  });
}

function summary(findings: readonly Finding[], language: Language): string {
  const count = (level: Finding["level"]): number => findings.filter((finding) => finding.level === level).length;
  return texts[language].summary(count("PROBLEM"), count("WARNING"), count("SKIPPED"));
}

/** What was found, in a sentence. */
export function sentenceOf(finding: Finding, language: Language): string {
  const { plain: good, wrong } = texts[language];
  const { code, params } = finding;
  return isWrong(code, wrong) ? wrong[code].says(params) : isPlain(code, good) ? good[code](params) : code;
}

function adviceOn({ code }: Finding, language: Language): Advice | null {
  const { wrong } = texts[language];
  return isWrong(code, wrong) ? wrong[code] : null;
}

function isWrong(code: string, wrong: DoctorTexts["wrong"]): code is keyof DoctorTexts["wrong"] {
  return Object.hasOwn(wrong, code);
}

function isPlain(code: string, good: DoctorTexts["plain"]): code is keyof DoctorTexts["plain"] {
  return Object.hasOwn(good, code);
}

/** The findings as one JSON document. `at`: ISO 8601. */
export function documentOf(findings: readonly Finding[], at: string): object {
  return {
    format: "hufu-doctor",
    version: 1,
    at,
    exitCode: exitCodeOf(findings),
    findings: findings.map((finding) => ({
      ...finding,
      sentence: spoken((language) => sentenceOf(finding, language)),
      means: adviceInBoth(finding, ({ means }) => means),
      todo: adviceInBoth(finding, ({ todo }) => todo),
    })),
  };
}

function adviceInBoth(finding: Finding, of: (advice: Advice) => string): InBothLanguages | null {
  if (adviceOn(finding, "en") === null) return null;
  return spoken((language) => {
    const advice = adviceOn(finding, language);
    return advice === null ? "" : of(advice);
  });
}

function spoken(of: (language: Language) => string): InBothLanguages {
  return { "zh-CN": of("zh-CN"), en: of("en") };
}
