import { check, type Check } from "./checks.ts";
import type { Seen } from "./seen.ts";

export interface FreshnessInput {
  /** ISO UTC: the time of the block that the proof is of */
  readonly blockTime: string;
  /** by leaf: the version of each status in the file */
  readonly versions: ReadonlyMap<string, number>;
  readonly seen: Seen;
  /** ISO UTC; left out with `maxAgeSeconds` where nobody asks for an age */
  readonly now?: string;
  /** the oldest that whoever relies on it accepts */
  readonly maxAgeSeconds?: number;
}

/** The proof is no older than is accepted, and no newer status of the same record was met before. */
export function checkFreshness({ blockTime, versions, seen, now, maxAgeSeconds }: FreshnessInput): Check {
  const newer = seen.statuses.find(({ leaf, version }) => version > (versions.get(leaf) ?? Infinity));
  if (newer !== undefined) {
    const params = { version: versions.get(newer.leaf) ?? 0, newer: newer.version, block: newer.blockNumber };
    return check("freshness", "ERROR", "OLDER_STATUS", params);
  }
  if (now === undefined || maxAgeSeconds === undefined) return check("freshness", "SKIPPED", "AGE_NOT_ASKED");
  const seconds = Math.max(0, Math.floor((Date.parse(now) - Date.parse(blockTime)) / 1000));
  const params = { seconds, max: maxAgeSeconds, instant: blockTime };
  return seconds <= maxAgeSeconds
    ? check("freshness", "VALID", "FRESH", params)
    : check("freshness", "ERROR", "TOO_OLD", params);
}
