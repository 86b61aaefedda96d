import type { Hex } from "../../core/bytes.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import type { Endorsement } from "../chain/endorsement.ts";
import type { Shortage } from "../chain/finality.ts";

/** A block as the watcher last saw it; times are ISO 8601 in UTC. */
export interface BlockSeen {
  blockNumber: number;
  blockHash: Hex;
  blockTime: string;
}

/** How far the anchoring has come, told by the watcher. Asked on every write: it must cost nothing. */
export interface Progress {
  /** records that were accepted and are not anchored yet; may be a second old */
  backlog: number;
  /** the newest block whose events were read; null before the first */
  head: BlockSeen | null;
  /** embedded chain: the newest block that a saved dump holds; null: the chain keeps its blocks itself, or none is saved */
  savedBlock: number | null;
  /** false while the chain does not answer, or the watcher lags behind it */
  chainUp: boolean;
  /** true while something waits for a block, and none has come for long */
  isStandingStill: boolean;
  /** seconds since a new block was last seen; null before the first */
  headAgeSeconds: number | null;
  /** how the chain agrees on its blocks */
  consensus: Consensus["type"];
  /** Clique: who stands behind the newest blocks; null elsewhere, and while the chain's signers are not known */
  endorsement: Endorsement | null;
  /** Clique: more signers shall stand behind a decision than there are, so that no status is sent; null elsewhere, and where there are enough */
  shortage: Shortage | null;
}
