import type { Fault, FaultCode } from "../error.ts";
import type { JsonValue } from "../json/parse.ts";

/** The fields that have passed, and what else a rule needs to know. */
export interface RuleInput {
  readonly content: Readonly<Record<string, JsonValue>>;
  /** whether the post has a value there, right or wrong: a field with a fault of its own is not missing too */
  readonly isGiven: (name: string) => boolean;
  readonly agency: string;
}

export type Rule = (input: RuleInput) => readonly Fault[];

export function faultAt(name: string, code: FaultCode, message: string, params?: Fault["params"]): Fault[] {
  return [{ code, pointer: `/${name}`, message, ...(params && { params }) }];
}

/** A fault if `name` is missing although `when`. */
export function requiredHere({ isGiven }: RuleInput, name: string, when: boolean, because: string): Fault[] {
  return when && !isGiven(name) ? faultAt(name, "REQUIRED_HERE", `is required ${because}`, { because }) : [];
}

export const citizenIdMessage =
  "is not an ID number of 18 characters (GB 11643): its date or check character is wrong, compare it with the card";
