import { check, type Check } from "./checks.ts";
import { kindUnknown, type Step } from "./steps.ts";
import type { Walk } from "./walk.ts";

/** The ledger's status of the record, and whether the file says why it is so. */
export function checkStatus({ standings, fault }: Walk, steps: readonly Step[] | undefined): Check {
  if (steps === undefined) return check("status", "INVALID", "SLOTS_MISSING");
  // What a record of an unknown kind says of the status cannot be read, so whether a link belongs there cannot either.
  const ofUnknownKind = kindUnknown("status", steps);
  if (ofUnknownKind !== undefined) return ofUnknownKind;
  const [own] = standings;
  if (fault !== null) return check("status", "INVALID", fault);
  if (own === undefined || own.version === 0) return check("status", "VALID", "STATUS_NEVER_SET");
  const params = { version: own.version };
  if (own.contradicts) return check("status", "VALID", "LINK_CONTRADICTS", params);
  return check("status", "VALID", own.isExplained ? "STATUS_ON_LEDGER" : "STATUS_UNEXPLAINED", params);
}
