import type { Kysely } from "kysely";

import type { Hex } from "../../core/bytes.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import { unanchoredCount } from "../store/batches.ts";
import { countAll } from "../store/counts.ts";
import type { Tables } from "../store/tables.ts";
import type { Progress } from "./progress.ts";
import type { RecordState } from "./view.ts";

/** The contracts that this gateway writes to, and their chain. */
export interface LedgerAddress {
  readonly chainId: number;
  readonly genesisHash: Hex;
  /** the RecordLedger */
  readonly address: Hex;
  readonly agencies: Hex;
}

/** The state that is the last of a record on a chain with this consensus. */
const lastStates = { qbft: "final", clique: "endorsed", development: "saved" } as const satisfies Record<
  Consensus["type"],
  RecordState
>;

/** How full the ledger is and how far the gateway has come; all of it is public. */
export async function readLedgerFacts(db: Kysely<Tables>, ledger: LedgerAddress, progress: Progress) {
  const { records, batches, statuses, refused } = await countAll(db);
  const backlog = await unanchoredCount(db); // counted after the records, so that none is called anchored too early
  const { head, savedBlock, chainUp, isStandingStill, consensus, endorsement } = progress;
  return {
    ledger,
    consensus,
    finality: { state: lastStates[consensus], of: endorsement?.of ?? null },
    head,
    savedBlock,
    chainUp,
    isStandingStill,
    records: { accepted: records, anchored: Math.max(0, records - backlog), backlog },
    batches,
    statuses,
    refusedOrders: refused,
  };
}
