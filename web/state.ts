import type { AgencyName, AsOf, Bilingual, CheckLine, Hidden, RecordFile, RecordView, UnknownLine } from "./answers.ts";
import type { JsonValue } from "../core/json/parse.ts";
import type { Effect } from "../core/ledger/effect.ts";
import type { SealedBy, VerdictCode } from "../core/verify/verdict.ts";
import type { FieldName } from "../core/verify/walk.ts";
import type { CertificateDesk } from "./desk.ts";

/** What stands under "what is not shown", apart: the law's doing and the holder's. Names are those of the kind's fields. */
export interface NotShown {
  readonly byLaw: readonly string[];
  readonly byHolder: readonly string[];
}

/** How a record stands or stood, and by whose decision: first the record's own, then what took its place. */
export interface StandingLine {
  readonly digest: string;
  readonly effect: Effect;
  readonly since: string | null;
  readonly actor: AgencyName | null;
  /** a code of `status-decision.reason` */
  readonly reason: string | null;
  readonly decisionDate: string | null;
  readonly decisionDocNo: string | null;
  readonly explanation: string | null;
  /** digest of the decision, a record itself; null where there is none, or it was not told */
  readonly decision: string | null;
  /** of the decision, where the file holds it */
  readonly notShown: readonly FieldName[];
  /** the file does not hold what the status rests on, or it says something else; null: neither */
  readonly lacks: "unexplained" | "contradicts" | null;
}

/** One verdict with everything that is known about it. */
export interface Result {
  readonly verdict: VerdictCode;
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
  /** Who put their seals to the block that the proof is of; null where that was not checked here. */
  readonly sealed: SealedBy | null;
  /** Whose computer made the checks: this browser's, or the gateway's that the page came from. */
  readonly checkedBy: "browser" | "gateway";
  readonly checks: readonly CheckLine[];
  /** Nothing where nothing changed. */
  readonly standings: readonly StandingLine[];
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
  /** What can be done with the certificate that was verified; null where there is none in this browser. */
  readonly certificate: CertificateDesk | null;
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
  | "trust-unreadable"
  | "several-files"
  | "rate-limited"
  | "gateway-busy"
  | "gateway-unreachable"
  | "no-certificate"
  | "not-found"
  | "erased"
  | "needs-gateway"
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
