import { isList, isObject, type Json, type JsonObject } from "./json.ts";
import type { Field } from "./schema.ts";

/** Of an object[] field, the fields of its items. */
function membersOf(field: Field): readonly Field[] {
  return field.type === "object[]" ? (field["fields"] as readonly Field[]) : []; // as: the page says what a schema is
}

export function canBeMasked(field: Field): boolean {
  const own = field.visibility === "masked" || field["visibilityForPersons"] === "masked";
  return own || membersOf(field).some(canBeMasked);
}

/** Whether a record is about a natural person. */
export function isPerson(content: JsonObject): boolean {
  const { counterpartType, parties } = content;
  return counterpartType === "NATURAL_PERSON" || (isList(parties) && parties.some(isPersonsItem));
}

function isPersonsItem(item: Json): boolean {
  const idType = isObject(item) ? item["idType"] : undefined;
  return idType !== undefined && idType !== "USCC";
}

export function publicView(field: Field, value: Json, person: boolean): Json {
  const visibility = visibilityOf(field, person);
  if (visibility === "withheld") return null;
  if (field.type === "object[]" && isList(value)) return value.map((item) => publicItem(field, item));
  return visibility === "masked" && typeof value === "string" ? masked(value) : value;
}

function publicItem(field: Field, item: Json): Json {
  const given = isObject(item) ? item : {};
  const person = isPersonsItem(item);
  const views = membersOf(field).map((member): [string, Json] => {
    return [member.name, publicView(member, given[member.name] ?? null, person)];
  });
  return Object.fromEntries(views.filter(([, view]) => view !== null));
}

/** The names of the disclosures of fields that the public is shown. */
export function shownNames(fields: readonly Field[], person: boolean): string[] {
  const shown = fields.filter((field) => visibilityOf(field, person) !== "withheld");
  return shown.map((field) => (canBeMasked(field) ? `${field.name}.public` : field.name));
}

function visibilityOf(field: Field, person: boolean): Json {
  return person ? (field["visibilityForPersons"] ?? field.visibility) : field.visibility;
}

export function masked(name: string): string {
  const characters = [...name];
  const [first = "", ...rest] = characters;
  const isLetter = (character: string): boolean => /\p{L}/u.test(character);
  if (isLetter(first) && rest.length > 0 && rest.every((one) => "*＊某×".includes(one))) return name;
  return `${(characters.find(isLetter) ?? "").toUpperCase()}*`;
}
