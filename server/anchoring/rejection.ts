import type { Contracts } from "../chain/ledger-contracts.ts";
import { decodeRevert } from "../chain/ledger-contracts.ts";
import type { RpcFailure } from "../chain/rpc.ts";

/** What the chain said to an order that was tried on it. */
export interface Rejection {
  /** the contract's error, or REVERTED, or NODE_REFUSED */
  readonly code: string;
  /** with the error's values; they are hashes, codes and numbers, never content */
  readonly sentence: string;
  readonly cure: Cure;
}

/**
 * - `there`: what was ordered is on the chain already; the watcher settles it
 * - `void`: the same, but it may be another's, whom the watcher does not take for this order: then no attempt can succeed
 * - `again`: another attempt, made anew, may well succeed
 * - `help`: it may succeed once a person has changed something (rights, keys, a node); tried again at growing intervals, with an alarm
 * - `never`: no attempt can succeed
 */
export type Cure = "there" | "void" | "again" | "help" | "never";

const cures: Readonly<Record<string, Cure>> = {
  LedgerDuplicateRoot: "there",
  LedgerDeadlinePassed: "again",
  LedgerVersionMismatch: "again",
  LedgerUnknownRoot: "again",
  LedgerUnauthorizedSigner: "help",
  LedgerInvalidSignature: "help",
  LedgerInvalidProof: "help",
  LedgerTerminalStatus: "never",
  LedgerUnauthorizedActor: "never",
  LedgerInvalidEffect: "never",
  LedgerMissingBasis: "never",
  LedgerEmptyBatch: "never",
  LedgerLeavesNotAscending: "never",
};

/** The code of a transaction that is too large for the node, or for a block. */
export const TOO_LARGE = "TRANSACTION_TOO_LARGE";

/** Whether a node refuses a transaction for its bytes or its gas: geth's and GoQuorum's words, Besu's, anvil's, and those of a limit for one transaction. */
export function isTooLarge(message: string): boolean {
  return /oversized data|exceeds (?:block|transaction) gas limit|gas limit too high|intrinsic gas too high/i.test(
    message,
  );
}

/** Reads what a simulated call failed with. */
export function rejectionOf(failure: RpcFailure, contracts: Contracts): Rejection {
  const reverted = failure.data === null ? null : decodeRevert(failure.data, contracts);
  if (reverted === null) {
    return { code: codeOf(failure.message), sentence: `The node said: ${failure.message.slice(0, 300)}`, cure: "help" };
  }
  const { name, args } = reverted;
  return {
    code: name,
    sentence: `The contract said ${name}(${args.map(String).join(", ")}).`,
    cure: cures[name] ?? "help",
  };
}

function codeOf(message: string): string {
  if (isTooLarge(message)) return TOO_LARGE;
  return /revert/i.test(message) ? "REVERTED" : "NODE_REFUSED";
}
