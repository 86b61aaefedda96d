import type { LogRange, TimedLog } from "../log-range.ts";
import type { AppendLog } from "./append-log.ts";

/** The ranges of logs that were fetched, one after the other from the audit's first block. */
export interface RangeLog {
  /** The first block that is in no range yet. */
  next(): number;
  /** What is held of the blocks up to `to`, in whole ranges. */
  ranges(to: number): AsyncGenerator<LogRange, void, undefined>;
  /** Fsynced when it resolves. Ranges come one after the other. */
  append(range: LogRange): Promise<void>;
  /**
   * Forgets the ranges whose last block is no longer on the chain, by what `isOnChain` says of it; answers how many. A chain loses its
   * blocks from the end.
   */
  dropForked(isOnChain: (range: LogRange) => Promise<boolean>): Promise<number>;
  /** Forgets everything: it was not the chain's. */
  forget(): Promise<void>;
}

/** `first` is the audit's first block. */
export async function createRangeLog(log: AppendLog, first: number): Promise<RangeLog> {
  const read = async (index: number): Promise<LogRange> => rangeOf(await log.read(index));
  const endOf = async (count: number): Promise<number> => (count === 0 ? first : (await read(count - 1)).to + 1);
  let next = await endOf(log.count());

  async function keep(count: number): Promise<void> {
    await log.keep(count);
    next = await endOf(count);
  }

  return {
    next: () => next,
    async *ranges(to) {
      let wanted = first;
      for (let index = 0; index < log.count(); index++) {
        const range = await read(index);
        // Two audits that wrote at once: what follows is asked for again.
        if (range.from !== wanted) return keep(index);
        if (range.to > to) return;
        yield range;
        wanted = range.to + 1;
      }
    },
    async append(range) {
      await log.append(rowOf(range));
      next = range.to + 1;
    },
    async dropForked(isOnChain) {
      let good = log.count();
      while (good > 0 && !(await isOnChain(await read(good - 1)))) good--;
      const dropped = log.count() - good;
      if (dropped > 0) await keep(good);
      return dropped;
    },
    forget: () => keep(0),
  };
}

type Row = Pick<LogRange, "from" | "to" | "lastHash"> & { readonly logs: readonly LogRow[] };
type LogRow = readonly [
  address: string,
  topics: readonly string[],
  data: string,
  block: number,
  blockHash: string,
  transaction: string,
  logIndex: number,
  blockTime: number,
];

function rowOf({ from, to, lastHash, logs }: LogRange): Row {
  return { from, to, lastHash, logs: logs.map(logRow) };
}

function logRow({ log, blockTime }: TimedLog): LogRow {
  const { address, topics, data, blockNumber, blockHash, transactionHash, logIndex } = log;
  return [address, topics, data, blockNumber, blockHash, transactionHash, logIndex, blockTime];
}

function rangeOf(value: unknown): LogRange {
  const row = value as Row; // as: the record's checksum says that rowOf wrote it
  return { ...row, logs: row.logs.map(timedLog) };
}

function timedLog(row: LogRow): TimedLog {
  const [address, topics, data, blockNumber, blockHash, transactionHash, logIndex, blockTime] = row;
  return { log: { address, topics, data, blockNumber, blockHash, transactionHash, logIndex }, blockTime };
}
