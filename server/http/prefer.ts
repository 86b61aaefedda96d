import type { Request } from "express";

/** Seconds that an answer is held back at most, whatever the client would prefer. */
export const MAX_WAIT_SECONDS = 60;

/** The seconds of `Prefer: wait=N` (RFC 7240), at most MAX_WAIT_SECONDS; null where the request does not prefer to wait. */
export function preferredWait(request: Request): number | null {
  const header = request.get("Prefer") ?? "";
  for (const preference of header.split(",")) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), MAX_WAIT_SECONDS);
  }
  return null;
}
