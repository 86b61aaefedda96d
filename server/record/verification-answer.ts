import { checkSentence, languages, sentence, unknownSentence, type Language } from "../../core/messages/sentence.ts";
import type { Check } from "../../core/verify/checks.ts";
import type { Hidden } from "../../core/verify/shown.ts";
import type { Unknown } from "../../core/verify/unknowns.ts";
import type { Verdict } from "../../core/verify/verdict.ts";
import type { Links } from "./links.ts";

export type InBothLanguages = Readonly<Record<Language, string>>;

/** A verdict as the API tells it: codes for programs, sentences for people. */
export interface VerificationAnswer {
  verdict: Verdict["code"];
  sentence: InBothLanguages;
  checks: (Check & { sentence: InBothLanguages })[];
  asOf: Verdict["asOf"];
  agency: Verdict["agency"];
  kind: string | null;
  documentNumber: string | null;
  digest: string | null;
  /** fields that a certificate does not show: what its holder left out, what the law withholds */
  notShown: Hidden | null;
  /** what the verdict does not know */
  unknown: { code: Unknown["code"]; sentence: InBothLanguages }[];
  /** null where this gateway does not have the record */
  links: Links | null;
}

/** What an answer is made of; what is left out is not known. */
export interface AnswerParts {
  verdict: Verdict;
  checks?: readonly Check[];
  kind?: string;
  digest?: string;
  hidden?: Hidden;
  unknown?: readonly Unknown[];
  links?: Links | null;
}

export function answerOf({
  verdict,
  checks = [],
  kind,
  digest,
  hidden,
  unknown = [],
  links,
}: AnswerParts): VerificationAnswer {
  return {
    verdict: verdict.code,
    sentence: spoken((language) => sentence(verdict, language)),
    checks: checks.map((check) => ({ ...check, sentence: spoken((language) => checkSentence(check, language)) })),
    asOf: verdict.asOf,
    agency: verdict.agency,
    kind: kind ?? null,
    documentNumber: verdict.documentNumber,
    digest: digest ?? null,
    notShown: hidden ?? null,
    unknown: unknown.map((item) => ({
      code: item.code,
      sentence: spoken((language) => unknownSentence(item, language)),
    })),
    links: links ?? null,
  };
}

function spoken(say: (language: Language) => string): InBothLanguages {
  const [chinese, english] = languages;
  return { [chinese]: say(chinese), [english]: say(english) };
}
