import type { Fault } from "../error.ts";
import { isList } from "../json/shape.ts";
import type { Kind } from "../kinds/kind.ts";
import { guardData } from "./guard.ts";
import { isCitizenId, looksLikeCitizenId, USCC_PLACEHOLDER } from "./identifiers.ts";
import { landFaults } from "./land-rules.ts";
import { citizenIdMessage, faultAt, requiredHere, type Rule, type RuleInput } from "./rule.ts";

const isNaturalPerson = ({ content }: RuleInput): boolean => content["counterpartType"] === "NATURAL_PERSON";

/** An organisation is named by its code; an individual business without one by 17 zeros and an X. */
const usccOfCounterpart: Rule = (input) => {
  const { counterpartType, usccCode } = input.content;
  if (typeof counterpartType !== "string") return [];
  if (usccCode !== USCC_PLACEHOLDER)
    return requiredHere(input, "usccCode", !isNaturalPerson(input), "unless the counterpart is a natural person");
  if (counterpartType === "INDIVIDUAL_BUSINESS") return [];
  return faultAt(
    "usccCode",
    "INVALID_USCC",
    "17 zeros and an X stand only for an individual business without a code: write the code",
  );
};

const registrationWithoutUscc: Rule = (input) => {
  const { counterpartType, usccCode } = input.content;
  const isWithoutCode = counterpartType === "INDIVIDUAL_BUSINESS" && usccCode === USCC_PLACEHOLDER;
  return requiredHere(input, "businessRegNo", isWithoutCode, "where usccCode is 17 zeros and an X");
};

const personNamed: Rule = (input) => {
  const person = isNaturalPerson(input);
  const because = "for a natural person";
  return [
    ...requiredHere(input, "personIdType", person, because),
    ...requiredHere(input, "personIdNo", person, because),
  ];
};

/** A resident's ID number has a check character; those of passports and permits have none that is public. */
const residentId =
  (typeName: string, numberName: string): Rule =>
  ({ content }) => {
    const value = content[numberName];
    if (content[typeName] !== "RESIDENT_ID" || typeof value !== "string" || isCitizenId(value)) return [];
    return faultAt(numberName, "INVALID_CITIZEN_ID", citizenIdMessage);
  };

const fineAmount: Rule = (input) => {
  const categories = input.content["penaltyCategories"];
  return requiredHere(
    input,
    "fineAmountWan",
    isList(categories) && categories.includes("罚款"),
    "where 罚款 is a category",
  );
};

/** Not in their order on the calendar. Days of the form YYYY-MM-DD compare as text. */
const ordered =
  (earlier: string, later: string): Rule =>
  ({ content }) => {
    const [first, second] = [content[earlier], content[later]];
    if (typeof first !== "string" || typeof second !== "string" || second >= first) return [];
    return faultAt(later, "DATES_REVERSED", `must not be before ${earlier}`, { earlier });
  };

/** One of the fields is the agency that posts: nobody notarises in another's name. */
const postedBy =
  (...names: readonly [string, ...string[]]): Rule =>
  ({ content, agency }) => {
    const codes = names.map((name) => content[name]);
    if (codes.includes(agency) || codes.some((code) => code === undefined)) return [];
    return faultAt(names[0], "NOT_POSTING_AGENCY", `${names.join(" or ")} must be the agency that posts the record`, {
      names: names.join(", "),
    });
  };

const enoughOfficers: Rule = ({ content: { procedure, officers } }) => {
  const { minOfficers: min } = guardData.enforcement;
  if (procedure !== "ORDINARY" || !isList(officers) || officers.length >= min) return [];
  return faultAt("officers", "TOO_FEW", `the ordinary procedure needs at least ${min} officers`, { min });
};

const noRepeats =
  (name: string): Rule =>
  ({ content }) => {
    const items = content[name];
    if (!isList(items)) return [];
    const again = items.findIndex((item, i) => items.indexOf(item) < i);
    return again < 0 ? [] : faultAt(`${name}/${again}`, "REPEATED_ITEM", "stands twice in the list: remove it");
  };

const successorOfSuperseded: Rule = (input) => {
  const { effect } = input.content;
  if (effect === "SUPERSEDED") return requiredHere(input, "successor", true, "where effect is SUPERSEDED");
  if (typeof effect !== "string" || !input.isGiven("successor")) return [];
  return faultAt("successor", "FORBIDDEN_HERE", "is only for SUPERSEDED: remove it, or mend effect");
};

/** These texts are always public. */
const noIdNumbers =
  (...names: readonly string[]): Rule =>
  ({ content }) =>
    names.flatMap((name) => {
      const text = content[name];
      if (typeof text !== "string" || !looksLikeCitizenId(text)) return [];
      return faultAt(
        name,
        "PERSONAL_DATA",
        "holds what looks like a citizen's ID number, and is always public: remove it",
      );
    });

const rules: Readonly<Record<string, readonly Rule[]>> = {
  "credit-penalty": [
    usccOfCounterpart,
    registrationWithoutUscc,
    personNamed,
    residentId("personIdType", "personIdNo"),
    residentId("legalRepIdType", "legalRepIdNo"),
    noRepeats("penaltyCategories"),
    fineAmount,
    ordered("decisionDate", "penaltyValidUntil"),
    postedBy("penaltyAuthorityUscc", "dataSourceUnitUscc"),
  ],
  "enforcement-action": [
    postedBy("agencyUscc"),
    usccOfCounterpart,
    residentId("personIdType", "personIdNo"),
    enoughOfficers,
  ],
  "land-agreement": [noRepeats("requiredSignerRoles"), ...landFaults],
  "status-decision": [successorOfSuperseded, noIdNumbers("explanation", "legalBasis", "decisionDocNo")],
};

/** What is wrong between fields that are right one by one. Pointers begin at the content. */
export function crossFieldFaults(
  kind: Kind,
  input: RuleInput["content"],
  context: Omit<RuleInput, "content">,
): Fault[] {
  return (rules[kind.kind] ?? []).flatMap((rule) => rule({ content: input, ...context }));
}
