import type { Consensus } from "../../core/proofs/consensus.ts";
import { majorityOf } from "../../core/proofs/vote.ts";
import { newestEndorsed, type Endorsement } from "./endorsement.ts";

/** More confirmations are asked for than a chain has signers: no block ever has so many behind it. */
export interface Shortage {
  /** signers that shall stand behind a block */
  readonly wanted: number;
  /** signers that there are */
  readonly of: number;
}

/** null: there are enough signers. */
export function shortageOf({ of }: Endorsement, confirmations: number | null): Shortage | null {
  return confirmations === null || confirmations <= of ? null : { wanted: confirmations, of };
}

/**
 * The newest block that counts as settled, so that what rests on it may be sent. Clique: `confirmations` distinct signers stand behind it, a
 * majority unless configured otherwise; elsewhere it is so many blocks deep, itself counted, and at once unless configured otherwise. -1: none.
 */
export function settledBlock(
  head: number,
  { type }: Consensus,
  { endorsement, confirmations }: { endorsement: Endorsement | null; confirmations: number | null },
): number {
  if (type !== "clique") return head - Math.max(0, (confirmations ?? 0) - 1);
  if (confirmations === 0) return head;
  return endorsement === null ? -1 : newestEndorsed(endorsement, confirmations ?? majorityOf(endorsement.of));
}
