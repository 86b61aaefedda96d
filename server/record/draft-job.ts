import type { ErrorCode, Fault } from "../../core/error.ts";
import type { Draft } from "./draft.ts";

/** Lines of posts, for a worker to draft. */
export interface DraftJob {
  id: number;
  agency: string;
  /** posts as JSON, with a line feed between them */
  lines: Uint8Array;
  /** 32 secret bytes for each line */
  seeds: Uint8Array;
}

/** What became of one line: errors cross threads as data. */
export type LineOutcome = { draft: Draft } | { code: ErrorCode; message: string; faults: readonly Fault[] };

export interface DraftReply {
  id: number;
  /** one for each line, in order */
  outcomes: readonly LineOutcome[];
}
