import type { Kysely } from "kysely";

import type { Hex } from "../../core/bytes.ts";
import { unanchoredCount } from "../store/batches.ts";
import { countAll } from "../store/counts.ts";
import type { Tables } from "../store/tables.ts";
import type { Progress } from "./progress.ts";

/** The contracts that this gateway writes to, and their chain. */
export interface LedgerAddress {
  readonly chainId: number;
  readonly genesisHash: Hex;
  /** the RecordLedger */
  readonly address: Hex;
  readonly agencies: Hex;
}

/** How full the ledger is and how far the gateway has come; all of it is public. */
export async function readLedgerFacts(db: Kysely<Tables>, ledger: LedgerAddress, progress: Progress) {
  const { records, batches, statuses, refused } = await countAll(db);
  const backlog = await unanchoredCount(db); // counted after the records, so that none is called anchored too early
  const { head, savedBlock, chainUp } = progress;
  return {
    ledger,
    head,
    savedBlock,
    chainUp,
    records: { accepted: records, anchored: Math.max(0, records - backlog), backlog },
    batches,
    statuses,
    refusedOrders: refused,
  };
}
