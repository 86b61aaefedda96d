import { logTail } from "./geth-process.ts";
import { filesOf } from "./geth-settings.ts";
import { runningIn } from "./running.ts";
import { areLinked, type ValidatorState } from "./state.ts";
import { tipOf } from "./tip.ts";
import { waitUntil } from "./validator-rpc.ts";

const CATCH_UP_MS = 120_000;

/**
 * Waits until each of `started` has a branch as heavy as those that it is connected with have now; geth looks for one every ten seconds. Whoever signs
 * before that goes on from where it was ended, and two of four are enough for a branch on which none of the four may sign any more, see stalemate.ts.
 */
export async function untilCaughtUp(folder: string, started: readonly ValidatorState[]): Promise<void> {
  const tips = await Promise.all(runningIn(folder).map(tipOf));
  await Promise.all(
    started.map(async (validator) => {
      const others = tips.filter((tip) => areLinked(tip.validator, validator));
      const [best] = others.sort((a, b) => Number(b.weight - a.weight));
      if (best === undefined) return;
      await waitUntil(
        async () => (await tipOf(validator)).weight >= best.weight,
        CATCH_UP_MS,
        () =>
          `Validator ${validator.number} has not come to block ${best.number} for ${CATCH_UP_MS / 1000} s; ${logTail(filesOf(folder, validator))}`,
      );
    }),
  );
}
