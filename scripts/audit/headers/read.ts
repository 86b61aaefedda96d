import type { Keccak } from "../../../core/ledger/keccak.ts";
import { readHeaders, type RawHeader } from "../../../server/chain/header.ts";
import type { Rpc, RpcAnswer } from "../../../server/chain/rpc.ts";
import { omitted } from "../fault.ts";

/**
 * The raw headers of blocks that the node's own chain goes through, in the order asked. Throws NODE_OMITS_BLOCKS where it has one of them
 * not, NODE_ANSWER where a header does not hash to its block's hash.
 */
export function readChain(rpc: Rpc, numbers: readonly number[], keccak: Keccak): Promise<RawHeader[]> {
  return readHeaders(withoutGaps(rpc), numbers, keccak);
}

function withoutGaps(rpc: Rpc): Rpc {
  return {
    ...rpc,
    async batch(calls) {
      const answers = await rpc.batch(calls);
      for (const [index, { method, params }] of calls.entries()) {
        if (method === "eth_getBlockByNumber" && isNothing(answers[index])) throw omitted(Number(params[0]));
      }
      return answers;
    },
  };
}

/** Some nodes answer a height that they do not have with an error instead of null. */
function isNothing(answer: RpcAnswer | undefined): boolean {
  if (answer?.ok === true) return answer.result === null;
  return answer !== undefined && /out ?of ?range|not found|unknown block/i.test(answer.error.message);
}
