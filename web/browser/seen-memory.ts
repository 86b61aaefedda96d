import { HufuError } from "../../core/error.ts";
import {
  nothingSeen,
  parseSeen,
  withSeen,
  type Seen,
  type SeenHeader,
  type SeenStatus,
} from "../../core/verify/seen.ts";
import type { Memory } from "./memory.ts";

/** What this browser has met in certificates before: block headers and how often a record's status was set, nothing of any content. */
export interface SeenMemory {
  seen(): Seen;
  /** Keeps what a verification met, across visits where the browser lets it. */
  meet(met: { readonly header: SeenHeader; readonly statuses: readonly SeenStatus[] }): void;
  forget(): void;
}

const key = "hufu.seen.v1";

/** A header with its seals has some 2 kB, and a browser keeps 5 MB of a site: so many headers are a year's use, and leave room. */
const maxHeaders = 250;

export function createSeenMemory(memory: Memory): SeenMemory {
  let seen = kept(memory.read(key));
  return {
    seen: () => seen,
    meet(met) {
      seen = newest(withSeen(seen, met), maxHeaders);
      // Where there is no room for all, the newest are worth most.
      for (let count = maxHeaders; count >= 1; count = Math.floor(count / 4)) {
        if (memory.write(key, newest(seen, count))) return;
      }
    },
    forget() {
      seen = nothingSeen;
      memory.forget(key);
    },
  };
}

function newest({ headers, statuses }: Seen, count: number): Seen {
  return { headers: headers.slice(-count), statuses: statuses.slice(-4 * count) };
}

/** Whatever wrote it: what does not read is forgotten. */
function kept(value: unknown): Seen {
  try {
    return value === undefined ? nothingSeen : parseSeen(value);
  } catch (error) {
    if (error instanceof HufuError) return nothingSeen;
    throw error;
  }
}
