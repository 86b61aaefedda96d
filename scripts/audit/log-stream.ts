import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { topics } from "../../core/ledger/abi.ts";
import type { RawLog } from "../../core/ledger/events.ts";
import { blockAt, blockOf, logsBetween, logsOf } from "../../server/chain/block.ts";
import { badAnswer } from "../../server/chain/quantity.ts";
import type { Rpc } from "../../server/chain/rpc.ts";

/** A log with its block's time, in seconds. */
export interface TimedLog {
  readonly log: RawLog;
  readonly blockTime: number;
}

/** What one request brought: every log of the blocks from `from` to `to`, both included. */
export interface LogRange {
  readonly from: number;
  readonly to: number;
  readonly logs: readonly TimedLog[];
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
 * that the node makes the next answer while this one is worked on.
 */
const comfortable = [500_000, 4_000_000] as const;

/**
 * The journalled logs of `addresses` in the blocks from `from` to `to`, in order. While one range is worked on, the next is fetched. A range
 * that the node refuses is asked again in halves; a single block that it refuses is its refusal, NODE_REFUSED or NODE_UNREACHABLE.
 */
export async function* streamLogs(
  rpc: Rpc,
  addresses: readonly Hex[],
  from: number,
  to: number,
): AsyncGenerator<LogRange, void, undefined> {
  let span = firstSpan;

  async function fetchFrom(begin: number): Promise<LogRange | undefined> {
    while (begin <= to) {
      const end = Math.min(to, begin + span - 1);
      try {
        const [answer] = await rpc.batch([logsBetween(begin, end, addresses, [journalled])]);
        const logs = logsOf(answer);
        span = nextSpan(span, logs);
        return { from: begin, to: end, logs: await withTimes(rpc, logs) };
      } catch (error) {
        if (end === begin || !isTooMuch(error)) throw error;
        span = Math.max(1, Math.floor((end - begin + 1) / 2));
      }
    }
    return undefined;
  }

  let next = fetchFrom(from);
  for (;;) {
    const range = await next;
    if (range === undefined) return;
    next = fetchFrom(range.to + 1);
    // Nobody may be waiting for it when it fails: the failure is met at the next turn.
    next.catch(() => undefined);
    yield range;
  }
}

function isTooMuch(error: unknown): boolean {
  return error instanceof HufuError && (error.code === "NODE_REFUSED" || error.code === "NODE_UNREACHABLE");
}

function nextSpan(span: number, logs: readonly RawLog[]): number {
  const digits = logs.reduce((sum, log) => sum + log.data.length, 0);
  if (digits < comfortable[0]) return Math.min(widestSpan, span * 2);
  return digits > comfortable[1] ? Math.max(1, span >> 1) : span;
}

/** Nodes that do not write a block's time into its logs are asked for the block. */
async function withTimes(rpc: Rpc, logs: readonly RawLog[]): Promise<TimedLog[]> {
  const unknown = new Set(logs.filter((log) => log.blockTimestamp === undefined).map((log) => log.blockNumber));
  const numbers = [...unknown];
  const answers = numbers.length === 0 ? [] : await rpc.batch(numbers.map(blockAt));
  const times = new Map(numbers.map((number, index) => [number, blockOf(answers[index])?.time]));
  return logs.map((log) => {
    const blockTime = log.blockTimestamp ?? times.get(log.blockNumber);
    if (blockTime === undefined) throw badAnswer(`it has logs of block ${log.blockNumber}, and no such block`);
    return { log, blockTime };
  });
}
