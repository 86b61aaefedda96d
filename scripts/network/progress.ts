import { majorityOf } from "../../core/proofs/vote.ts";
import { readHead, type Block } from "../../server/chain/block.ts";
import type { NetworkContext } from "./context.ts";
import { logTail } from "./geth-process.ts";
import { filesOf } from "./geth-settings.ts";
import { runningIn } from "./running.ts";
import { endStalemate } from "./stalemate.ts";
import type { ValidatorState } from "./state.ts";
import { rpcOf, signersAt, waitUntil } from "./validator-rpc.ts";

const BLOCK_MS = 120_000;
/** geth looks every ten seconds whether a peer has a heavier branch: after that nothing comes of itself. */
const STILL_MS = 13_000;

/** Waits until each of `waiting` is beyond the newest block that there was, unless too few of its island may sign to make another. */
export async function untilNewBlock(context: NetworkContext, waiting: readonly ValidatorState[]): Promise<void> {
  const running = runningIn(context.folder);
  const islands = [...new Set(waiting.map(({ island }) => island))];
  for (const island of islands) {
    const there = running.filter((validator) => validator.island === island);
    const awaited = there.filter(({ number }) => waiting.some((each) => each.number === number));
    if (await canSeal(there)) await untilIslandMoves(context, there, awaited);
  }
}

async function untilIslandMoves(
  context: NetworkContext,
  island: readonly ValidatorState[],
  awaited: readonly ValidatorState[],
): Promise<void> {
  const newest = Math.max(...(await headsOf(island)).map(({ number }) => number));
  const watch = createWatch(() => performance.now());
  await waitUntil(
    async () => {
      const heads = await headsOf(island);
      if (watch.stillFor(heads) > STILL_MS) await endStalemate(context, island);
      return island.every((validator, index) => !awaited.includes(validator) || (heads[index]?.number ?? 0) > newest);
    },
    BLOCK_MS,
    () => {
      const logs = awaited.map((validator) => logTail(filesOf(context.folder, validator)));
      return `No block came after ${newest} for ${BLOCK_MS / 1000} s; ${logs.join("\n")}`;
    },
  );
}

/** For how many milliseconds all heads have been as they are. */
function createWatch(clock: () => number): { stillFor(heads: readonly Block[]): number } {
  let seen = "";
  let since = clock();
  return {
    stillFor(heads) {
      const now = heads.map(({ hash }) => hash).join();
      if (now !== seen) since = clock();
      seen = now;
      return clock() - since;
    },
  };
}

async function canSeal(island: readonly ValidatorState[]): Promise<boolean> {
  const sets = await Promise.all(island.map((validator) => signersAt(validator)));
  return sets.some((set) => island.filter(({ address }) => set.includes(address)).length >= majorityOf(set.length));
}

function headsOf(validators: readonly ValidatorState[]): Promise<Block[]> {
  return Promise.all(validators.map((validator) => readHead(rpcOf(validator))));
}
