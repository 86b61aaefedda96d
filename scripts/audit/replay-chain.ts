import type { Replay } from "../../core/ledger/replay.ts";
import { blockAt, blockOf, readHead } from "../../server/chain/block.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import type { Findings } from "./findings.ts";
import type { LogRange } from "./log-range.ts";
import { streamLogs, type ConfirmBlocks } from "./log-stream.ts";
import type { HeadTrail } from "./pinpoint/head-trail.ts";
import type { Progress } from "./progress.ts";
import { divergence, type AuditDivergence } from "./report.ts";
import type { AuditState } from "./state/state.ts";
import { addressesIn, type Trust } from "./trust.ts";

export interface ReplayChainInput {
  readonly rpc: Rpc;
  readonly trust: Trust;
  readonly replay: Replay;
  readonly confirm: ConfirmBlocks;
  readonly trail: HeadTrail;
  /** where the ranges are kept, if they are */
  readonly state: AuditState | null;
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
  readonly clock: () => number;
  /** blocks that have to stand on the audited one */
  readonly depth: number;
  /** the last block; the newest that has enough on top unless given */
  readonly to: number | undefined;
}

/** How many blocks the chain may have grown since: a node keeps the state of its newest blocks alone, some of them of 128. */
const staleAfter = 32;

/** Replays up to the newest block. If the chain has grown by much in the meantime, goes on, so that its state can be proved. */
export async function replayToHead(input: ReplayChainInput, findings: Findings): Promise<AuditDivergence | undefined> {
  const begun = input.clock();
  await dropForked(input);
  let next = findings.from;
  for (;;) {
    const head = input.to ?? (await readHead(input.rpc)).number - input.depth;
    if (findings.to !== null && head - findings.to <= staleAfter) return undefined;
    findings.to = head;
    const broken = await replayRange(input, findings, next, head);
    findings.replaySeconds = (input.clock() - begun) / 1000;
    if (broken !== undefined) return broken;
    next = head + 1;
  }
}

/** What was kept of blocks that are no longer the chain's is fetched again. */
async function dropForked({ rpc, state, progress }: ReplayChainInput): Promise<void> {
  const dropped = await state?.ranges.dropForked(async ({ to, lastHash }) => {
    const [answer] = await rpc.batch([blockAt(to)]);
    return blockOf(answer)?.hash === lastHash;
  });
  if (dropped !== undefined && dropped > 0)
    progress.say(`the chain has other blocks than before: ${dropped} ranges are fetched again`);
}

async function replayRange(input: ReplayChainInput, findings: Findings, from: number, to: number) {
  const { replay, trail, progress, signal } = input;
  for await (const range of rangesOf(input, findings, from, to)) {
    signal?.throwIfAborted();
    for (const timed of range.logs) {
      const broken = timeFault(timed) ?? replay.apply(timed.log, timed.blockTime);
      if (broken !== undefined) return "where" in broken ? { ...broken, names: broken.where } : broken;
    }
    findings.blocksOfEvents += new Set(range.logs.map(({ log }) => log.blockNumber)).size;
    trail.add({ block: range.to, hash: range.lastHash, ...replay.heads() });
    const records = replay.counts().records.toLocaleString("en");
    progress.report(`replayed ${records} records; blocks`, range.to - from + 1, to - from + 1);
  }
  return undefined;
}

/** First what is kept, then what is fetched, each of which is kept before it counts. */
async function* rangesOf(
  input: ReplayChainInput,
  findings: Findings,
  from: number,
  to: number,
): AsyncGenerator<LogRange, void, undefined> {
  const log = input.state?.ranges;
  let next = from;
  if (log !== undefined && from < log.next()) {
    for await (const range of log.ranges(to)) {
      findings.usesKeptEvents = true;
      yield range;
      next = range.to + 1;
    }
  }
  for await (const range of logsOfAudit(input, next, to)) {
    if (range.from === log?.next()) await log.append(range);
    yield range;
  }
}

/** The logs of both contracts, their blocks confirmed. */
export function logsOfAudit(
  { rpc, trust, confirm }: Pick<ReplayChainInput, "rpc" | "trust" | "confirm">,
  from: number,
  to: number,
): AsyncGenerator<LogRange, void, undefined> {
  const { ledger, agencies } = addressesIn(trust);
  return streamLogs(rpc, [ledger, agencies], from, to, { confirm });
}

/** A node that writes times into its logs writes those of their blocks. */
function timeFault({ log, blockTime }: LogRange["logs"][number]): AuditDivergence | undefined {
  if (log.blockTimestamp === undefined || log.blockTimestamp === blockTime) return undefined;
  const what = "The node tells another time of a block than its header has";
  const names = { block: log.blockNumber, logIndex: log.logIndex };
  return divergence("BLOCK_TIME_DIFFERS", what, `${blockTime}`, `${log.blockTimestamp}`, names);
}
