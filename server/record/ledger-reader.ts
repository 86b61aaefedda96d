import type { Hex } from "../../core/bytes.ts";
import type { ChainAnswer } from "../../core/verify/chain-answer.ts";

/** Asks a node what the ledger holds. Two implementations: a chain's node, and a table of answers in tests. */
export interface LedgerReader {
  /**
   * The batch of `root`, the status of `leaf` and the name of `agency` in the register, all as of one block. Rejects with NODE_UNREACHABLE, NODE_REFUSED or
   * NODE_ANSWER if the node does not answer, or not with what was asked.
   */
  read(root: Hex, leaf: Hex, agency: string): Promise<ChainAnswer>;
}
