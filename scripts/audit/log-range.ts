import type { Hex } from "../../core/bytes.ts";
import type { RawLog } from "../../core/ledger/events.ts";

/** A log with its block's time, in seconds. */
export interface TimedLog {
  readonly log: RawLog;
  readonly blockTime: number;
}

/** What one request brought: every log of the blocks from `from` to `to`, both included. */
export interface LogRange {
  readonly from: number;
  readonly to: number;
  /** of block `to` */
  readonly lastHash: Hex;
  readonly logs: readonly TimedLog[];
}
