import { to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { topics } from "../../core/ledger/abi.ts";
import type { RawLog } from "../../core/ledger/events.ts";
import { blockAt, blockOf, latestBlock, logsBetween, logsOf, type Block } from "../chain/block.ts";
import { logsOfRange } from "../chain/log-range.ts";
import type { Log } from "../chain/log.ts";
import { badAnswer, chainMoved } from "../chain/quantity.ts";
import type { Rpc } from "../chain/rpc.ts";
import { abandonStatusAttempts, carriersAbove } from "../store/attempts.ts";
import { readCursor, saveCursor, type Cursor } from "../store/chain-position.ts";
import type { Store } from "../store/open.ts";
import { blocksOfOrders, reopenAbove } from "../store/outbox.ts";
import { forgetStatusesAbove } from "../store/statuses.ts";
import type { AnchoringHooks } from "./hooks.ts";
import { createTelling, type TimedLog } from "./telling.ts";

/**
 * Reads what the chain says, whoever wrote it, and settles the outbox by it. Its cursor moves in the same commit as what it
 * read, so it can be stopped anywhere.
 */
export interface Watcher {
  /** Reads up to the newest block and answers it. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER, NODE_MOVED, CHAIN_MISMATCH, STORE_FAILED. */
  turn(): Promise<Block>;
  /** Settles the outbox by events that were read long ago: `topicFilter` as in eth_getLogs. Throws as `turn` does. */
  search(topicFilter: readonly (Hex | null)[]): Promise<void>;
  /** The newest block whose events were read; null before the first turn. */
  cursor(): Cursor | null;
}

export interface WatcherDeps {
  readonly store: Store;
  readonly rpc: Rpc;
  readonly ledger: Hex;
  readonly genesisHash: Hex;
  readonly log: Log;
  readonly hooks: AnchoringHooks;
  readonly now: () => number;
  /** milliseconds that only ever go forward */
  readonly elapsed: () => number;
  /** called after a commit that settled something */
  readonly settled: () => Promise<void>;
  /** whether the chain is the gateway's own: no other node holds blocks that its node lacks, so that what it lacks is gone */
  readonly isEmbedded: boolean;
  /** hears of each transaction of ours that nodes may still have among those that wait: its block fell out, or it was given up with one that did */
  readonly fellOut: (relayer: string, nonce: number) => void;
}

/** Blocks read at once: few while they are full, many while they are empty. */
const FIRST_SPAN = 16;
const WIDEST_SPAN = 2_048;
const LARGE_ANSWER = 16_000_000;
const SMALL_ANSWER = 4_000_000;
/** Blocks that are asked for at once when the last common one is looked for. */
const ANCESTORS_AT_ONCE = 100;
/** Blocks that are remembered as they were read: what goes back further than these is found by what it held. */
const REMEMBERED = 64;
/**
 * Milliseconds for which a node may have other blocks than were read, and fewer. A validator that was restarted may sign a block of its own before it
 * hears of the others', and gives it up when it does. A branch that the others build on is soon higher than what was read, and is then believed at once.
 */
const PATIENCE_MS = 30_000;

export function createWatcher(deps: WatcherDeps): Watcher {
  const { store, rpc } = deps;
  const telling = createTelling(deps);
  let cursor: Cursor | null = null;
  let span = FIRST_SPAN;
  /** newest first */
  let recent: readonly Cursor[] = [];
  let partedSince: number | null = null;

  async function turn(): Promise<Block> {
    const since = partedSince;
    // A turn that fails before it has compared starts the patience anew: a node that was silent had no time to come back.
    partedSince = null;
    const at = cursor ?? (await readCursor(store.db)) ?? (await genesis());
    const [newest, known] = await rpc.batch([latestBlock, blockAt(at.number)]);
    const head = blockOf(newest);
    if (head === null) throw badAnswer("it has no newest block");
    if (head.number < at.number && !deps.isEmbedded) await checkLower(head, at, since);
    cursor = blockOf(known)?.hash === at.hash ? at : await rewind(Math.min(at.number, head.number));
    while (cursor.number < head.number) cursor = await advance(cursor, head);
    // What others do with this head rests on what was read: it has to be the same block.
    if (cursor.hash !== head.hash) throw chainMoved();
    return head;
  }

  /**
   * Fewer blocks than were read are no other branch: the node is behind, however long that lasts, and nothing was lost. Returns where its blocks are
   * others than were read, and were at every turn for a while; else throws NODE_UNREACHABLE. `since`: the first of these turns before this one.
   */
  async function checkLower(head: Block, at: Cursor, since: number | null): Promise<void> {
    if (await hasParted(head)) {
      partedSince = since ?? deps.elapsed();
      if (deps.elapsed() - partedSince >= PATIENCE_MS) return;
    }
    throw nodeBehind(`it is at block ${head.number}, and block ${at.number} was read before`);
  }

  /** Whether a block that was read, at `head` or below it, is another now: the newest of them stands for those below it. */
  async function hasParted(head: Block): Promise<boolean> {
    const read = recent.find(({ number }) => number <= head.number);
    const [held] = await cursorsOfOrders(head.number, 1);
    const newest = read === undefined || (held !== undefined && held.number > read.number) ? held : read;
    return newest !== undefined && (await newestHeld([newest])) === null;
  }

  async function genesis(): Promise<Cursor> {
    const [answer] = await rpc.batch([blockAt(0)]);
    const block = blockOf(answer);
    if (block === null || block.hash !== deps.genesisHash)
      throw new HufuError(
        "CHAIN_MISMATCH",
        "The node holds another chain than the one that this data folder was made for.",
      );
    return block;
  }

  /** Reads the blocks after `from`. What came from two branches of the chain is thrown away and read again at the next turn. */
  async function advance(from: Cursor, head: Block): Promise<Cursor> {
    const to = Math.min(from.number + span, head.number);
    const logs = logsBetween(from.number + 1, to, [deps.ledger], [[topics.Anchored, topics.StatusSet]]);
    const [base, before, answer, after] = await rpc.batch([blockAt(from.number), blockAt(to), logs, blockAt(to)]);
    if (answer?.ok === false && span > 1) {
      span = Math.ceil(span / 2);
      return from;
    }
    const found = ours(logsOf(answer));
    const last = blockOf(after);
    if (last === null || blockOf(before)?.hash !== last.hash || blockOf(base)?.hash !== from.hash) throw chainMoved();
    await telling.settle(await timed(found), last);
    adjustSpan(found);
    recent = [last, ...recent].slice(0, REMEMBERED);
    return last;
  }

  /** Another contract can emit the same events with any values; a node that sends those is not asked any further. */
  function ours(logs: readonly RawLog[]): readonly RawLog[] {
    if (logs.some(({ address }) => address !== deps.ledger)) throw badAnswer("a log is of another contract");
    return logs;
  }

  function adjustSpan(logs: readonly RawLog[]): void {
    const size = logs.reduce((sum, { data }) => sum + data.length, 0);
    if (size > LARGE_ANSWER) span = Math.max(1, Math.floor(span / 2));
    if (size < SMALL_ANSWER) span = Math.min(WIDEST_SPAN, span * 2);
  }

  /** Nodes that do not tell a log's time are asked for its block. */
  async function timed(logs: readonly RawLog[]): Promise<TimedLog[]> {
    const numbers = [...new Set(logs.filter((log) => log.blockTimestamp === undefined).map((log) => log.blockNumber))];
    const answers = await rpc.batch(numbers.map((number) => blockAt(number)));
    const blocks = new Map(numbers.map((number, index) => [number, blockOf(answers[index])]));
    return logs.map((log) => {
      const block = blocks.get(log.blockNumber);
      const blockTime = log.blockTimestamp ?? (block?.hash === log.blockHash ? block.time : undefined);
      if (blockTime === undefined) throw chainMoved();
      return { ...log, blockTime };
    });
  }

  /** Goes back to the newest block of ours that the chain still holds; what stood above it waits again. */
  async function rewind(highest: number): Promise<Cursor> {
    const remembered = recent.filter(({ number }) => number <= highest);
    const ancestor = (await newestHeld(remembered)) ?? (await commonAncestor(highest));
    const carriers = await carriersAbove(store.db, ancestor.number);
    const { reopened, abandoned } = await store.write(async (tx) => {
      const count = await reopenAbove(tx, ancestor.number);
      await forgetStatusesAbove(tx, ancestor.number);
      // The contract does not ask whether a basis is anchored: handed over again, a status could come before the record that it rests on.
      const givenUp = await abandonStatusAttempts(tx);
      await saveCursor(tx, ancestor);
      return { reopened: count, abandoned: givenUp };
    });
    recent = recent.filter(({ number }) => number <= ancestor.number);
    for (const { relayer, nonce } of [...carriers, ...abandoned]) deps.fellOut(relayer, nonce);
    deps.hooks.rewound?.();
    const details = { block: ancestor.number, orders: reopened };
    if (reopened === 0) deps.log("info", "blocks fell out of the chain; none held anything of ours", details);
    else {
      deps.log("error", "blocks that held our orders fell out of the chain; they are sent again", details);
      deps.hooks.lost?.(reopened);
      deps.hooks.alarm?.("BLOCKS_LOST");
    }
    return ancestor;
  }

  async function commonAncestor(highest: number): Promise<Cursor> {
    let below = highest;
    for (;;) {
      const known = await cursorsOfOrders(below, ANCESTORS_AT_ONCE);
      const found = await newestHeld(known);
      if (found !== null) return found;
      const last = known.at(-1);
      if (last === undefined || known.length < ANCESTORS_AT_ONCE) return genesis();
      below = last.number - 1;
    }
  }

  /** The blocks of orders up to `highest`, newest first. */
  async function cursorsOfOrders(highest: number, limit: number): Promise<Cursor[]> {
    const blocks = await blocksOfOrders(store.db, highest, limit);
    return blocks.map(({ number, hash, time }) => ({ number, hash: to0x(hash), time }));
  }

  /**
   * The first of `blocks`, newest first, that is on the chain; null: none is. Throws NODE_UNREACHABLE where the node lacks one below its head: another
   * one, which has more, was asked for the head.
   */
  async function newestHeld(blocks: readonly Cursor[]): Promise<Cursor | null> {
    const answers = await rpc.batch(blocks.map(({ number }) => blockAt(number)));
    for (const [index, block] of blocks.entries()) {
      const there = blockOf(answers[index]);
      if (there === null) throw nodeBehind(`it has no block ${block.number} yet`);
      if (there.hash === block.hash) return block;
    }
    return null;
  }

  return {
    turn,
    cursor: () => cursor,
    async search(topicFilter) {
      const head = cursor;
      if (head === null) return;
      const found: RawLog[] = [];
      const range = { from: 0, to: head.number, address: deps.ledger, topics: topicFilter };
      for await (const logs of logsOfRange(rpc, range)) found.push(...ours(logs));
      const events = await timed(found);
      const [newest] = await rpc.batch([blockAt(head.number)]);
      if (blockOf(newest)?.hash !== head.hash) throw chainMoved();
      await telling.settle(events, null);
    },
  };
}

function nodeBehind(how: string): HufuError {
  return new HufuError("NODE_UNREACHABLE", `The chain's node is behind: ${how}.`);
}
