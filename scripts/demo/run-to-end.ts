import { setTimeout as sleep } from "node:timers/promises";

/** As a shell reports what Ctrl-C ended. */
const INTERRUPTED = 130;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Milliseconds in which a signal is heard that came while a synchronous call was under way. */
const HEARING_MS = 10;

export type Ending = () => Promise<void> | void;

/** A run that leaves nothing behind, whenever it is interrupted. */
export interface Run {
  /** aborted when somebody interrupts the run; nothing may be begun after that */
  readonly signal: AbortSignal;
  /**
   * `end` is called once, when the run is over, however that came; of several, the newest first. It is to be named in the very turn in which
   * what it ends begins. Throws if the run is interrupted.
   */
  atEnd(end: Ending): void;
}

/**
 * Does `work`, then ends all that it has begun, and answers or rejects as it did. SIGINT, SIGTERM and SIGHUP do not wait for `work`: `say` hears
 * a sentence, all that has begun is ended, and the process exits with 130 in the same turn, so that what was under way begins nothing more.
 * Signals that come meanwhile are not counted: npm passes on what a terminal has sent already.
 */
export async function runToEnd<T>(work: (run: Run) => Promise<T>, say: (sentence: string) => void): Promise<T> {
  const stop = new AbortController();
  const endings: Ending[] = [];
  const interrupt = (): void => {
    if (!stop.signal.aborted) say("Interrupted: ending all that was started; this can take some seconds.");
    stop.abort();
  };
  const run: Run = {
    signal: stop.signal,
    atEnd(end) {
      stop.signal.throwIfAborted();
      endings.push(end);
    },
  };
  for (const name of signals) process.on(name, interrupt);
  try {
    return await Promise.race([work(run), rejectedBy(stop.signal)]);
  } finally {
    // What fails because the same Ctrl-C has ended its process is interrupted, and has not failed.
    await sleep(HEARING_MS);
    await endAll(endings, say);
    if (stop.signal.aborted) process.exit(INTERRUPTED);
    for (const name of signals) process.removeListener(name, interrupt);
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("interrupted"))));
}

/** One that fails keeps none from being called. */
async function endAll(endings: Ending[], say: (sentence: string) => void): Promise<void> {
  for (let end = endings.pop(); end !== undefined; end = endings.pop()) {
    try {
      await end();
    } catch (error) {
      say(`Something may have been left behind: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
