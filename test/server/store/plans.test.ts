import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import type { Kysely, KyselyPlugin, RootOperationNode } from "kysely";

import { carriersAbove, minedTransaction, pendingAttempts } from "../../../server/store/attempts.ts";
import { openQueues, unanchoredCount } from "../../../server/store/batches.ts";
import { countAll } from "../../../server/store/counts.ts";
import { openStore } from "../../../server/store/open.ts";
import {
  anchorsDue,
  hasOpenOrders,
  openSetupOrders,
  settledDigests,
  statusesDue,
} from "../../../server/store/outbox.ts";
import { possibleBases } from "../../../server/store/statuses.ts";
import type { Tables } from "../../../server/store/tables.ts";
import { withFolder } from "./folder.ts";

/** What is asked at every turn, five times a second for years, or for every certificate: none of it may read what is done. */
const questions: readonly [name: string, ask: (db: Kysely<Tables>) => Promise<unknown>][] = [
  ["open steps of the setup", (db) => openSetupOrders(db)],
  ["anchors that are due", (db) => anchorsDue(db, 10)],
  ["statuses that are due", (db) => statusesDue(db, 10)],
  ["attempts that may be mined", (db) => pendingAttempts(db)],
  ["records that wait", (db) => openQueues(db)],
  ["the backlog", (db) => unanchoredCount(db)],
  ["who carried what fell out of the chain", (db) => carriersAbove(db, 5)],
  ["whether anything waits", (db) => hasOpenOrders(db)],
  ["who is settled", (db) => settledDigests(db, [new Uint8Array(32)])],
  ["what was refused", (db) => countAll(db)],
  ["what brought a batch to the chain", (db) => minedTransaction(db, 1)],
  ["what a status rests on", (db) => possibleBases(db, { leaf: new Uint8Array(32), digest: new Uint8Array(32) })],
];

describe("the store's queries", () => {
  for (const [name, ask] of questions) {
    it(`find ${name} by an index`, () =>
      withFolder(async (folder) => {
        const store = await openStore(folder);
        const asked: RootOperationNode[] = [];
        const listening: KyselyPlugin = {
          transformQuery: ({ node }) => (asked.push(node), node),
          transformResult: ({ result }) => Promise.resolve(result),
        };
        await ask(store.db.withPlugin(listening));
        const executor = store.db.getExecutor();
        const texts = asked.map((node) => executor.compileQuery(node, { queryId: "plan" }).sql);
        await store.close();
        const database = new DatabaseSync(join(folder, "hufu.db"));
        const plans = texts.flatMap((sql) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
        database.close();
        const scans = plans.map(({ detail }) => String(detail)).filter((detail) => /^SCAN (?!CONSTANT)/.test(detail));
        expect(texts.length).to.be.greaterThan(0);
        expect(
          scans.filter(
            (detail) => !/ (?:records_unbatched|orders_refused|attempts_pending|statuses_block)$/.test(detail),
          ),
        ).to.deep.equal([]);
      }));
  }
});
