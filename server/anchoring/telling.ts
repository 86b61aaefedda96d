import type { Kysely } from "kysely";

import { hexToBytes, to0x } from "../../core/bytes.ts";
import { topics } from "../../core/ledger/abi.ts";
import { decodeLog, type RawLog } from "../../core/ledger/events.ts";
import { markMined } from "../store/attempts.ts";
import { saveCursor, type Cursor } from "../store/chain-position.ts";
import type { Store } from "../store/open.ts";
import { markDone, openAnchors, openStatusOrder, type OpenAnchor, type Place } from "../store/outbox.ts";
import { saveStatuses } from "../store/statuses.ts";
import type { Tables } from "../store/tables.ts";
import type { AnchoringHooks } from "./hooks.ts";

/** A log of the ledger with the time of its block, in seconds. */
export interface TimedLog extends RawLog {
  readonly blockTime: number;
}

/** Writes what the chain's events tell into the store. */
export interface Telling {
  /** Settles orders and keeps statuses, and moves the cursor to `cursor` (null: leaves it), all in one commit. */
  settle(logs: readonly TimedLog[], cursor: Cursor | null): Promise<void>;
}

/** Roots in one question to the store. */
const ROOTS_AT_ONCE = 500;

export function createTelling(deps: {
  store: Store;
  hooks: AnchoringHooks;
  now: () => number;
  settled: () => Promise<void>;
}): Telling {
  return {
    async settle(logs, cursor) {
      const anchors = logs.filter((log) => log.topics[0] === topics.Anchored);
      const changes = logs.filter((log) => log.topics[0] === topics.StatusSet);
      const { anchored, set } = await deps.store.write(async (tx) => {
        const anchored = await settleAnchors(tx, anchors);
        const set = await settleStatuses(tx, changes);
        if (cursor !== null) await saveCursor(tx, cursor);
        return { anchored, set };
      });
      for (const { count, createdAt } of anchored) deps.hooks.anchored?.(count, deps.now() - createdAt);
      for (let index = 0; index < set; index++) deps.hooks.statusSet?.();
      if (anchored.length + set > 0) await deps.settled();
    },
  };
}

/** Marks the orders done whose roots stand in `logs`; a root is all that is read of such a log, which may hold thousands of digests. */
async function settleAnchors(tx: Kysely<Tables>, logs: readonly TimedLog[]): Promise<OpenAnchor[]> {
  const byRoot = new Map(logs.map((log) => [log.topics[3] ?? "", log]));
  const roots = [...byRoot.keys()].map(hexToBytes);
  const orders: OpenAnchor[] = [];
  for (let from = 0; from < roots.length; from += ROOTS_AT_ONCE) {
    orders.push(...(await openAnchors(tx, roots.slice(from, from + ROOTS_AT_ONCE))));
  }
  for (const order of orders) {
    const log = byRoot.get(to0x(order.root));
    if (log === undefined) continue;
    await markDone(tx, order.id, placeOf(log));
    await markMined(tx, hexToBytes(log.transactionHash));
  }
  return orders;
}

/** Keeps every status, whoever set it, and marks ours done. Answers how many were ours. */
async function settleStatuses(tx: Kysely<Tables>, logs: readonly TimedLog[]): Promise<number> {
  let ours = 0;
  for (const log of logs) {
    const event = decodeLog(log);
    if (event.name !== "StatusSet") continue;
    const { actor, agency, kind, version, effect } = event;
    const digest = hexToBytes(event.digest);
    const basis = hexToBytes(event.basis);
    const place = placeOf(log);
    const block = { block_number: place.blockNumber, block_hash: place.blockHash, block_time: place.blockTime };
    const row = { leaf: hexToBytes(event.leaf), version, digest, effect, actor, agency, kind, basis, ...block };
    await saveStatuses(tx, [{ ...row, transaction_hash: hexToBytes(log.transactionHash) }]);
    const order = await openStatusOrder(tx, { actor, target: digest, effect, basis });
    if (order === null) continue;
    await markDone(tx, order, place);
    await markMined(tx, hexToBytes(log.transactionHash));
    ours += 1;
  }
  return ours;
}

function placeOf(log: TimedLog): Place & { transactionHash: Uint8Array } {
  return {
    blockNumber: log.blockNumber,
    blockHash: hexToBytes(log.blockHash),
    blockTime: log.blockTime * 1000,
    transactionHash: hexToBytes(log.transactionHash),
  };
}
