import type { Effect } from "../core/ledger/effect.ts";
import type { FingerprintWords } from "../core/trust/fingerprint.ts";
import type { HeaderConflict } from "../core/verify/seen.ts";
import type { Trusted } from "../core/verify/trusted.ts";

/** The oldest proof that whoever relies on a certificate accepts. */
export const maxAges = ["day", "month", "any"] as const;
export type MaxAge = (typeof maxAges)[number];

/** Something that a holder can leave out: a field, its public view, or a file. */
export interface Hideable {
  /** the disclosure's */
  readonly name: string;
  /** of a field; null of a file */
  readonly field: string | null;
  /** whether it is what the public sees of a field that is shown as a whole beside it */
  readonly isPublicView: boolean;
  /** of a file its name */
  readonly text: string | null;
}

/** A certificate in this browser, with what can be done about it. */
export interface CertificateDesk {
  readonly maxAge: MaxAge;
  /** the words of the trust bundle under which it was verified, and whether anybody compared them; null: there was none */
  readonly trust: { readonly words: FingerprintWords; readonly broughtBy: Trusted["broughtBy"] } | null;
  readonly hideable: readonly Hideable[];
  /** asked to hide, and nothing was chosen */
  readonly isNothingChosen: boolean;
  /** whether it is another file than the one that was brought: then it can be saved */
  readonly origin: "brought" | "fetched" | "renewed" | "reduced";
  readonly renewal: RenewalNote | null;
  /** two sealed headers of one height that were met */
  readonly conflict: Pick<HeaderConflict, "consensus" | "blockNumber"> | null;
}

/** What came of the last renewal; `before` is the time of the old proof's block, ISO UTC. */
export type RenewalNote =
  | { readonly is: "renewed"; readonly before: string; readonly change: StatusChange | null }
  | { readonly is: "failed"; readonly why: RenewalFailure };

export interface StatusChange {
  readonly from: Effect;
  readonly to: Effect;
}

/** `refused`: what came does not prove what it should; the old certificate stays. */
export type RenewalFailure = "unreachable" | "busy" | "not-here" | "refused" | "older" | "ahead";
