import { expect } from "chai";
import { randomBytes } from "node:crypto";

import { bytesToHex } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { orderBatch } from "../../../core/ledger/merkle.ts";
import { createBatcher, type Batcher } from "../../../server/anchoring/batcher.ts";
import { saveAgency } from "../../../server/store/agencies.ts";
import { batchDigests } from "../../../server/store/batches.ts";
import { openStore, type Store } from "../../../server/store/open.ts";
import { withFolder } from "../store/folder.ts";
import { agencies, credit, market, newRecord } from "./desk.ts";

interface Bench {
  store: Store;
  batcher: Batcher;
  clock: { now: number };
  post(agency: string, kind: number, count: number): Promise<void>;
  batches(): Promise<{ agency: string; kind: number; count: number }[]>;
}

function withBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const store = await openStore(folder);
    for (const agency of agencies) await store.write((tx) => saveAgency(tx, { ...agency, signer: new Uint8Array(20) }));
    const clock = { now: 1_000_000 };
    const batcher = createBatcher({ store, keccak: nobleKeccak, windowMs: 1_000, size: 10, now: () => clock.now });
    try {
      await work({
        ...{ store, batcher, clock },
        post: (agency, kind, count) => post(store, clock.now, agency, kind, count),
        batches: () => store.db.selectFrom("batches").select(["agency", "kind", "count"]).orderBy("id").execute(),
      });
    } finally {
      await store.close();
    }
  });
}

function post(store: Store, acceptedAt: number, agency: string, kind: number, count: number): Promise<void> {
  return store.write(async (tx) => {
    for (let index = 0; index < count; index++) {
      const { digest, leaf } = newRecord(agency, kind, nobleKeccak);
      const fixed = {
        schema_version: 1,
        algorithm: "sha-256",
        amends: new Uint8Array(),
        document_number: null,
        files: "[]",
      };
      const row = {
        digest,
        leaf,
        agency,
        kind,
        content: "{}",
        seed: new Uint8Array(32),
        accepted_at: acceptedAt,
        ...fixed,
      };
      await tx
        .insertInto("records")
        .values({ ...row, record_id: randomBytes(8).toString("hex") })
        .execute();
    }
  });
}

describe("batcher", function () {
  this.timeout(20_000);

  it("opens a window with the first record, and closes the batch when it ends", () =>
    withBench(async ({ batcher, clock, post, batches }) => {
      expect(await batcher.turn()).to.equal(null);
      await post(market, 1, 2);
      clock.now += 999;
      await post(market, 1, 1);
      expect(await batcher.turn()).to.equal(1);
      expect(await batches()).to.deep.equal([]);
      clock.now += 1;
      await batcher.turn();
      expect(await batches()).to.deep.equal([{ agency: market, kind: 1, count: 3 }]);
      expect(await batcher.turn()).to.equal(null);
    }));

  it("closes full batches at once, and leaves the rest its window", () =>
    withBench(async ({ batcher, clock, post, batches }) => {
      await post(market, 1, 23);
      await batcher.turn();
      expect((await batches()).map(({ count }) => count)).to.deep.equal([10, 10]);
      clock.now += 1_000;
      await batcher.turn();
      expect((await batches()).map(({ count }) => count)).to.deep.equal([10, 10, 3]);
    }));

  it("does not wait for a clock that was set back to come round again", () =>
    withBench(async ({ batcher, clock, post, batches }) => {
      await post(market, 1, 3);
      clock.now -= 3_600_000;
      await batcher.turn();
      expect((await batches()).map(({ count }) => count)).to.deep.equal([3]);
    }));

  it("keeps a queue for each agency and kind", () =>
    withBench(async ({ batcher, clock, post, batches }) => {
      await post(market, 1, 1);
      await post(market, 2, 2);
      await post(credit, 1, 3);
      clock.now += 1_000;
      await batcher.turn();
      expect(await batches()).to.have.deep.members([
        { agency: market, kind: 1, count: 1 },
        { agency: market, kind: 2, count: 2 },
        { agency: credit, kind: 1, count: 3 },
      ]);
    }));

  it("writes members, root and order in one commit", () =>
    withBench(async ({ store, batcher, clock, post }) => {
      await post(market, 1, 5);
      clock.now += 1_000;
      await batcher.turn();
      const batch = await store.db.selectFrom("batches").selectAll().executeTakeFirstOrThrow();
      const digests = await batchDigests(store.db, batch.id);
      const ordered = orderBatch(market, 1, digests, nobleKeccak);
      expect(bytesToHex(batch.root)).to.equal(bytesToHex(ordered.root));
      expect(bytesToHex(digests)).to.equal(bytesToHex(ordered.digests));
      const orders = await store.db.selectFrom("orders").select(["type", "agency", "batch_id", "state"]).execute();
      expect(orders).to.deep.equal([{ type: "anchor", agency: market, batch_id: batch.id, state: "waiting" }]);
    }));
});
