import { gasOfBatch, recordsWithin } from "../../server/anchoring/anchor-transaction.ts";
import { latestBlock } from "../../server/chain/block.ts";
import { count, field } from "../../server/chain/quantity.ts";
import { resultOf } from "../../server/chain/rpc.ts";
import { found, type Finding } from "./finding.ts";
import type { SeenNode } from "./nodes.ts";

/** Whether a batch of `records` records, HUFU_BATCH_SIZE, fits into a block. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER. */
export async function examineBlockRoom({ rpc }: SeenNode, records: number): Promise<Finding> {
  const [answer] = await rpc.batch([latestBlock]);
  const limit = count(field(resultOf(answer, "eth_getBlockByNumber"), "gasLimit"), "a block's gas limit");
  const gas = gasOfBatch(records);
  if (gas <= limit) return found("chain", "BLOCKS_HOLD_BATCHES", { records, limit });
  return found("chain", "BLOCKS_TOO_SMALL", { records, gas, limit, most: Math.max(0, recordsWithin(limit)) });
}
