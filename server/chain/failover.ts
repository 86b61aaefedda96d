import { HufuError } from "../../core/error.ts";
import type { Log } from "./log.ts";
import { count } from "./quantity.ts";
import { createRpc, resultOf, type Rpc, type RpcAnswer, type RpcCall } from "./rpc.ts";

/** Several nodes of one chain as if they were one. */
export interface Failover extends Rpc {
  /** the node that is asked now */
  url(): string;
}

export interface FailoverNode {
  readonly url: string;
  readonly rpc: Rpc;
  /** Resolves with its height; answers fast or not at all. */
  readonly height: () => Promise<number>;
}

/** Blocks that a node may be behind another before it is left: news take their time, and forks of a block or two are ordinary. */
const BEHIND = 3;
const LOOK_EVERY_MS = 3_000;
const CALL_TIMEOUT_MS = 15_000;
const LOOK_TIMEOUT_MS = 2_000;

/** The nodes at these addresses; the first is asked while it answers and is not behind. */
export function createFailover(nodes: readonly FailoverNode[], deps: { log: Log; now: () => number }): Failover {
  let current = 0;
  let lookedAt = deps.now();
  let looking: Promise<void> | null = null;

  function moveTo(next: number, why: string): void {
    if (next === current) return;
    deps.log("warn", "another node of the chain is asked from now on", { from: urlOf(current), to: urlOf(next), why });
    current = next;
  }

  /** Compares heights now and then; nobody waits for it. */
  function lookAround(): void {
    if (nodes.length < 2 || looking !== null || deps.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = deps.now();
    looking = compare().finally(() => (looking = null));
  }

  async function compare(): Promise<void> {
    const heights = await Promise.all(nodes.map(({ height }) => height().catch(() => -1)));
    const highest = Math.max(...heights);
    if (highest < 0 || highest - (heights[current] ?? -1) <= BEHIND) return;
    moveTo(heights.indexOf(highest), "it is behind, or does not answer");
  }

  async function batch(calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
    lookAround();
    let last: unknown;
    for (let tried = 0; tried < nodes.length; tried++) {
      const at = current;
      try {
        return await nodeAt(at).rpc.batch(calls);
      } catch (error) {
        if (!(error instanceof HufuError) || error.code !== "NODE_UNREACHABLE") throw error;
        last = error;
        if (at === current) moveTo((at + 1) % nodes.length, "it does not answer");
      }
    }
    throw last;
  }

  function nodeAt(index: number): FailoverNode {
    const node = nodes[index];
    if (node === undefined) throw new HufuError("INVARIANT", "there is no node to ask");
    return node;
  }

  const urlOf = (index: number): string => nodeAt(index).url;
  return {
    batch,
    async call(method, ...params) {
      const [answer] = await batch([{ method, params }]);
      return resultOf(answer, method);
    },
    url: () => urlOf(current),
  };
}

/** A node at an address. */
export function nodeAt(url: string): FailoverNode {
  const quick = createRpc({ url: () => url, timeoutMs: LOOK_TIMEOUT_MS });
  return {
    url,
    rpc: createRpc({ url: () => url, timeoutMs: CALL_TIMEOUT_MS }),
    height: async () => count(await quick.call("eth_blockNumber"), "a chain's height"),
  };
}
