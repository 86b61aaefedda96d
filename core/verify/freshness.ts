import { check, type Check } from "./checks.ts";
import type { Seen } from "./seen.ts";

export interface FreshnessInput {
  /** ISO UTC: the time of the block that the proof is of */
  readonly blockTime: string;
  /** the number of that block */
  readonly block: number;
  /**
   * The block of the proof that this one is to take the place of, be its seals such as could not be checked: it may be newer than the bundle.
   * undefined: there is none, or it was altered.
   */
  readonly formerBlock: number | undefined;
  /** by leaf: the version of each status in the file */
  readonly versions: ReadonlyMap<string, number>;
  readonly seen: Seen;
  /** ISO UTC; left out where whoever verifies has no clock */
  readonly now?: string;
  /** the oldest that whoever relies on it accepts; left out where nobody asks for an age */
  readonly maxAgeSeconds?: number;
}

/** How far a block may be ahead of the clock that it is held against: proposers' clocks differ, and so do those of verifiers. */
const toleratedMs = 15 * 60 * 1000;

/**
 * The proof is not of a time that is still to come, of which nobody can say how old it is; it is no older than is accepted, nor than the one that
 * it is to take the place of; and no newer status of the same record was met before.
 */
export function checkFreshness(input: FreshnessInput): Check {
  const { blockTime, block, formerBlock, versions, seen, now, maxAgeSeconds } = input;
  const ageMs = now === undefined ? undefined : Date.parse(now) - Date.parse(blockTime);
  if (ageMs !== undefined && ageMs < -toleratedMs)
    return check("freshness", "ERROR", "IN_THE_FUTURE", { seconds: Math.ceil(-ageMs / 1000), instant: blockTime });
  if (formerBlock !== undefined && block < formerBlock)
    return check("freshness", "ERROR", "OLDER_BLOCK", { block, former: formerBlock });
  const newer = seen.statuses.find(({ leaf, version }) => version > (versions.get(leaf) ?? Infinity));
  if (newer !== undefined) {
    const params = { version: versions.get(newer.leaf) ?? 0, newer: newer.version, block: newer.blockNumber };
    return check("freshness", "ERROR", "OLDER_STATUS", params);
  }
  if (ageMs === undefined || maxAgeSeconds === undefined) return check("freshness", "SKIPPED", "AGE_NOT_ASKED");
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  const params = { seconds, max: maxAgeSeconds, instant: blockTime };
  return seconds <= maxAgeSeconds
    ? check("freshness", "VALID", "FRESH", params)
    : check("freshness", "ERROR", "TOO_OLD", params);
}
