import { setTimeout as sleep } from "node:timers/promises";

import { concatBytes } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { orderBatch } from "../../core/ledger/merkle.ts";
import type { Log } from "../chain/log.ts";
import { insertBatch, oldestUnbatched, openQueues, type NewBatch, type Queue } from "../store/batches.ts";
import type { Store } from "../store/open.ts";

/** Turns accepted records into batches that never change. All that it knows is in the store: it can be stopped anywhere. */
export interface Batcher {
  /** Closes every batch that is due. Answers in how many milliseconds the next may be; null: nothing waits. */
  turn(): Promise<number | null>;
}

export interface BatcherDeps {
  readonly store: Store;
  readonly keccak: Keccak;
  /** milliseconds from a batch's first record to its closing */
  readonly windowMs: number;
  /** records in a batch at most */
  readonly size: number;
  /** milliseconds of Unix time */
  readonly now: () => number;
  readonly batched?: (records: number) => void;
}

/** Batches written in one commit: enough that many queues share one, few enough that no request waits long behind them. */
const BATCHES_IN_A_COMMIT = 20;

export function createBatcher(deps: BatcherDeps): Batcher {
  /** Batches are computed outside the transaction: nobody else moves records out of a queue. */
  async function cut(queue: Queue, most: number, hasEnded: boolean): Promise<NewBatch[]> {
    const members = await oldestUnbatched(deps.store.db, queue, most * deps.size);
    const batches: NewBatch[] = [];
    for (let from = 0; from < members.length; from += deps.size) {
      const chunk = members.slice(from, from + deps.size);
      if (chunk.length < deps.size && !hasEnded) break;
      const last = chunk.at(-1);
      if (last === undefined) break;
      const digests = concatBytes(...chunk.map(({ digest }) => digest));
      const { root } = orderBatch(queue.agency, queue.kind, digests, deps.keccak);
      const { agency, kind } = queue;
      batches.push({ agency, kind, root, lastSeq: last.seq, count: chunk.length, createdAt: deps.now() });
    }
    return batches;
  }

  async function write(batches: readonly NewBatch[]): Promise<void> {
    await deps.store.write(async (tx) => {
      for (const batch of batches) await insertBatch(tx, batch);
    });
    for (const { count } of batches) deps.batched?.(count);
  }

  return {
    async turn() {
      let next: number | null = null;
      let batches: NewBatch[] = [];
      for (const queue of await openQueues(deps.store.db)) {
        const wait = queue.openedAt + deps.windowMs - deps.now();
        // A window longer than itself means that the clock was set back: nobody waits for it to come round again.
        const hasEnded = wait <= 0 || wait > deps.windowMs;
        const isDue = queue.waiting >= deps.size || hasEnded;
        if (isDue) batches.push(...(await cut(queue, BATCHES_IN_A_COMMIT, hasEnded)));
        // What has come since has a window of its own: it is looked at again at once.
        const again = isDue ? 0 : wait;
        next = Math.min(next ?? again, again);
        if (batches.length < BATCHES_IN_A_COMMIT) continue;
        await write(batches);
        batches = [];
      }
      if (batches.length > 0) await write(batches);
      return next;
    },
  };
}

/** Runs a batcher until `signal` is aborted; at most `pollMs` pass before a new record is seen. */
export async function runBatcher(
  batcher: Batcher,
  options: { pollMs: number; log: Log; signal: AbortSignal },
): Promise<void> {
  while (!options.signal.aborted) {
    let wait = options.pollMs;
    try {
      wait = Math.min((await batcher.turn()) ?? options.pollMs, options.pollMs);
    } catch (error) {
      options.log("error", "batches could not be made; they are tried again", { error });
    }
    await sleep(wait, undefined, { signal: options.signal }).catch(() => undefined);
  }
}
