import type { Kysely } from "kysely";

import { bytesToHex, type Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { statusWord } from "../../core/ledger/slots.ts";
import { findStanding } from "../store/standing.ts";
import type { Tables } from "../store/tables.ts";

/** What the status' slot of a record holds by what the watcher has read: nearly always what is going to be proven. */
export async function guessedStatusWord(
  db: Kysely<Tables>,
  record: { leaf: Uint8Array; digest: Uint8Array },
  keccak: Keccak,
): Promise<Hex> {
  const { status, effect, version } = await findStanding(db, record);
  if (status === null) return `0x${"0".repeat(64)}`;
  const blockTime = Math.floor(status.block_time / 1000);
  return statusWord({ effect, version, blockTime, basis: bytesToHex(status.basis) }, keccak);
}
