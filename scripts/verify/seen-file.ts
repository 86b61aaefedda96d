import { faultsError } from "../../core/error.ts";
import { parseJson } from "../../core/json/parse.ts";
import { isObject } from "../../core/json/shape.ts";
import { parseSeen, type Seen } from "../../core/verify/seen.ts";

/** What a verifier met before, as it lies in its memory folder. */
interface SeenFile extends Seen {
  readonly format: "hufu-seen";
  readonly version: 1;
}

/** Throws MALFORMED_JSON or INVALID_REQUEST for what is no such file. */
export function parseSeenText(text: string): Seen {
  const value = parseJson(text);
  const { format, version, ...seen } = isObject(value) ? value : {};
  if (format === "hufu-seen" && version === 1) return parseSeen(seen);
  throw faultsError("INVALID_REQUEST", [
    { code: "NOT_ALLOWED", pointer: "", message: "must be of format hufu-seen and version 1" },
  ]);
}

export function seenText({ headers, statuses }: Seen): string {
  return `${JSON.stringify({ format: "hufu-seen", version: 1, headers, statuses } satisfies SeenFile)}\n`;
}
