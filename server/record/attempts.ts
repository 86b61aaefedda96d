import { HufuError } from "../../core/error.ts";

/** Failed comparisons of one record that are answered within an hour. */
const MOST = 10;
const WINDOW_MS = 3_600_000;
/** Records that are remembered; a failed comparison counts only of a record that exists. */
const REMEMBERED = 100_000;

export interface AttemptLimit {
  /**
   * Counts one comparison with the record `name` before it is made, so that many at once count too. Throws TOO_MANY_ATTEMPTS. Whoever was
   * right calls `forgive`.
   */
  count(name: string): { forgive(): void };
}

/**
 * Comparing content with a stored record under its secret seed answers whether a guess is right: without a limit, whoever has all fields but
 * one (an ID number has some 10^5 values for a known district and birthday) could try them all. It is kept in memory: a restart
 * gives ten guesses more.
 */
export function createAttemptLimit(clock: () => number): AttemptLimit {
  const failures = new Map<string, { left: number; until: number }>();
  return {
    count(name) {
      const known = failures.get(name);
      const entry = known && known.until > clock() ? known : { left: MOST, until: clock() + WINDOW_MS };
      if (entry.left === 0)
        throw new HufuError(
          "TOO_MANY_ATTEMPTS",
          "This record was compared too often with content that is not its own: try again in an hour.",
        );
      entry.left -= 1;
      remember(failures, name, entry);
      return {
        forgive() {
          entry.left = Math.min(MOST, entry.left + 1);
        },
      };
    },
  };
}

/** The oldest goes when there are too many. */
function remember<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name);
  map.set(name, value);
  const oldest = map.keys().next();
  if (map.size > REMEMBERED && !oldest.done) map.delete(oldest.value);
}
