import type { Check } from "../verify/checks.ts";
import type { Unknown } from "../verify/unknowns.ts";
import { isGenuine, type NamedAgency, type Verdict } from "../verify/verdict.ts";
import { en } from "./en.ts";
import type { Messages } from "./messages.ts";
import { zhCN } from "./zh-CN.ts";

export const languages = ["zh-CN", "en"] as const;
export type Language = (typeof languages)[number];

const texts: Readonly<Record<Language, Messages>> = { "zh-CN": zhCN, en };

/** The verdict in one plain sentence, or a few: dates as they are in Beijing, the agency by the ledger's name for it. */
export function sentence(verdict: Verdict, language: Language): string {
  const text = texts[language];
  const { kind, agency, asOf, reason, decisionDate, toldBy, sealed } = verdict;
  const kindName = kind === null ? null : language === "en" ? kind.en : kind.zh;
  const known = kindName !== null && agency !== null;
  const spoken = text.verdict.sentence[verdict.code]({
    subject: known ? text.verdict.subject(kindName, verdict.documentNumber, nameOf(agency)) : "",
    asOf: asOf === null ? "" : text.verdict.asOf(asOf.blockNumber, text.time(asOf.blockTime)),
    anchoredAt: verdict.anchoredAt === null ? null : text.time(verdict.anchoredAt),
    acceptedAt: verdict.acceptedAt === null ? null : text.time(verdict.acceptedAt),
    reason: reason === null ? "" : text.verdict.reason[reason](decisionDate === null ? null : text.day(decisionDate)),
    actor: actorOf(verdict, text),
    successor: verdict.successor,
    newest: newestOf(verdict, text),
    cause: verdict.cause,
  });
  const seals =
    sealed !== null && isGenuine(verdict.code) ? text.verdict.sealed[sealed.consensus](sealed.by, sealed.of) : "";
  return `${spoken}${seals}${toldBy === null ? "" : text.verdict.toldBy}`;
}

/** What came of a check. */
export function checkSentence(check: Check, language: Language): string {
  return texts[language].check[check.code](check.params ?? {});
}

/** Something that a verdict does not know. */
export function unknownSentence(unknown: Unknown, language: Language): string {
  return texts[language].unknown[unknown.code](unknown.params ?? {});
}

function actorOf({ actor, agency }: Verdict, text: Messages): string {
  return actor === null || actor.uscc === agency?.uscc ? "" : text.verdict.actor(nameOf(actor));
}

function newestOf({ newest, successor }: Verdict, text: Messages): string {
  if (newest === null) return "";
  return text.verdict.newest(newest.digest === successor ? null : newest.digest, text.effect[newest.effect]);
}

function nameOf({ name, uscc }: NamedAgency): string {
  return name ?? uscc;
}
