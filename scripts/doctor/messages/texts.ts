import type { FindingCode, levels, Level, Params, Part } from "../finding.ts";

/** A sentence, with what it names. */
export type Say = (params: Params) => string;

/** Something that is wrong. */
export interface Advice {
  readonly says: Say;
  readonly means: string;
  /** what to do */
  readonly todo: string;
}

/** Codes of these levels. */
type CodesOf<L extends Level> = {
  [Code in FindingCode]: (typeof levels)[Code] extends L ? Code : never;
}[FindingCode];

/** What a doctor says in one language. */
export interface DoctorTexts {
  readonly level: Readonly<Record<Level, string>>;
  readonly part: Readonly<Record<Part, string>>;
  /** what is in order, and what was not looked at */
  readonly plain: Readonly<Record<CodesOf<"OK" | "SKIPPED">, Say>>;
  readonly wrong: Readonly<Record<CodesOf<"WARNING" | "PROBLEM">, Advice>>;
  readonly means: string;
  readonly todo: string;
  readonly summary: (problems: number, warnings: number, skipped: number) => string;
}
