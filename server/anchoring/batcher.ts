import { setTimeout as sleep } from "node:timers/promises";

import type { Keccak } from "../../core/ledger/keccak.ts";
import { orderBatch } from "../../core/ledger/merkle.ts";
import type { Log } from "../chain/log.ts";
import { insertBatch, oldestUnbatched, openQueues, type Queue } from "../store/batches.ts";
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

export function createBatcher(deps: BatcherDeps): Batcher {
  /** A batch is computed outside the transaction: nobody else moves records out of a queue. */
  async function close(queue: Queue): Promise<void> {
    const members = await oldestUnbatched(deps.store.db, queue, deps.size);
    const last = members.at(-1);
    if (last === undefined) return;
    const digests = new Uint8Array(members.length * 32);
    members.forEach(({ digest }, index) => digests.set(digest, index * 32));
    const { root } = orderBatch(queue.agency, queue.kind, digests, deps.keccak);
    const { agency, kind } = queue;
    const batch = { agency, kind, root, lastSeq: last.seq, count: members.length, createdAt: deps.now() };
    await deps.store.write((tx) => insertBatch(tx, batch));
    deps.batched?.(members.length);
  }

  return {
    async turn() {
      let next: number | null = null;
      for (const queue of await openQueues(deps.store.db)) {
        const wait = queue.openedAt + deps.windowMs - deps.now();
        const full = Math.floor(queue.waiting / deps.size);
        const due = wait <= 0 && queue.waiting % deps.size > 0 ? full + 1 : full;
        for (let closed = 0; closed < due; closed++) await close(queue);
        // What has come since has a window of its own: it is looked at again at once.
        const again = due > 0 ? 0 : wait;
        next = Math.min(next ?? again, again);
      }
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
