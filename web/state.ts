import type { AgencyName, AsOf, Bilingual, CheckLine, Hidden, RecordFile, RecordView, UnknownLine } from "./answers.ts";
import type { JsonValue } from "../core/json/parse.ts";
import type { VerdictCode } from "../core/verify/verdict.ts";

/** What stands under "what is not shown", apart: the law's doing and the holder's. Names are those of the kind's fields. */
export interface NotShown {
  readonly byLaw: readonly string[];
  readonly byHolder: readonly string[];
}

/** `certificate-only`: the certificate fits together, but nobody could be asked how things stand today. */
export type ShownVerdict = VerdictCode | "certificate-only";

/** One verdict with everything that is known about it. */
export interface Result {
  readonly verdict: ShownVerdict;
  /** Finer than the verdict, a code of `status-decision.reason`: what an ended or withdrawn record ended by. */
  readonly reason: string | null;
  readonly sentence: Bilingual;
  readonly agency: AgencyName | null;
  readonly kind: string | null;
  readonly documentNumber: string | null;
  readonly digest: string | null;
  readonly asOf: AsOf | null;
  /** When the record was anchored, by its block's clock; null where it was not, or nobody said. */
  readonly anchoredAt: string | null;
  /** What this browser computed itself; null where it was given nothing to compute with. */
  readonly own: readonly CheckLine[] | null;
  /** What the gateway answered; null where it gave no answer. */
  readonly told: readonly CheckLine[] | null;
  readonly content: Readonly<Record<string, JsonValue>> | null;
  readonly contentHidden: Hidden | null;
  readonly notShown: NotShown;
  /** What the verdict cannot know, as its checks tell it. */
  readonly unknown: readonly UnknownLine[];
  /** Files entered with the record, as far as they are shown. */
  readonly files: readonly RecordFile[];
  readonly record: RecordView | null;
  /** The file in the citizen's hand that was found in this record. Its name is known to the browser alone. */
  readonly matchedFile: { readonly name: string; readonly sha256: string } | null;
}

export type ProblemCode =
  | "bad-digest"
  | "no-digest"
  | "no-kind"
  | "no-document-number"
  | "document-number-too-long"
  | "file-empty"
  | "file-too-large"
  | "file-unreadable"
  | "certificate-unreadable"
  | "several-files"
  | "rate-limited"
  | "gateway-busy"
  | "gateway-unreachable"
  | "not-found"
  | "erased"
  | "failed";

/** `field`: id of the input to which it belongs; absent where no input is at fault. `detail`: a name or number for its sentence. */
export interface Problem {
  readonly code: ProblemCode;
  readonly field?: string;
  readonly detail?: string;
}

/** What the citizen typed, so that a corrected form need not be filled in again. */
export interface FormValues {
  readonly digest?: string;
  readonly kind?: string;
  readonly documentNumber?: string;
}

export type Found =
  | { readonly is: "nothing" }
  | { readonly is: "result"; readonly result: Result }
  | { readonly is: "matches"; readonly by: "document-number" | "file"; readonly matches: readonly RecordView[] }
  | { readonly is: "no-match"; readonly by: "document-number" | "file"; readonly asked: string }
  | { readonly is: "problems"; readonly problems: readonly Problem[] };

export interface PageState {
  readonly found: Found;
  readonly values: FormValues;
}
