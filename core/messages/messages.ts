import type { Effect } from "../ledger/effect.ts";
import type { CheckCode } from "../verify/checks.ts";
import type { StatusReason } from "../verify/reason.ts";
import type { Unknown } from "../verify/unknowns.ts";
import type { Cause, SealedBy, VerdictCode } from "../verify/verdict.ts";

/** Names and values that a sentence is filled with: strings as they stand, numbers as digits. */
export type Params = Readonly<Record<string, string | number>>;

/** What a verdict's sentence is made of, already in the language's words. */
export interface Spoken {
  /** kind, number and agency of the record; "" where nothing of it is known */
  readonly subject: string;
  /** up to which block and time the ledger was read; "" where it was not */
  readonly asOf: string;
  readonly anchoredAt: string | null;
  readonly acceptedAt: string | null;
  /** what was decided and when; "" where no reason is known */
  readonly reason: string;
  /** who decided it, where that is another agency than the record's; else "" */
  readonly actor: string;
  readonly successor: string | null;
  /** how the newest record that took its place stands; "" where nothing took it, or where that is not known */
  readonly newest: string;
  readonly cause: Cause | null;
}

/** Every text of one language. Both languages have the same keys, which the compiler sees to. */
export interface Messages {
  /** an instant, ISO UTC, for people in Beijing */
  readonly time: (instant: string) => string;
  /** a day of law, YYYY-MM-DD */
  readonly day: (date: string) => string;
  readonly verdict: {
    readonly sentence: Readonly<Record<VerdictCode, (spoken: Spoken) => string>>;
    /** `date` is a day in the language's words, null where it is not known */
    readonly reason: Readonly<Record<StatusReason, (date: string | null) => string>>;
    readonly subject: (kind: string, number: string | null, agency: string) => string;
    readonly asOf: (block: number, time: string) => string;
    readonly actor: (name: string) => string;
    /** the newest record after an amendment, and its effect in the language's words */
    readonly newest: (digest: string | null, effect: string) => string;
    readonly sealed: Readonly<Record<SealedBy["consensus"], (by: number, of: number) => string>>;
    readonly toldBy: string;
  };
  readonly check: Readonly<Record<CheckCode, (params: Params) => string>>;
  readonly unknown: Readonly<Record<Unknown["code"], (params: Params) => string>>;
  readonly effect: Readonly<Record<Effect, string>>;
}
