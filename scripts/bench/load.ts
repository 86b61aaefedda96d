import { setTimeout as sleep } from "node:timers/promises";
import { openConnection, type Post, type PostAnswer } from "./connection.ts";

/** Posts that come at even intervals over one connection, whether the server keeps up or not. */
export interface Stream {
  /** posts a second */
  readonly rate: number;
  /** records in one post */
  readonly records: number;
  readonly next: () => Post;
  /** records that an answer says were accepted */
  readonly accepted: (answer: PostAnswer) => number;
}

export interface Load {
  readonly offered: number;
  readonly accepted: number;
  /** sent, and answered with something else than acceptance */
  readonly refused: number;
  /** due within the time, but its connection was still busy with earlier ones when the time was over */
  readonly unsent: number;
  /** of every accepted post, from when it was due to its answer, in milliseconds: waiting for a busy connection counts */
  readonly latencies: readonly number[];
  /** how long posts came due */
  readonly seconds: number;
}

const TICK_MS = 5;

/** Offers every stream for some seconds. A post that was not sent by then is not sent; those under way are waited for. */
export async function offer(url: string, streams: readonly Stream[], seconds: number): Promise<Load> {
  const lanes = await Promise.all(streams.map((stream) => openLane(url, stream)));
  const begun = performance.now();
  try {
    for (let past = 0; past < seconds * 1000; past = performance.now() - begun) {
      for (const [index, lane] of lanes.entries()) lane.due(begun, past, index / lanes.length);
      await sleep(TICK_MS);
    }
    const lasted = (performance.now() - begun) / 1000;
    return sumOf(await Promise.all(lanes.map((lane) => lane.end())), lasted);
  } finally {
    for (const lane of lanes) lane.close();
  }
}

type Counts = Omit<Load, "seconds">;

interface Lane {
  /** Queues what is due `past` milliseconds after `begun`; `phase`, 0 to 1, keeps streams from posting all at once. */
  due(begun: number, past: number, phase: number): void;
  end(): Promise<Counts>;
  close(): void;
}

async function openLane(url: string, { rate, records, next, accepted }: Stream): Promise<Lane> {
  const connection = await openConnection(url);
  const counts = { offered: 0, accepted: 0, refused: 0, unsent: 0, latencies: new Array<number>() };
  let queue: number[] = [];
  let issued = 0;
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    for (let dueAt = queue.shift(); dueAt !== undefined; dueAt = queue.shift()) {
      const good = accepted(await connection.post(next()));
      counts.accepted += good;
      counts.refused += records - good;
      if (good > 0) counts.latencies.push(performance.now() - dueAt);
    }
    running = null;
  }

  return {
    due(begun, past, phase) {
      for (; ((issued + phase) * 1000) / rate <= past; issued++) {
        queue.push(begun + ((issued + phase) * 1000) / rate);
        counts.offered += records;
      }
      if (queue.length > 0) running ??= drain();
    },
    async end() {
      counts.unsent = queue.length * records;
      queue = [];
      await running;
      return counts;
    },
    close: () => connection.close(),
  };
}

function sumOf(all: readonly Counts[], seconds: number): Load {
  const sum = (pick: (counts: Counts) => number): number => all.reduce((total, counts) => total + pick(counts), 0);
  return {
    offered: sum(({ offered }) => offered),
    accepted: sum(({ accepted }) => accepted),
    refused: sum(({ refused }) => refused),
    unsent: sum(({ unsent }) => unsent),
    latencies: all.flatMap(({ latencies }) => latencies),
    seconds,
  };
}

/** Posts over this many connections, each the next as soon as the one before is answered, for some seconds. Answers how many were accepted. */
export async function saturate(url: string, connections: number, seconds: number, next: () => Post): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let accepted = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = await openConnection(url);
      while (performance.now() < until) {
        const { status, body } = await connection.post(next());
        if (status >= 300) throw new Error(`a post was answered ${String(status)}: ${body}`);
        accepted++;
      }
      connection.close();
    }),
  );
  return accepted;
}
