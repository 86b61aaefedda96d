/** The gateway's answers, as the page reads them. Digests are 64 hex digits; instants are ISO UTC; dates are days in Asia/Shanghai. */
import type { JsonValue } from "../core/json/parse.ts";
import type { Effect } from "../core/ledger/effect.ts";
import type { Language } from "../core/messages/sentence.ts";
import type { Outcome } from "../core/verify/checks.ts";
import type { VerdictCode } from "../core/verify/verdict.ts";

export type Bilingual = Readonly<Record<Language, string>>;

/** `name` is the one that the chain has for the code, never one out of a record's content. */
export interface AgencyName {
  readonly uscc: string;
  readonly name: string | null;
}

export interface AsOf {
  readonly blockNumber: number;
  readonly blockTime: string;
}

export interface CheckLine {
  readonly id: string;
  readonly outcome: Outcome;
  readonly sentence: Bilingual;
}

/** Answer of `POST /v1/verifications`. */
export interface VerificationAnswer {
  readonly verdict: VerdictCode;
  readonly sentence: Bilingual;
  readonly checks: readonly CheckLine[];
  readonly asOf: AsOf | null;
  readonly agency: AgencyName | null;
  readonly kind: string | null;
  readonly documentNumber: string | null;
  readonly digest: string | null;
  /** What the verdict cannot know. */
  readonly unknown: readonly UnknownLine[];
}

export interface UnknownLine {
  readonly code: string;
  readonly sentence: Bilingual;
}

export interface StatusDecision {
  readonly digest: string;
  readonly reason: string | null;
  readonly decisionDate: string | null;
  readonly explanation: string | null;
  readonly decisionDocNo: string | null;
  /** digest of the record that takes this one's place */
  readonly successor: string | null;
}

export interface RecordStatus {
  readonly effect: Effect;
  readonly since: string | null;
  readonly actor: AgencyName | null;
  readonly decision: StatusDecision | null;
  /** Changes that are accepted and not yet in a block. */
  readonly pending: readonly unknown[];
}

export interface RecordFile {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

export interface RecordAnchor {
  readonly root: string;
  /** null: the batch was found on the chain, and who brought it is not known */
  readonly transaction: string | null;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly blockTime: string;
}

export type Hidden = "NOT_PUBLISHED" | "DEADLINE_PASSED" | "ENDED" | "WITHDRAWN" | "ERASED";
export type RecordState = "accepted" | "batched" | "sent" | "anchored" | "saved" | "endorsed" | "final";

/** The public view of a record: `GET /v1/records/{digest}`. */
export interface RecordView {
  readonly digest: string;
  readonly agency: AgencyName;
  readonly kind: string;
  readonly recordId: string;
  readonly documentNumber: string | null;
  readonly algorithm: string;
  readonly state: RecordState;
  /** null unless `state` is "endorsed": how many of a Clique chain's signers stand behind the block */
  readonly endorsement: { readonly by: number; readonly of: number } | null;
  readonly acceptedAt: string;
  readonly status: RecordStatus;
  readonly amends: string | null;
  readonly amendedBy: string | null;
  readonly content: Readonly<Record<string, JsonValue>> | null;
  readonly contentHidden: Hidden | null;
  /** Names of the fields that the law withholds from the public. */
  readonly notShown: readonly string[];
  readonly files: readonly RecordFile[];
  readonly anchor: RecordAnchor | null;
}
