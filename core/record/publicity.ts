import type { JsonValue } from "../json/parse.ts";
import { isList, isObject } from "../json/shape.ts";
import type { Field, Kind, Visibility } from "../kinds/kind.ts";
import type { Effect } from "../ledger/effect.ts";
import type { Content } from "./content.ts";
import { maskName } from "./masking.ts";

/** Whether the counterpart is a natural person; of an agreement, whether any party is. */
export function isPerson(_kind: Kind, content: Content): boolean {
  const { counterpartType, parties } = content;
  if (counterpartType === "NATURAL_PERSON") return true;
  // Of an organisation idType is public: a party without it is one whose public view is all that is shown.
  return isList(parties) && parties.some((party) => isObject(party) && party["idType"] !== "USCC");
}

/** An item that names the type of its identity, such as a party, is a natural person unless that is USCC. */
function isPersonItem(item: JsonValue): boolean {
  return isObject(item) && item["idType"] !== undefined && item["idType"] !== "USCC";
}

export function fieldVisibility(field: Field, person: boolean): Visibility {
  return person ? (field.visibilityForPersons ?? field.visibility) : field.visibility;
}

/** Whether a field, or a member of its items, can be masked: then it has a second commitment, NAME.public. */
export function isMaskable(field: Field): boolean {
  if (field.visibility === "masked" || field.visibilityForPersons === "masked") return true;
  return field.type === "object[]" && field.fields.some(isMaskable);
}

/** What the public sees of a value: the same, a masked name, items with their public and masked members, or null. */
export function publicView(field: Field, value: JsonValue, person: boolean): JsonValue {
  const visibility = fieldVisibility(field, person);
  if (visibility === "withheld" || value === null) return null;
  if (field.type === "object[]" && isList(value)) return value.map((item) => publicItem(field.fields, item));
  return visibility === "masked" && typeof value === "string" ? maskName(value) : value;
}

function publicItem(fields: readonly Field[], item: JsonValue): JsonValue {
  if (!isObject(item)) return null;
  const person = isPersonItem(item);
  return Object.fromEntries(
    fields
      .map((field): [string, JsonValue] => [field.name, publicView(field, item[field.name] ?? null, person)])
      .filter(([, value]) => value !== null),
  );
}

/**
 * What the public sees of a record while the law lets it: public fields, and the public views of those that can be
 * masked.
 */
export function publicContent(kind: Kind, content: Content): Content {
  const person = isPerson(kind, content);
  return Object.fromEntries(
    kind.fields
      .map((field): [string, JsonValue] => [field.name, publicView(field, content[field.name] ?? null, person)])
      .filter(([, value]) => value !== null),
  );
}

/** The disclosures that the public is shown, in schema order; of a field that can be masked, only the public view. */
export function publicDisclosureNames(kind: Kind, person: boolean): readonly string[] {
  return kind.fields
    .filter((field) => fieldVisibility(field, person) !== "withheld")
    .map((field) => (isMaskable(field) ? `${field.name}.public` : field.name));
}

/** The fields that the public does not see, in schema order. */
export function withheldFieldNames(kind: Kind, person: boolean): readonly string[] {
  return kind.fields.filter((field) => fieldVisibility(field, person) === "withheld").map(({ name }) => name);
}

/** Why the public sees no content: kind, agency, document number and verdict stay. */
export type HiddenReason = "NOT_PUBLISHED" | "DEADLINE_PASSED" | "ENDED" | "WITHDRAWN";

export type Publicity = { readonly shown: true } | { readonly shown: false; readonly reason: HiddenReason };

/**
 * Whether the law lets the public see the content on the day `today` (YYYY-MM-DD in Asia/Shanghai) under this effect.
 */
export function publicity(_kind: Kind, content: Content, now: { today: string; effect: Effect }): Publicity {
  const { publicityMode, publicityDeadline } = content;
  if (publicityMode !== undefined && publicityMode !== "PUBLISH") return { shown: false, reason: "NOT_PUBLISHED" };
  if (now.effect === "ENDED" || now.effect === "WITHDRAWN") return { shown: false, reason: now.effect };
  if (typeof publicityDeadline === "string" && now.today > publicityDeadline)
    return { shown: false, reason: "DEADLINE_PASSED" };
  return { shown: true };
}
