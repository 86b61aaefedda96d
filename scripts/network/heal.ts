import type { NetworkContext } from "./context.ts";
import { untilLinked } from "./links.ts";
import { untilNewBlock } from "./progress.ts";
import { runningIn } from "./running.ts";
import { updateValidators } from "./state.ts";

/** See `Network.heal`. */
export async function heal(context: NetworkContext): Promise<void> {
  updateValidators(context.folder, () => ({ island: 0 }));
  await untilLinked(context.folder);
  await untilNewBlock(context, runningIn(context.folder));
}
