/** Tells people how far an audit has come; never part of its answer. */
export interface Progress {
  report(what: string, done: number, all: number): void;
  /** Something that is worth a line of its own. */
  say(sentence: string): void;
}

/** When a part of the audit began, and at what. */
interface Begin {
  readonly part: string;
  readonly at: number;
  readonly done: number;
}

/** Milliseconds: before them a rate means nothing. */
const worthReckoning = 3_000;

/**
 * One line a second at most, so that a log file stays readable, with the time that is left at the pace so far. `write` gets a whole line; `clock`
 * is in milliseconds.
 */
export function createProgress(write: (line: string) => void, clock: () => number): Progress {
  let last = Number.NEGATIVE_INFINITY;
  let begin: Begin | undefined;
  return {
    report(what, done, all) {
      const now = clock();
      const part = what.replace(/[\d,]+/g, "#");
      if (begin?.part !== part || done < begin.done) begin = { part, at: now, done };
      if (now - last < 1000 && done < all) return;
      last = now;
      const percent = all === 0 ? 100 : Math.floor((100 * done) / all);
      const left = leftOf(begin, now, done, all);
      write(`[audit] ${what}: ${done.toLocaleString("en")} of ${all.toLocaleString("en")} (${percent} %${left})`);
    },
    say: (sentence) => write(`[audit] ${sentence}`),
  };
}

function leftOf(begin: Begin, now: number, done: number, all: number): string {
  const took = now - begin.at;
  if (done >= all || done <= begin.done || took < worthReckoning) return "";
  const seconds = (took * (all - done)) / (done - begin.done) / 1000;
  if (seconds < 60) return ", less than a minute left";
  if (seconds < 5400) return `, about ${Math.round(seconds / 60)} min left`;
  return `, about ${Math.round(seconds / 3600)} h left`;
}
