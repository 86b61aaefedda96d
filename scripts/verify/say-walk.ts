import type { Language } from "../../core/messages/sentence.ts";
import { agencyName } from "../../core/trust/agency-name.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import { reasonOf, type StatusReason } from "../../core/verify/reason.ts";
import type { Standing } from "../../core/verify/walk.ts";
import { indented, texts, type Speaker } from "./speaker.ts";
import { words, type Words } from "./words.ts";

/** How the record stands and what it rests on, then the same of what took its place. */
export function sayWalk(standings: readonly Standing[], trusted: Trusted | undefined, speaker: Speaker): string[] {
  return standings.flatMap((standing) => [
    `${speaker.label(({ record }) => record)} ${standing.digest}`,
    ...indented(groundsOf(standing, trusted, speaker)),
  ]);
}

function groundsOf(standing: Standing, trusted: Trusted | undefined, { label, lines }: Speaker): string[] {
  const { version, actor, decisionDate, explanation, successor, notShown } = standing;
  const reason = reasonOf(standing.reason);
  const item = (of: (text: Words) => string, value: string | null): string[] =>
    value === null ? [] : [`${label(of)}: ${value}`];
  const isUnexplained = version > 0 && !standing.isExplained;
  return [
    ...lines((language) => effectText(standing, language)),
    ...(reason === null
      ? []
      : [
          `${label((text) => text.reason)}:`,
          ...indented(lines((language) => reasonText(reason, decisionDate, language))),
        ]),
    ...item((text) => text.actor, actor === null ? null : nameOf(actor, trusted)),
    ...item((text) => text.explanation, explanation),
    ...item((text) => text.successor, successor),
    ...item(
      (text) => text.notShown,
      notShown.length === 0 ? null : notShown.map(({ name, zh }) => `${zh} ${name}`).join(", "),
    ),
    ...(standing.contradicts ? [label((text) => text.contradicts)] : []),
    ...(isUnexplained && !standing.contradicts ? [label((text) => text.notInFile)] : []),
  ];
}

function effectText({ effect, since }: Standing, language: Language): string {
  const { time, effect: effects } = texts[language];
  return since === null ? effects[effect] : `${effects[effect]}, ${words[language].since(time(since))}`;
}

function reasonText(reason: StatusReason, date: string | null, language: Language): string {
  const { verdict, day } = texts[language];
  return verdict.reason[reason](date === null ? null : day(date));
}

/** By the trust bundle's name for it, as the verdict has it. */
function nameOf(agency: string, trusted: Trusted | undefined): string {
  const name = agencyName(trusted?.bundle, agency);
  return name === null ? agency : `${name} ${agency}`;
}
