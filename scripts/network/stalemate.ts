import { blockAt, blockOf } from "../../server/chain/block.ts";
import { toQuantity } from "../../server/chain/quantity.ts";
import type { NetworkContext } from "./context.ts";
import { reconnect } from "./links.ts";
import type { ValidatorState } from "./state.ts";
import { tipOf, type Tip } from "./tip.ts";
import { rpcOf, waitUntil } from "./validator-rpc.ts";

const STOP_MS = 10_000;
const FOLLOW_MS = 30_000;

/**
 * Clique leaves it open which of two branches of equal weight counts. After a partition into halves each side can have one, and nobody who has not
 * signed lately is left on either: then the chain stands still for good, and an operator has to decide. Here those on other branches forget them
 * and follow the heaviest, or, of equal weight, the shortest, which geth too prefers whenever it hears of both.
 */
export async function endStalemate(context: NetworkContext, validators: readonly ValidatorState[]): Promise<void> {
  const tips = (await Promise.all(validators.map(tipOf))).sort(byPreference);
  const [best] = tips;
  for (const { validator, number, hash } of tips) {
    if (best === undefined || hash === best.hash) continue;
    const common = await commonBlock(best.validator, validator, Math.min(number, best.number));
    context.say(`two branches stand still: validator ${validator.number} goes back to block ${common}`);
    await follow(context, validator, common, best);
  }
}

/** Sorts the tip first that the others follow; 0 only for two of one block. */
export function byPreference(a: Tip, b: Tip): number {
  if (a.weight !== b.weight) return a.weight > b.weight ? -1 : 1;
  return a.number - b.number || (a.hash === b.hash ? 0 : a.hash < b.hash ? -1 : 1);
}

/** The newest block up to `from` that two validators share. */
async function commonBlock(one: ValidatorState, other: ValidatorState, from: number): Promise<number> {
  for (let number = from; number > 0; number--) {
    const [a, b] = await Promise.all([one, other].map((validator) => hashAt(validator, number)));
    if (a === b) return number;
  }
  return 0;
}

async function hashAt(validator: ValidatorState, number: number): Promise<string | undefined> {
  const [answer] = await rpcOf(validator).batch([blockAt(number)]);
  return blockOf(answer)?.hash;
}

/** It signs nothing until it has the other branch: it would begin another one. */
async function follow({ folder }: NetworkContext, validator: ValidatorState, common: number, best: Tip): Promise<void> {
  const rpc = rpcOf(validator);
  await rpc.call("miner_stop");
  try {
    const hasStopped = async (): Promise<boolean> => (await rpc.call("eth_mining")) === false;
    await waitUntil(hasStopped, STOP_MS, () => `Validator ${validator.number} does not stop to sign.`);
    await rpc.call("debug_setHead", toQuantity(common));
    await reconnect(folder, best.validator, validator);
    await waitUntil(
      async () => (await hashAt(validator, best.number)) === best.hash,
      FOLLOW_MS,
      () => `Validator ${validator.number} has not followed to block ${best.number} for ${FOLLOW_MS / 1000} s.`,
    );
  } finally {
    await rpc.call("miner_start");
  }
}
