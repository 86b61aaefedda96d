import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HufuError } from "../../core/error.ts";
import { majorityOf } from "../../core/proofs/vote.ts";
import { createRpc } from "../../server/chain/rpc.ts";
import { settingsFor, startOwnNetwork } from "../demo/own-network.ts";
import { runToEnd, type Run } from "../demo/run-to-end.ts";
import { createNetwork } from "../network/network.ts";
import { streamsOf, type Pace } from "./agencies.ts";
import { startBenchGateway, type BenchGateway } from "./bench-gateway.ts";
import { createAgencies, type BenchAgency } from "./district.ts";
import { endorsedIn, readSigners } from "./endorsed-clock.ts";
import { offer } from "./load.ts";
import { percentile, printRows, rowOf, type Row } from "./sample.ts";

const VALIDATORS = 4;
const DRAIN_SECONDS = 120;
/** Milliseconds in which a majority has built on the newest block, if the chain goes on. */
const ENDORSED_MS = 30_000;
const single: Pace = { perSecond: 1, inOnePost: 1 };
const bulk: Pace = { perSecond: 100, inOnePost: 100 };

/** What became of one load; times in milliseconds, of each record. */
interface Round {
  readonly answered: readonly number[];
  readonly batched: readonly number[];
  readonly anchored: readonly number[];
  readonly endorsed: readonly number[];
  readonly acceptedPerSecond: number;
  readonly anchoredPerSecond: number;
  readonly endorsedPerSecond: number;
  readonly late: number;
}

/** A gateway on real validators: what goes through, and where the time of a record goes. One row that says so where there is no geth. */
export async function benchNetwork(rounds = 3, seconds = 8, count = 40, create = createNetwork): Promise<Row[]> {
  const agencies = createAgencies(count);
  try {
    return await runToEnd(async (run) => {
      const gateway = await startBenchGateway(agencies, (data) => onValidators(run, data, create), run);
      return measureAll(gateway, agencies, rounds, seconds).finally(() => gateway.end());
    }, say);
  } catch (error) {
    if (!(error instanceof HufuError) || error.code !== "CHAIN_BINARY_MISSING") throw error;
    say(error.message);
    return [rowOf("no geth and no Go to build it: not measured", "", [])];
  }
}

/** Settings of a gateway on a network that runs. */
async function onValidators(run: Run, data: string, create: typeof createNetwork): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "hufu-bench-network-"));
  run.atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const network = await startOwnNetwork(run, { folder, data, validators: VALIDATORS, say, create });
  return settingsFor(network);
}

function say(line: string): void {
  console.error(`[bench] ${line}`);
}

async function measureAll(
  gateway: BenchGateway,
  agencies: readonly BenchAgency[],
  rounds: number,
  seconds: number,
): Promise<Row[]> {
  const runs = { single: new Array<Round>(), bulk: new Array<Round>() };
  // Until V8 has compiled what runs often.
  await measure(gateway, agencies, single, Math.min(4, seconds));
  for (let round = 0; round < rounds; round++) {
    runs.single.push(await measure(gateway, agencies, single, seconds));
    runs.bulk.push(await measure(gateway, agencies, bulk, seconds));
    say(`round ${String(round + 1)} of ${String(rounds)}`);
  }
  return rowsOf(runs.single, runs.bulk);
}

async function measure(
  gateway: BenchGateway,
  agencies: readonly BenchAgency[],
  pace: Pace,
  seconds: number,
): Promise<Round> {
  const { records, clock } = gateway;
  const before = records.count();
  const begun = Date.now();
  const load = await offer(gateway.url, streamsOf(agencies, gateway, pace), seconds);
  const late = await records.drained(DRAIN_SECONDS);
  const done = records.anchored(before);
  const endorsedAt = await endorsements(
    gateway,
    done.map(({ block }) => block),
  );
  const lastly = (times: readonly number[]): number => (done.length * 1000) / (Math.max(...new Set(times)) - begun);
  return {
    answered: load.latencies,
    batched: done.map(({ acceptedAt, batchedAt }) => batchedAt - acceptedAt),
    anchored: done.map(({ batchedAt, block }) => clock.seenAt(block) - batchedAt),
    endorsed: done.map(({ block }) => endorsedAt(block) - clock.seenAt(block)),
    acceptedPerSecond: load.accepted / load.seconds,
    anchoredPerSecond: lastly(done.map(({ block }) => clock.seenAt(block))),
    endorsedPerSecond: lastly(done.map(({ block }) => endorsedAt(block))),
    late,
  };
}

/** Answers when a majority stood behind a block, which is waited for. */
async function endorsements(
  { rpc: url, clock }: BenchGateway,
  blocks: readonly number[],
): Promise<(block: number) => number> {
  const wanted = majorityOf(VALIDATORS);
  const rpc = createRpc({ url: () => url, timeoutMs: 30_000 });
  const [first, last] = blocks.reduce(
    ([low, high], block) => [Math.min(low, block), Math.max(high, block)],
    [Infinity, 0],
  );
  const until = performance.now() + ENDORSED_MS;
  for (;;) {
    const signed = await readSigners(rpc, first, clock.newest());
    if (!Number.isNaN(endorsedIn(signed, last, wanted)) || performance.now() > until)
      return (block) => clock.seenAt(endorsedIn(signed, block, wanted));
    await sleep(250);
  }
}

function rowsOf(single: readonly Round[], bulk: readonly Round[]): Row[] {
  const row = (name: string, unit: string, rounds: readonly Round[], value: (round: Round) => number): Row =>
    rowOf(name, unit, rounds.map(value));
  const stage = (name: string, of: (round: Round) => readonly number[]): Row[] =>
    [0.5, 0.99].map((share) =>
      row(`single posts: ${name}, p${String(100 * share)}`, "ms", single, (round) => percentile(of(round), share)),
    );
  return [
    row("bulk posts: accepted", "records/s", bulk, ({ acceptedPerSecond }) => acceptedPerSecond),
    row("bulk posts: to anchored", "records/s", bulk, ({ anchoredPerSecond }) => anchoredPerSecond),
    row("bulk posts: to endorsed by a majority", "records/s", bulk, ({ endorsedPerSecond }) => endorsedPerSecond),
    row("single posts: accepted", "records/s", single, ({ acceptedPerSecond }) => acceptedPerSecond),
    ...stage("due -> answered", ({ answered }) => answered),
    ...stage("accepted -> in a batch", ({ batched }) => batched),
    ...stage("batch -> block", ({ anchored }) => anchored),
    ...stage("block -> endorsed by a majority", ({ endorsed }) => endorsed),
    rowOf(
      `not anchored ${String(DRAIN_SECONDS)} s later`,
      "records",
      [...single, ...bulk].map(({ late }) => late),
      { atMost: 0 },
    ),
  ];
}

if (import.meta.main) printRows(await benchNetwork());
