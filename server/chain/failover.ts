import { HufuError } from "../../core/error.ts";
import { isSameChain, readIdentity, type ChainIdentity } from "./chain-identity.ts";
import type { Log } from "./log.ts";
import { count } from "./quantity.ts";
import { createRpc, resultOf, type Rpc, type RpcAnswer, type RpcCall } from "./rpc.ts";
import { shownAddress } from "../web-address.ts";

/** Several nodes of one chain as if they were one; a node of another chain is asked for its identity, and for nothing else. */
export interface Failover extends Rpc {
  /** of the chain whose nodes are asked; one of them has answered before */
  identity(): ChainIdentity;
  /** true: every node answered, when it was asked last, and each for another chain */
  isElsewhere(): boolean;
  /** the node that is asked now */
  url(): string;
}

export interface FailoverNode {
  readonly url: string;
  readonly rpc: Rpc;
  /** Of the chain that it holds; answers fast, or throws NODE_UNREACHABLE. */
  readonly identity: () => Promise<ChainIdentity>;
  /** Resolves with its height; answers fast or not at all. */
  readonly height: () => Promise<number>;
}

/** Blocks that a node may be behind another before it is left: news take their time, and forks of a block or two are ordinary. */
const BEHIND = 3;
const LOOK_EVERY_MS = 3_000;
/** How often a call that waits asks whether a look is due: nobody else may be calling. */
const IMPATIENT_EVERY_MS = 1_000;
const CALL_TIMEOUT_MS = 15_000;
const LOOK_TIMEOUT_MS = 2_000;

export interface FailoverDeps {
  /** null: the first node that answers decides which chain it is */
  readonly known: ChainIdentity | null;
  readonly log: Log;
  /** in ms */
  readonly now: () => number;
  /** Calls `run` again and again, until what it answers is called. */
  readonly every: (ms: number, run: () => void) => () => void;
}

/** The nodes at these addresses; the first is asked while it answers and is not behind. */
export function createFailover(nodes: readonly FailoverNode[], { known, log, now, every }: FailoverDeps): Failover {
  let chain = known;
  let current = 0;
  let lookedAt = now();
  let looking: Promise<void> | null = null;
  /** nodes of the chain that have answered since they last did not */
  const met = new Set<number>();
  const foreign = new Set<number>();
  /** of each node, what ends the calls that wait for it */
  const waiting = nodes.map(() => new Set<(error: HufuError) => void>());

  /** Makes sure that a node holds the chain, before it is used. Throws NODE_UNREACHABLE. */
  async function meet(at: number): Promise<void> {
    if (met.has(at)) return;
    const seen = await nodeAt(at)
      .identity()
      .catch((error: unknown) => {
        foreign.delete(at);
        throw error;
      });
    chain ??= seen;
    if (!isSameChain(seen, chain)) {
      if (!foreign.has(at))
        log("error", "a node holds another chain, and is not used", { url: nameOf(at), seen, chain });
      foreign.add(at);
      throw new HufuError("NODE_UNREACHABLE", "The node holds another chain.");
    }
    foreign.delete(at);
    met.add(at);
  }

  function moveTo(next: number, why: string): void {
    if (next === current) return;
    log("warn", "another node of the chain is asked from now on", { from: nameOf(current), to: nameOf(next), why });
    current = next;
  }

  /** Compares heights now and then; nobody waits for it. */
  function lookAround(): void {
    if (nodes.length < 2 || chain === null || looking !== null || now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = now();
    looking = compare().finally(() => (looking = null));
  }

  async function compare(): Promise<void> {
    const heights = await Promise.all(nodes.map((_, at) => heightOf(at)));
    const highest = Math.max(...heights);
    if (highest < 0) return;
    const height = heights[current] ?? -1;
    if (height < 0 || highest - height > BEHIND) moveTo(heights.indexOf(highest), "it is behind, or does not answer");
    // What a node that hangs was asked, another can be asked too: whoever writes may write twice.
    const hangs = new HufuError("NODE_UNREACHABLE", "The chain's node does not answer, and another one does.");
    for (const [at, calls] of waiting.entries()) if (heights[at] === -1) for (const end of calls) end(hangs);
  }

  /** Asks a node; where there are others, no longer than until it is found to hang. */
  async function ask(at: number, calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
    const { rpc } = nodeAt(at);
    const ends = waiting[at];
    if (nodes.length < 2 || ends === undefined) return rpc.batch(calls);
    const found = Promise.withResolvers<never>();
    ends.add(found.reject);
    const stop = every(IMPATIENT_EVERY_MS, lookAround);
    try {
      return await Promise.race([rpc.batch(calls), found.promise]);
    } finally {
      stop();
      ends.delete(found.reject);
    }
  }

  /** -1: it does not answer, or holds another chain. */
  async function heightOf(at: number): Promise<number> {
    try {
      await meet(at);
      return await nodeAt(at).height();
    } catch {
      met.delete(at);
      return -1;
    }
  }

  async function batch(calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
    lookAround();
    const first = current;
    let left = current;
    let last: unknown;
    for (let tried = 0; tried < nodes.length; tried++) {
      const at = (first + tried) % nodes.length;
      try {
        await meet(at);
        // Whoever moved in the meantime knew more.
        if (current === left) {
          moveTo(at, "it does not answer");
          left = at;
        }
        return await ask(at, calls);
      } catch (error) {
        if (!(error instanceof HufuError) || error.code !== "NODE_UNREACHABLE") throw error;
        met.delete(at);
        last = error;
      }
    }
    throw last;
  }

  function nameOf(index: number): string {
    return shownAddress(nodeAt(index).url);
  }

  function nodeAt(index: number): FailoverNode {
    const node = nodes[index];
    if (node === undefined) throw new HufuError("INVARIANT", "there is no node to ask");
    return node;
  }

  return {
    batch,
    async call(method, ...params) {
      const [answer] = await batch([{ method, params }]);
      return resultOf(answer, method);
    },
    identity() {
      if (chain === null) throw new HufuError("INVARIANT", "no node has said which chain it holds");
      return chain;
    },
    isElsewhere: () => foreign.size === nodes.length,
    url: () => nodeAt(current).url,
  };
}

/** A node at an address. */
export function nodeAt(url: string): FailoverNode {
  const quick = createRpc({ url: () => url, timeoutMs: LOOK_TIMEOUT_MS });
  return {
    url,
    rpc: createRpc({ url: () => url, timeoutMs: CALL_TIMEOUT_MS }),
    identity: () => readIdentity(quick),
    height: async () => count(await quick.call("eth_blockNumber"), "a chain's height"),
  };
}
