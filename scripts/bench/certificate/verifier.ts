import { checkSentence, languages, sentence, unknownSentence } from "../../../core/messages/sentence.ts";
import type { Verification } from "../../../core/verify/verify.ts";

export { createJudge } from "./judge.ts";

/** Milliseconds of each of `rounds` verifications, sentences in both languages and all. Throws where the verdict is not `in-force`. */
export function timesOf(judge: (text: string) => Verification, text: string, rounds: number): number[] {
  return Array.from({ length: rounds }, () => {
    const begun = performance.now();
    const verification = judge(text);
    spoken(verification);
    if (verification.verdict.code !== "in-force") throw new Error("the specimen is in force, and was not found so");
    return performance.now() - begun;
  });
}

function spoken({ verdict, checks, unknown }: Verification): string[] {
  return languages.flatMap((language) => [
    sentence(verdict, language),
    ...checks.map((check) => checkSentence(check, language)),
    ...unknown.map((one) => unknownSentence(one, language)),
  ]);
}
