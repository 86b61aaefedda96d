/** Tells people how far an audit has come; never part of its answer. */
export interface Progress {
  report(what: string, done: number, all: number): void;
}

/** One line a second at most, so that a log file stays readable. `write` gets a whole line. */
export function createProgress(write: (line: string) => void, clock: () => number): Progress {
  let last = Number.NEGATIVE_INFINITY;
  return {
    report(what, done, all) {
      const now = clock();
      if (now - last < 1000 && done < all) return;
      last = now;
      const percent = all === 0 ? 100 : Math.floor((100 * done) / all);
      write(`[audit] ${what}: ${done.toLocaleString("en")} of ${all.toLocaleString("en")} (${percent} %)`);
    },
  };
}
