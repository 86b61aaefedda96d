import type { Shortage } from "../chain/finality.ts";
import type { Log } from "../chain/log.ts";
import type { AnchoringHooks } from "./hooks.ts";

/** Raises the alarm when a shortage of signers begins: a validator that is voted out can make one at any time. */
export function createShortageWatch({
  log,
  hooks,
}: {
  log: Log;
  hooks: AnchoringHooks;
}): (now: Shortage | null) => void {
  let isShort = false;
  return (now) => {
    if (now !== null && !isShort) {
      log(
        "error",
        "more signers are asked for than the chain has, so that no status is sent: lower HUFU_CONFIRMATIONS",
        {
          ...now,
        },
      );
      hooks.alarm?.("TOO_FEW_SIGNERS");
    }
    if (now === null && isShort) log("info", "the chain has enough signers again; statuses are sent");
    isShort = now !== null;
  };
}
