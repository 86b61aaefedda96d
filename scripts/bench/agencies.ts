import type { PostAnswer } from "./connection.ts";
import { startBenchGateway, type BenchGateway } from "./bench-gateway.ts";
import { createAgencies, createPosts, writtenKinds, type BenchAgency } from "./district.ts";
import { offer, type Load, type Stream } from "./load.ts";
import { percentile, printRows, rowOf, type Goal, type Row } from "./sample.ts";

/** The batch window, and two blocks of the embedded chain, in milliseconds. */
const anchoredIn: Goal = { atMost: 1_000 + 2 * 1_000 };
/** Seconds to wait for what a round left behind. */
const DRAIN_SECONDS = 120;

/** How the agencies post: so many records a second each kind, and so many of them in one post. */
export interface Pace {
  readonly perSecond: number;
  readonly inOnePost: number;
}

const paces: readonly Pace[] = [
  { perSecond: 1, inOnePost: 1 },
  { perSecond: 10, inOnePost: 1 },
  { perSecond: 100, inOnePost: 1 },
  { perSecond: 100, inOnePost: 100 },
];

interface Round extends Load {
  /** records accepted and not anchored at the end of the load */
  readonly backlog: number;
  /** of each record, milliseconds from its acceptance to the first sight of its block */
  readonly delays: readonly number[];
  /** accepted records that were not anchored in the time that a round may take */
  readonly late: number;
}

/** Forty agencies that write three kinds each over a connection of each kind's own, at several paces in turn, through one gateway. */
export async function benchAgencies(rounds = 3, seconds = 8, count = 40): Promise<Row[]> {
  const agencies = createAgencies(count);
  const gateway = await startBenchGateway(agencies);
  const results = paces.map((): Round[] => []);
  try {
    // Until V8 has compiled what runs often.
    await measure(gateway, streamsOf(agencies, gateway, { perSecond: 10, inOnePost: 1 }), Math.min(4, seconds));
    for (let round = 0; round < rounds; round++) {
      for (const [index, pace] of paces.entries()) {
        results[index]?.push(await measure(gateway, streamsOf(agencies, gateway, pace), seconds));
        console.error(`[bench] round ${String(round + 1)} of ${String(rounds)}: ${nameOf(pace)}`);
      }
    }
  } finally {
    await gateway.end();
  }
  return paces.flatMap((pace, index) => rowsOf(nameOf(pace), results[index] ?? []));
}

let issued = 0;

/** A stream for each kind of each agency. */
export function streamsOf(agencies: readonly BenchAgency[], gateway: BenchGateway, pace: Pace): Stream[] {
  const { perSecond, inOnePost } = pace;
  const single = { path: "/v1/records", media: "application/json" };
  const bulk = { path: "/v1/record-batches", media: "application/x-ndjson" };
  return writtenKinds.flatMap((kind) =>
    agencies.map(({ uscc }) => {
      const post = createPosts(kind, uscc);
      return {
        rate: perSecond / inOnePost,
        records: inOnePost,
        next: () => ({
          ...(inOnePost === 1 ? single : bulk),
          body: Array.from({ length: inOnePost }, () => post(String(issued++))).join("\n"),
          key: gateway.keyOf(uscc),
        }),
        accepted: acceptedIn,
      };
    }),
  );
}

/** Throws where a record was refused for another reason than that there is too much to do: then the figure would be of something else. */
function acceptedIn({ status, body }: PostAnswer): number {
  const wrong = status >= 400 && status < 500 ? body : /[^\n]*"status":4[^\n]*/.exec(body)?.[0];
  if (wrong !== undefined && status !== 429) throw new Error(`a post was refused: ${wrong}`);
  return status === 202 ? 1 : (body.match(/"status":202/g)?.length ?? 0);
}

async function measure(gateway: BenchGateway, streams: readonly Stream[], seconds: number): Promise<Round> {
  const { records, clock } = gateway;
  const before = records.count();
  const load = await offer(gateway.url, streams, seconds);
  const backlog = records.backlog();
  const late = await records.drained(DRAIN_SECONDS);
  const delays = records.anchored(before).map(({ acceptedAt, block }) => clock.seenAt(block) - acceptedAt);
  return { ...load, backlog, delays, late };
}

function nameOf({ perSecond, inOnePost }: Pace): string {
  return `${String(perSecond)} a second each kind, ${inOnePost === 1 ? "one by one" : `${String(inOnePost)} in a bulk post`}`;
}

function rowsOf(name: string, rounds: readonly Round[]): Row[] {
  const row = (what: string, unit: string, value: (round: Round) => number, goal?: Goal): Row =>
    rowOf(`${name}: ${what}`, unit, rounds.map(value), goal);
  return [
    row("offered", "records/s", ({ offered, seconds }) => offered / seconds),
    row("accepted", "records/s", ({ accepted, seconds }) => accepted / seconds),
    row("due, not sent in time", "records", ({ unsent }) => unsent),
    row("refused as too much", "records", ({ refused }) => refused),
    row("due -> answered, p50", "ms", ({ latencies }) => percentile(latencies, 0.5)),
    row("due -> answered, p99", "ms", ({ latencies }) => percentile(latencies, 0.99)),
    row("accepted -> anchored, p50", "ms", ({ delays }) => percentile(delays, 0.5)),
    row("accepted -> anchored, p99", "ms", ({ delays }) => percentile(delays, 0.99), anchoredIn),
    row("not anchored when the load ended", "records", ({ backlog }) => backlog),
    row(`not anchored ${String(DRAIN_SECONDS)} s later`, "records", ({ late }) => late, { atMost: 0 }),
  ];
}

if (import.meta.main) printRows(await benchAgencies());
