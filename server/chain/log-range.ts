import type { Hex } from "../../core/bytes.ts";
import type { RawLog } from "../../core/ledger/events.ts";
import { logsBetween, logsOf } from "./block.ts";
import type { Rpc } from "./rpc.ts";

export interface LogRange {
  /** blocks, both included */
  readonly from: number;
  readonly to: number;
  readonly address: Hex;
  /** as in eth_getLogs */
  readonly topics: readonly unknown[];
}

const FIRST_SPAN = 4_096;
const WIDEST_SPAN = 65_536;

/**
 * The logs of a range, in the order of the chain, an answer at a time. Nodes bound what they give at once, each in its own way: what is refused is asked
 * again in halves. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER.
 */
export async function* logsOfRange(rpc: Rpc, range: LogRange): AsyncGenerator<readonly RawLog[]> {
  let span = FIRST_SPAN;
  let widest = WIDEST_SPAN;
  for (let next = range.from; next <= range.to;) {
    const end = Math.min(range.to, next + span - 1);
    const logs = await logsIn(rpc, range, next, end);
    if (logs === null) {
      span = Math.max(1, (end - next + 1) >> 1);
      widest = span;
      continue;
    }
    yield logs;
    span = Math.min(widest, span * 2);
    next = end + 1;
  }
}

/** null: more than the node gives at once. */
async function logsIn(rpc: Rpc, range: LogRange, from: number, to: number): Promise<RawLog[] | null> {
  const [answer] = await rpc.batch([logsBetween(from, to, [range.address], range.topics)]);
  return answer?.ok !== true && to > from ? null : logsOf(answer);
}
