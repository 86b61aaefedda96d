import { topics } from "../../../core/ledger/abi.ts";
import type { RawLog } from "../../../core/ledger/events.ts";
import { blockAt, blockOf, logsOf } from "../../../server/chain/block.ts";
import { badAnswer, field, toQuantity } from "../../../server/chain/quantity.ts";
import { resultOf } from "../../../server/chain/rpc.ts";
import type { TimedLog } from "../log-range.ts";
import type { Explanation } from "./explain-block.ts";
import type { Contract, PinpointInput } from "./input.ts";

const journalled: readonly string[] = Object.values(topics);

/** The contract's journalled logs by the receipts of the block. Throws where the node does not give them. */
export async function journalledReceipts(
  { rpc, addresses }: PinpointInput,
  contract: Contract,
  block: number,
): Promise<TimedLog[]> {
  const receipts = { method: "eth_getBlockReceipts", params: [toQuantity(block)] };
  const [answer, header] = await rpc.batch([receipts, blockAt(block)]);
  const list = resultOf(answer, "eth_getBlockReceipts");
  const blockTime = blockOf(header)?.time;
  if (!Array.isArray(list) || blockTime === undefined) throw badAnswer("it has no receipts of a block");
  return list
    .flatMap((receipt: unknown) => logsOf({ ok: true, result: field(receipt, "logs") }))
    .filter((log) => log.address === addresses[contract] && isJournalled(log))
    .map((log) => ({ log, blockTime }));
}

function isJournalled({ topics: [first = ""] }: RawLog): boolean {
  return journalled.includes(first);
}

/** What was told otherwise than the receipts have it; undefined where it is the same. */
export function compareWithReceipts(told: readonly TimedLog[], receipts: readonly TimedLog[]): Explanation | undefined {
  const hidden = receipts.find((log) => !told.some((other) => isSamePlace(log, other)));
  if (hidden !== undefined) return { code: "EVENT_HIDDEN", log: hidden };
  const extra = told.find((log) => !receipts.some((other) => isSamePlace(log, other)));
  if (extra !== undefined) return { code: "EVENT_ADDED", log: extra };
  const changed = receipts.find((log) => !told.some((other) => isSame(log, other)));
  return changed && { code: "EVENT_CHANGED", log: changed };
}

function isSamePlace({ log: a }: TimedLog, { log: b }: TimedLog): boolean {
  return a.logIndex === b.logIndex && a.transactionHash === b.transactionHash;
}

function isSame(a: TimedLog, b: TimedLog): boolean {
  return isSamePlace(a, b) && a.log.data === b.log.data && a.log.topics.join() === b.log.topics.join();
}
