import { bytesToHex, hexToBytes } from "../../core/bytes.ts";
import type { Store } from "../store/open.ts";
import { settledDigests } from "../store/outbox.ts";

/** Requests that wait for a record to be anchored. They live in memory alone: whoever waited when the process died asks again. */
export interface Waiters {
  /** Whether, within `ms`, the record `digest` (hex) is anchored and every change of status that rests on it is settled. */
  wait(digest: string, ms: number): Promise<boolean>;
  /** To be called after something was anchored. */
  wake(): Promise<void>;
}

/** Digests in one question to the store. */
const ASKED_AT_ONCE = 500;

export function createWaiters(store: Store): Waiters {
  const waiting = new Map<string, Set<() => void>>();

  async function wake(): Promise<void> {
    const digests = [...waiting.keys()];
    for (let from = 0; from < digests.length; from += ASKED_AT_ONCE) {
      const asked = digests.slice(from, from + ASKED_AT_ONCE).map((digest) => hexToBytes(digest));
      for (const settled of await settledDigests(store.db, asked)) {
        const digest = bytesToHex(settled);
        for (const resolve of waiting.get(digest) ?? []) resolve();
        waiting.delete(digest);
      }
    }
  }

  return {
    wake,
    async wait(digest, ms) {
      if ((await settledDigests(store.db, [hexToBytes(digest)])).length > 0) return true;
      return new Promise((resolve) => {
        const settled = (): void => {
          clearTimeout(timer);
          resolve(true);
        };
        const timer = setTimeout(() => {
          waiting.get(digest)?.delete(settled);
          if (waiting.get(digest)?.size === 0) waiting.delete(digest);
          resolve(false);
        }, ms);
        waiting.set(digest, (waiting.get(digest) ?? new Set()).add(settled));
      });
    },
  };
}
