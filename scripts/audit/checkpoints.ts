import { blockAt, blockOf } from "../../server/chain/block.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { omitted } from "./fault.ts";
import { divergence, type AuditDivergence } from "./report.ts";
import type { Trust } from "./trust.ts";

/** Whether the chain goes through the blocks whose hashes the trust file publishes. */
export async function compareCheckpoints(rpc: Rpc, { checkpoints }: Trust): Promise<AuditDivergence | undefined> {
  const answers = checkpoints.length === 0 ? [] : await rpc.batch(checkpoints.map((each) => blockAt(each.blockNumber)));
  for (const [index, { blockNumber, blockHash }] of checkpoints.entries()) {
    const block = blockOf(answers[index]);
    if (block === null) throw omitted(blockNumber);
    if (block.hash === blockHash) continue;
    const what = "A block is not the one of the trust file's checkpoint";
    return divergence("CHECKPOINT_DIFFERS", what, blockHash, block.hash, { block: blockNumber });
  }
  return undefined;
}
