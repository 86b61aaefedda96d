import type { Hex } from "../../../core/bytes.ts";
import type { Keccak } from "../../../core/ledger/keccak.ts";
import type { TimedLog } from "../log-range.ts";
import type { AuditCode } from "../report.ts";
import { headAfter } from "./journal.ts";
import { compareWithReceipts } from "./receipts.ts";

/** One block of one contract: the heads before and after it as the state has them, and the logs that were told. */
export interface BlockOfLogs {
  readonly before: Hex;
  readonly after: Hex;
  readonly told: readonly TimedLog[];
  /** what the block's receipts hold; null where the node does not give them */
  readonly receipts: readonly TimedLog[] | null;
  readonly keccak: Keccak;
}

/** What was done to the events, and the log that it was done to, where it can be told which. */
export interface Explanation {
  readonly code: Extract<AuditCode, "EVENT_HIDDEN" | "EVENT_ADDED" | "EVENT_CHANGED" | "EVENTS_REORDERED">;
  readonly log: TimedLog | undefined;
}

/** More logs than these are not tried in every order. */
const mostTried = 6;

/** Finds what makes the told logs the true ones, of which only the head is known. */
export function explainBlock({ before, after, told, receipts, keccak }: BlockOfLogs): Explanation {
  const isTrue = (logs: readonly TimedLog[]): boolean => headOf(before, logs, keccak) === after;
  if (told.length === 0) return { code: "EVENT_HIDDEN", log: receipts?.[0] };
  const added = told.find((log) => isTrue(told.filter((other) => other !== log)));
  if (added !== undefined) return { code: "EVENT_ADDED", log: added };
  if (before === after) return { code: "EVENT_ADDED", log: told[0] };
  if (told.length <= mostTried && [...orders(told)].some(isTrue)) return { code: "EVENTS_REORDERED", log: told[0] };
  if (receipts === null || !isTrue(receipts)) return { code: "EVENT_CHANGED", log: undefined };
  return compareWithReceipts(told, receipts) ?? { code: "EVENT_CHANGED", log: undefined };
}

function headOf(before: Hex, logs: readonly TimedLog[], keccak: Keccak): Hex | null {
  try {
    return headAfter(before, logs, keccak);
  } catch {
    return null; // what cannot be decoded is no event
  }
}

function* orders<T>(items: readonly T[]): Generator<T[]> {
  if (items.length <= 1) yield [...items];
  for (const [index, item] of items.entries()) {
    if (items.length <= 1) return;
    for (const rest of orders([...items.slice(0, index), ...items.slice(index + 1)])) yield [item, ...rest];
  }
}
