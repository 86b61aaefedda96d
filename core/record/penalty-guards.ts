import { textOf } from "../json/shape.ts";
import { addMonths } from "./calendar.ts";
import type { Content } from "./content.ts";
import { guardData, warn, type Guard } from "./guard.ts";

interface RuleSet {
  readonly inForceFrom: string;
  readonly repealedFrom: string | null;
  readonly classes: Readonly<Record<string, { readonly minMonths: number; readonly maxMonths: number }>>;
}

const ruleSets: Readonly<Record<string, RuleSet>> = guardData.publicity;

function ruleSetOf({ publicityRule }: Content): RuleSet | undefined {
  return typeof publicityRule === "string" ? ruleSets[publicityRule] : undefined;
}

/** Periods count from the day of the decision. */
const publicityPeriod: Guard = (content) => {
  const { publicityClass, decisionDate, publicityMinUntil, publicityDeadline } = content;
  const period = ruleSetOf(content)?.classes[textOf(publicityClass)];
  if (!period || typeof decisionDate !== "string") return [];
  const { minMonths, maxMonths } = period;
  const tooShort =
    typeof publicityMinUntil === "string" && publicityMinUntil < addMonths(decisionDate, minMonths)
      ? warn("PUBLICITY_TOO_SHORT", "publicityMinUntil", `less than ${minMonths} months after the decision`, {
          months: minMonths,
        })
      : [];
  const tooLong =
    typeof publicityDeadline === "string" && publicityDeadline > addMonths(decisionDate, maxMonths)
      ? warn("PUBLICITY_TOO_LONG", "publicityDeadline", `more than ${maxMonths} months after the decision`, {
          months: maxMonths,
        })
      : [];
  return [...tooShort, ...tooLong];
};

const publicityOrder: Guard = ({ publicityMinUntil, publicityDeadline }) =>
  typeof publicityMinUntil === "string" &&
  typeof publicityDeadline === "string" &&
  publicityDeadline < publicityMinUntil
    ? warn("PUBLICITY_REVERSED", "publicityDeadline", "publicity ends before its shortest period does")
    : [];

const ruleInForce: Guard = (content) => {
  const rule = ruleSetOf(content);
  const { decisionDate, publicityRule } = content;
  if (!rule || typeof decisionDate !== "string" || typeof publicityRule !== "string") return [];
  if (rule.repealedFrom === null || decisionDate < rule.repealedFrom) return [];
  return warn(
    "RULE_REPEALED",
    "publicityRule",
    `${publicityRule} was repealed on ${rule.repealedFrom}, before the decision`,
    {
      rule: publicityRule,
      day: rule.repealedFrom,
    },
  );
};

const personPublished: Guard = ({ counterpartType, publicityMode }) =>
  counterpartType === "NATURAL_PERSON" && publicityMode === "PUBLISH"
    ? warn(
        "PERSON_PUBLISHED",
        "publicityMode",
        "a natural person's penalty is published only with consent or a power given by law",
      )
    : [];

export const penaltyWarnings: readonly Guard[] = [publicityPeriod, publicityOrder, ruleInForce, personPublished];
