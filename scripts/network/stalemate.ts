import { HufuError } from "../../core/error.ts";
import { blockAt, blockOf, readHead, type Block } from "../../server/chain/block.ts";
import { toQuantity } from "../../server/chain/quantity.ts";
import type { NetworkContext } from "./context.ts";
import type { ValidatorState } from "./state.ts";
import { rpcOf, waitUntil } from "./validator-rpc.ts";

const STOP_MS = 10_000;
const FOLLOW_MS = 40_000;

/**
 * Clique has no rule between two branches of equal weight: after a partition into halves each side can have one, and nobody who has not signed
 * lately is left on either. Then the chain stands still for good, and an operator has to decide: here those on the lower branch, or, of equal
 * height, on the one with the greater hash, forget it and follow the others.
 */
export async function endStalemate(
  { say }: NetworkContext,
  validators: readonly ValidatorState[],
  heads: readonly Block[],
): Promise<void> {
  const [best] = heads.toSorted((a, b) => b.number - a.number || (a.hash < b.hash ? -1 : 1));
  const leader = validators[heads.findIndex(({ hash }) => hash === best?.hash)];
  if (best === undefined || leader === undefined) return;
  for (const [index, validator] of validators.entries()) {
    const head = heads[index];
    if (head === undefined || head.hash === best.hash) continue;
    const common = await commonBlock(leader, validator, Math.min(head.number, best.number));
    say(`two branches stand still: validator ${validator.number} goes back to block ${common}, and follows the other`);
    await follow(validator, common, best);
  }
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
async function follow(validator: ValidatorState, common: number, target: Block): Promise<void> {
  const rpc = rpcOf(validator);
  await rpc.call("miner_stop");
  try {
    await waitUntil(
      async () => (await rpc.call("eth_mining")) === false,
      STOP_MS,
      () => `Validator ${validator.number} does not stop to sign.`,
    );
    await rpc.call("debug_setHead", toQuantity(common));
    await waitUntil(
      async () => (await readHead(rpc)).number >= target.number,
      FOLLOW_MS,
      () => `Validator ${validator.number} has not followed to block ${target.number} for ${FOLLOW_MS / 1000} s.`,
    );
  } finally {
    await rpc.call("miner_start");
  }
  if ((await hashAt(validator, target.number)) !== target.hash)
    throw new HufuError("CHAIN_FAILED", `Validator ${validator.number} follows yet another branch.`);
}
