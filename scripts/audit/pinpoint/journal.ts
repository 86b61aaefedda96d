import { hexToBytes, to0x, type Hex } from "../../../core/bytes.ts";
import { decodeLog } from "../../../core/ledger/events.ts";
import { extend, journalEntry, journalSeed } from "../../../core/ledger/journal.ts";
import type { Keccak } from "../../../core/ledger/keccak.ts";
import type { TimedLog } from "../log-range.ts";

/** The head of one journal after these logs, all of its contract. Throws MALFORMED_LOG. */
export function headAfter(head: Hex, logs: readonly TimedLog[], keccak: Keccak): Hex {
  let now = hexToBytes(head);
  for (const { log, blockTime } of logs) now = extend(now, journalEntry(decodeLog(log), blockTime, keccak), keccak);
  return to0x(now);
}

/** The head before the first event. */
export function firstHead(chainId: number, address: Hex, keccak: Keccak): Hex {
  return to0x(journalSeed(chainId, address, keccak));
}
