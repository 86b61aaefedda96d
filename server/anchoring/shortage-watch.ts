import type { Endorsement } from "../chain/endorsement.ts";
import { shortageOf, type Shortage } from "../chain/finality.ts";
import type { Log } from "../chain/log.ts";
import type { AnchoringHooks } from "./hooks.ts";

export interface ShortageWatchDeps {
  /** as configured; null: they are not */
  readonly confirmations: number | null;
  readonly log: Log;
  readonly hooks: AnchoringHooks;
}

/**
 * Tells, turn by turn, whether a shortage of signers lasts, and raises the alarm when one begins: a validator that is voted out can make one at any time.
 * While the signers are not known (null), what was known of them stands.
 */
export function createShortageWatch({
  confirmations,
  log,
  hooks,
}: ShortageWatchDeps): (endorsement: Endorsement | null) => Shortage | null {
  let shortage: Shortage | null = null;
  return (endorsement) => {
    if (endorsement === null) return shortage;
    const before = shortage;
    shortage = shortageOf(endorsement, confirmations);
    if (shortage !== null && before === null) {
      const why = "more signers are asked for than the chain has, so that no status is sent: lower HUFU_CONFIRMATIONS";
      log("error", why, { ...shortage });
      hooks.alarm?.("TOO_FEW_SIGNERS");
    }
    if (shortage === null && before !== null) log("info", "the chain has enough signers again; statuses are sent");
    return shortage;
  };
}
