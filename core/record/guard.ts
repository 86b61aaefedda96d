import type { Content } from "./content.ts";
import configuration from "./guards.json" with { type: "json" };

/** Which guard of the law a record departs from. */
export type WarningCode =
  | "OFFICERS_TOO_FEW"
  | "CASE_TOO_LONG"
  | "SEIZURE_NOT_ENDED"
  | "SEIZURE_TOO_LONG"
  | "NO_NOTICE"
  | "NO_HEARING"
  | "HEARING_NOTICE_SHORT"
  | "NO_LEGAL_REVIEW"
  | "SUMMARY_NOT_ALLOWED"
  | "SERVED_LATE"
  | "PUBLICITY_TOO_SHORT"
  | "PUBLICITY_TOO_LONG"
  | "PUBLICITY_REVERSED"
  | "RULE_REPEALED"
  | "PERSON_PUBLISHED"
  | "APPROVAL_MISSING"
  | "SIGNER_WITHOUT_PARTY"
  | "EFFECT_UNUSUAL";

export interface Warning {
  readonly code: WarningCode;
  /** RFC 6901, from the content */
  readonly pointer: string;
  /** English */
  readonly message: string;
  /** where the guard stands */
  readonly law: string;
  /** version of the thresholds and periods that were applied */
  readonly guards: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** The warnings that one guard has about a content; empty also where the content lacks what it looks at. */
export type Guard = (content: Content) => readonly Warning[];

/** Thresholds, periods and code values: data, for they change. Every warning says under which version it was given. */
export const guardData = configuration;

export function warn(code: WarningCode, name: string, message: string, params?: Warning["params"]): Warning[] {
  const law = guardData.law[code];
  return [
    {
      code,
      pointer: name === "" ? "" : `/${name}`,
      message,
      law,
      guards: guardData.version,
      ...(params && { params }),
    },
  ];
}
