import { HufuError, type ErrorCode, type Fault } from "../../core/error.ts";
import type { Draft } from "./draft.ts";

/** Posts for a thread to draft, laid out so that they cross to it without being copied. */
export interface DraftJob {
  /** whose each post is */
  readonly agencies: readonly string[];
  /** the posts' JSON, one after the other */
  readonly bytes: Uint8Array;
  /** where in `bytes` each post ends */
  readonly ends: Uint32Array;
  /** 32 secret bytes for each post */
  readonly seeds: Uint8Array;
}

/** What became of one post: errors cross threads as data. */
export type DraftOutcome = { draft: Draft } | { code: ErrorCode; message: string; faults: readonly Fault[] };

/** The draft; or throws the error that stands in its place. */
export function draftOf(outcome: DraftOutcome | undefined): Draft {
  if (outcome === undefined) throw new HufuError("INVARIANT", "a post has no outcome");
  if ("draft" in outcome) return outcome.draft;
  throw new HufuError(outcome.code, outcome.message, { faults: outcome.faults });
}

/** Messages to and from a thread. */
export interface DraftRequest {
  id: number;
  job: DraftJob;
}
export interface DraftReply {
  id: number;
  /** one for each post, in order */
  outcomes: readonly DraftOutcome[];
}
