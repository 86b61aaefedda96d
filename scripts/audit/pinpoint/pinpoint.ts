import { divergence, type AuditCode, type AuditDivergence } from "../report.ts";
import { falseByReceipts } from "./by-receipts.ts";
import { falseByState } from "./by-state.ts";
import type { Explanation } from "./explain-block.ts";
import type { FalseBlock, PinpointInput } from "./input.ts";

/**
 * Looks for the first block whose logs are not the chain's, and says what is wrong with them: by the chain's own state, and where the node does not
 * keep that of so old a block by the blocks' blooms and receipts. All these are the node's word: `because` is answered as it is only where proven heads
 * say that the events are the chain's, so that they themselves break the rule. Throws what `compareProven` throws.
 */
export async function pinpoint(input: PinpointInput): Promise<AuditDivergence> {
  const byState = await attempt(falseByState, input);
  if (byState !== undefined) return describe(byState, input.because);
  if (rulesOfDigests.includes(input.because.code)) return otherBatch(input.because);
  const differs = await input.compareProven();
  if (differs === undefined) return input.because;
  const byReceipts = await attempt(falseByReceipts, input);
  return byReceipts === undefined ? differs : describe(byReceipts, input.because);
}

/** undefined also where the node does not answer what the search wants: then the next one does without. */
async function attempt(
  search: (input: PinpointInput) => Promise<FalseBlock | undefined>,
  input: PinpointInput,
): Promise<FalseBlock | undefined> {
  try {
    return await search(input);
  } catch {
    return undefined;
  }
}

/**
 * A node that changes the digests of a batch breaks one of these. They are in no journal, so that heads agree whatever a node makes of them; and the
 * contract, whose code is proven before anything is replayed, counts them and computes their root itself: no event of its own breaks these rules.
 */
const rulesOfDigests: readonly AuditCode[] = ["COUNT_MISMATCH", "LEAVES_NOT_ASCENDING", "ROOT_MISMATCH"];

function otherBatch(because: AuditDivergence): AuditDivergence {
  const what = "The node tells of a batch otherwise than it was";
  const names = { contract: "ledger", ...because.names, shownBy: because.code };
  return divergence(
    "EVENT_CHANGED",
    what,
    "the digests of which the contract computed root and count",
    "others",
    names,
  );
}

const titles: Readonly<Record<Explanation["code"], string>> = {
  EVENT_HIDDEN: "The node hides an event",
  EVENT_ADDED: "The node tells of an event that never was",
  EVENT_CHANGED: "The node tells of an event otherwise than it was, or hides one",
  EVENTS_REORDERED: "The node tells events in another order than they had",
};

function describe({ explanation, contract, block, told }: FalseBlock, because: AuditDivergence): AuditDivergence {
  const { code, log } = explanation;
  const place = log === undefined ? {} : { transaction: log.log.transactionHash, logIndex: log.log.logIndex };
  const found = `${told} events of the contract in its answer`;
  const names = { contract, block, ...place, shownBy: because.code };
  return divergence(code, titles[code], "the events that the contract's journal was made of", found, names);
}
