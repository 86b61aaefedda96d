import { setTimeout as sleep } from "node:timers/promises";
import { count } from "../../server/chain/quantity.ts";
import { createRpc } from "../../server/chain/rpc.ts";

const POLL_MS = 20;

/** When somebody who asks a node again and again first sees each block: a block's own time is in whole seconds. */
export interface BlockClock {
  /** milliseconds of Unix time; NaN of a block that was there before or is not there yet */
  seenAt(block: number): number;
  /** the newest block that was seen */
  newest(): number;
  stop(): Promise<void>;
}

export async function startBlockClock(url: string): Promise<BlockClock> {
  const rpc = createRpc({ url: () => url, timeoutMs: 10_000 });
  const height = async (): Promise<number> => count(await rpc.call("eth_blockNumber"), "the chain's height");
  const times = new Map<number, number>();
  let newest = await height();
  let stopped = false;
  const watching = (async () => {
    while (!(() => stopped)()) {
      // A node that is too busy to answer has no new block to show.
      const now = await height().catch(() => newest);
      while (newest < now) times.set(++newest, Date.now());
      await sleep(POLL_MS);
    }
  })();
  return {
    seenAt: (block) => times.get(block) ?? Number.NaN,
    newest: () => newest,
    async stop() {
      stopped = true;
      await watching;
    },
  };
}
