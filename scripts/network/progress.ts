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

/**
 * Waits until all on the islands of `waiting` are so far beyond the newest block that there was that a majority has signed since, unless too few of
 * an island may sign. Fewer blocks say nothing: each half of a network can make those on a branch of its own, and then stand still.
 */
export async function untilNewBlock(context: NetworkContext, waiting: readonly ValidatorState[]): Promise<void> {
  const running = runningIn(context.folder);
  const islands = [...new Set(waiting.map(({ island }) => island))];
  for (const island of islands) {
    const there = running.filter((validator) => validator.island === island);
    const needed = await majorityAmong(there);
    if (needed !== null) await untilIslandMoves(context, there, needed);
  }
}

async function untilIslandMoves(
  context: NetworkContext,
  island: readonly ValidatorState[],
  blocks: number,
): Promise<void> {
  const newest = Math.max(...(await headsOf(island)).map(({ number }) => number));
  const watch = createWatch(() => performance.now());
  await waitUntil(
    async () => {
      const heads = await headsOf(island);
      if (watch.stillFor(heads) > STILL_MS) await endStalemate(context, island);
      return heads.every(({ number }) => number >= newest + blocks);
    },
    BLOCK_MS,
    () => {
      const logs = island.map((validator) => logTail(filesOf(context.folder, validator)));
      return `No ${blocks} blocks came after ${newest} for ${BLOCK_MS / 1000} s; ${logs.join("\n")}`;
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

/** How many signers make blocks by themselves; null: fewer of them are there. */
async function majorityAmong(island: readonly ValidatorState[]): Promise<number | null> {
  const sets = await Promise.all(island.map((validator) => signersAt(validator)));
  const there = (set: readonly string[]): number => island.filter(({ address }) => set.includes(address)).length;
  const able = sets.filter((set) => there(set) >= majorityOf(set.length));
  return able.length === 0 ? null : Math.max(...able.map((set) => majorityOf(set.length)));
}

function headsOf(validators: readonly ValidatorState[]): Promise<Block[]> {
  return Promise.all(validators.map((validator) => readHead(rpcOf(validator))));
}
