import { setTimeout as sleep } from "node:timers/promises";

import { HufuError } from "../../core/error.ts";
import type { Log } from "./log.ts";
import { createValidatorWatch, type ValidatorWatchDeps, type Validators } from "./validator-watch.ts";

/** The reading of headers beside everything else: a chain's validators are known however long nobody asks for them. */
export interface Following {
  now(): Validators | null;
  /** Resolves when every header was read once, or after `ms`. */
  ready(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
/** Headers that are read between two lines of the log. */
const TELL_EVERY = 20_000;

/** Of a chain that nobody seals. */
export const noValidators: Following = {
  now: () => null,
  ready: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** Begins to read. What stops it is said once, and tried again. */
export function followValidators({ log, ...deps }: ValidatorWatchDeps & { readonly log: Log }): Following {
  const watch = createValidatorWatch(deps);
  const stopping = new AbortController();
  const { signal } = stopping;
  const first = Promise.withResolvers<null>();
  let complaint = "";
  let told = 0;

  async function turn(): Promise<boolean> {
    try {
      const isAtEnd = await watch.turn();
      complaint = "";
      if (isAtEnd) first.resolve(null);
      else tell();
      return isAtEnd;
    } catch (error) {
      complain(error);
      return true;
    }
  }

  function tell(): void {
    if (watch.reached() < told + TELL_EVERY) return;
    told = watch.reached();
    log("info", "headers are being read for changes of validators", { block: told });
  }

  function complain(error: unknown): void {
    const code = error instanceof HufuError ? error.code : "INVARIANT";
    if (code !== complaint) log("warn", "the chain's headers cannot be read; they are tried again", { code, error });
    complaint = code;
  }

  async function work(): Promise<void> {
    while (!signal.aborted) {
      const isAtEnd = await turn();
      await sleep(isAtEnd ? LOOK_EVERY_MS : 0, undefined, { signal }).catch(() => undefined);
    }
    first.resolve(null);
  }

  const running = work();
  return {
    now: () => watch.now(),
    async ready(ms) {
      const patience = new AbortController();
      const enough = sleep(ms, null, { signal: AbortSignal.any([signal, patience.signal]) }).catch(() => null);
      await Promise.race([first.promise, enough]);
      patience.abort();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
