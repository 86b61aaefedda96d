import type { Hex } from "../../core/bytes.ts";
import type { ChainAnswer } from "../../core/verify/chain-answer.ts";

/** Asks a node what the ledger holds. Two implementations: a chain's node, and a table of answers in tests. */
export interface LedgerReader {
  /**
   * The batch of `root` and the status of `leaf`, both as of one block. Rejects with NODE_UNREACHABLE, NODE_REFUSED or
   * NODE_ANSWER if the node does not answer, or not with what was asked.
   */
  read(root: Hex, leaf: Hex): Promise<ChainAnswer>;
}
