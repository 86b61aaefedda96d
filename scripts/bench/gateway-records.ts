import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

/** What a gateway's database says of its records while it runs; only read. */
export interface GatewayRecords {
  /** records accepted so far */
  count(): number;
  /** accepted and not anchored */
  backlog(): number;
  /** Resolves when no record waits for its anchor, or after `seconds`, with how many still do. */
  drained(seconds: number): Promise<number>;
  /** Every record after the first `skip` that is anchored. */
  anchored(skip: number): AnchoredRecord[];
  close(): void;
}

/** When a record was accepted and put into its batch, milliseconds of Unix time, and the block that anchored it. */
export interface AnchoredRecord {
  readonly acceptedAt: number;
  readonly batchedAt: number;
  readonly block: number;
}

const POLL_MS = 250;

const anchoredAfter = `
  SELECT r.accepted_at AS acceptedAt, b.created_at AS batchedAt, o.block_number AS block
  FROM records r JOIN batches b ON b.id = r.batch_id JOIN orders o ON o.batch_id = b.id WHERE r.seq > ? AND o.state = 'done'`;
const waiting = `
  SELECT (SELECT count(*) FROM records WHERE batch_id IS NULL) + (
    SELECT coalesce(sum(b.count), 0) FROM batches b JOIN orders o ON o.batch_id = b.id WHERE o.state <> 'done') AS count`;

/** Opens the database of the data folder `folder`. */
export function openGatewayRecords(folder: string): GatewayRecords {
  const database = new DatabaseSync(join(folder, "hufu.db"), { readOnly: true });
  database.exec("PRAGMA busy_timeout = 5000");
  const number = (sql: string): number => Number(database.prepare(sql).get()?.["count"]);
  const backlog = (): number => number(waiting);
  return {
    count: () => number("SELECT coalesce(max(seq), 0) AS count FROM records"),
    backlog,
    async drained(seconds) {
      const until = performance.now() + seconds * 1000;
      while (backlog() > 0 && performance.now() < until) await sleep(POLL_MS);
      return backlog();
    },
    anchored: (skip) =>
      database
        .prepare(anchoredAfter)
        .all(skip)
        .map(({ acceptedAt, batchedAt, block }) => ({
          acceptedAt: Number(acceptedAt),
          batchedAt: Number(batchedAt),
          block: Number(block),
        })),
    close: () => database.close(),
  };
}
