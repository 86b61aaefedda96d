import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { topics } from "../../core/ledger/abi.ts";
import type { RawLog } from "../../core/ledger/events.ts";
import { blockAt, blockOf, logsBetween, logsOf } from "../../server/chain/block.ts";
import { badAnswer } from "../../server/chain/quantity.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { faultCodeOf, forked, omitted } from "./fault.ts";
import type { LogRange, TimedLog } from "./log-range.ts";

/** Confirms the blocks of the logs that one request brought, and says their times; in seconds, by number. */
export type ConfirmBlocks = (logs: readonly RawLog[]) => Promise<ReadonlyMap<number, number>>;

export interface StreamOptions {
  /** answers that are held or under way at once, beside the one that is worked on */
  readonly ahead?: number;
  /** asks for the blocks whose logs have no time, unless given */
  readonly confirm?: ConfirmBlocks;
}

/**
 * What the journals commit to. The register also emits AuthorityUpdated, of OpenZeppelin's AccessManaged, which stands outside; a
 * node that leaves out any of these is caught by the journal's head.
 */
const journalled = Object.values(topics);

const firstSpan = 16;
const widestSpan = 65_536;
/**
 * Hex digits of data in one answer: below the first the next range is twice as wide, above the second half as wide. Small enough
 * that the node makes the next answers while this one is worked on, and that few of them fit into memory.
 */
const comfortable = [500_000, 4_000_000] as const;

/** Blocks that are still to be asked for, from its first answer on. */
interface Turn {
  readonly to: number;
  readonly first: Promise<LogRange>;
}

/**
 * The journalled logs of `addresses` in the blocks from `from` to `to`, in order. While one range is worked on, the next ones are
 * fetched. A range that the node refuses is asked again in halves; a single block that it refuses is its refusal.
 */
export async function* streamLogs(
  rpc: Rpc,
  addresses: readonly Hex[],
  from: number,
  to: number,
  { ahead = 2, confirm = timesOf(rpc) }: StreamOptions = {},
): AsyncGenerator<LogRange, void, undefined> {
  let span = firstSpan;
  let next = from;
  const turns: Turn[] = [];

  async function firstRange(begin: number, last: number): Promise<LogRange> {
    let end = Math.min(last, begin + span - 1);
    for (;;) {
      try {
        const range = await readRange(rpc, addresses, begin, end, confirm);
        span = nextSpan(end - begin + 1, range.logs);
        return range;
      } catch (error) {
        if (end === begin || !isTooMuch(error, end - begin + 1)) throw error;
        span = Math.max(1, (end - begin + 1) >> 1);
        end = begin + span - 1;
      }
    }
  }
  function turn(begin: number, last: number): Turn {
    const first = firstRange(begin, last);
    // Nobody may be waiting for it when it fails: the failure is met at its turn.
    first.catch(() => undefined);
    return { to: last, first };
  }
  function askAhead(): void {
    while (turns.length < ahead && next <= to) {
      const last = Math.min(to, next + span - 1);
      turns.push(turn(next, last));
      next = last + 1;
    }
  }

  askAhead();
  for (let now = turns.shift(); now !== undefined; now = turns.shift()) {
    const range = await now.first;
    // What was refused in one answer comes in several; the others wait behind them.
    if (range.to < now.to) turns.unshift(turn(range.to + 1, now.to));
    askAhead();
    yield range;
  }
}

/** The logs of a range, with the hash of its last block, by which the range is found again on the chain or not. */
async function readRange(
  rpc: Rpc,
  addresses: readonly Hex[],
  from: number,
  to: number,
  confirm: ConfirmBlocks,
): Promise<LogRange> {
  const [found, last] = await rpc.batch([logsBetween(from, to, addresses, [journalled]), blockAt(to)]);
  const logs = logsOf(found);
  const stray = logs.find(({ blockNumber }) => blockNumber < from || blockNumber > to);
  if (stray !== undefined)
    throw badAnswer(`asked for blocks ${from} to ${to}, it gives a log of block ${stray.blockNumber}`);
  const block = blockOf(last);
  if (block === null) throw omitted(to);
  const other = logs.find(({ blockNumber, blockHash }) => blockNumber === to && blockHash !== block.hash);
  if (other !== undefined) throw forked(to, block.hash, other.blockHash);
  const times = await confirm(logs);
  return { from, to, lastHash: block.hash, logs: logs.map((log) => timed(log, times)) };
}

function timed(log: RawLog, times: ReadonlyMap<number, number>): TimedLog {
  const blockTime = times.get(log.blockNumber) ?? log.blockTimestamp;
  if (blockTime === undefined) throw omitted(log.blockNumber);
  return { log, blockTime };
}

/** Asks for the blocks whose logs have no time. */
function timesOf(rpc: Rpc): ConfirmBlocks {
  return async (logs) => {
    const numbers = [...new Set(logs.filter((log) => log.blockTimestamp === undefined).map((log) => log.blockNumber))];
    const answers = numbers.length === 0 ? [] : await rpc.batch(numbers.map(blockAt));
    const blocks = answers.map((answer) => blockOf(answer));
    return new Map(blocks.flatMap((block) => (block === null ? [] : [[block.number, block.time]])));
  };
}

/** What becomes of an answer that is too large for a node to give. */
const unanswered = ["NODE_SLOW", "NODE_TRUNCATED", "NODE_UNREACHABLE"] as const;

/** Whether a narrower range may come through. A node that is slow with a few blocks is slow. */
function isTooMuch(error: unknown, blocks: number): boolean {
  if (!(error instanceof HufuError)) return false;
  const code = faultCodeOf(error);
  return code === "NODE_REFUSED" || (blocks > firstSpan && unanswered.some((name) => name === code));
}

function nextSpan(span: number, logs: readonly TimedLog[]): number {
  const digits = logs.reduce((sum, { log }) => sum + log.data.length, 0);
  if (digits < comfortable[0]) return Math.min(widestSpan, span * 2);
  return digits > comfortable[1] ? Math.max(1, span >> 1) : span;
}
