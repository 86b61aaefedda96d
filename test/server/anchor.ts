import { agencyNames } from "../../server/store/agencies.ts";
import { concatBytes, to0x, type Hex } from "../../core/bytes.ts";
import { effectOf } from "../../core/ledger/effect.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { orderBatch } from "../../core/ledger/merkle.ts";
import type { ChainAnswer } from "../../core/verify/chain-answer.ts";
import type { LedgerReader } from "../../server/record/ledger-reader.ts";
import { insertBatch, oldestUnbatched, openQueues } from "../../server/store/batches.ts";
import type { Store } from "../../server/store/open.ts";
import { anchorsDue, markDone, statusesDue, type Place } from "../../server/store/outbox.ts";
import { saveStatuses } from "../../server/store/statuses.ts";

/** Blocks of the pretended ledger: one every ten seconds from here. */
const GENESIS_TIME = Date.UTC(2026, 10, 24);

/** A ledger without a chain: it anchors what the store holds as the watcher would write it down, and answers as a node would. */
export interface PretendedLedger {
  /** Anchors every record in batches, then every status whose turn it is, until nothing is left. */
  anchorAll(): Promise<void>;
  reader: LedgerReader;
  block(): number;
}

export function createPretendedLedger(store: Store): PretendedLedger {
  const batches = new Map<Hex, NonNullable<ChainAnswer["batch"]>>();
  const statuses = new Map<Hex, NonNullable<ChainAnswer["status"]>>();
  let block = 0;

  function nextPlace(): Place & { transactionHash: Uint8Array } {
    block += 1;
    const word = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
    const blockTime = GENESIS_TIME + block * 10_000;
    return { blockNumber: block, blockHash: word(block % 256), blockTime, transactionHash: word(0xaa) };
  }

  async function anchorQueues(): Promise<void> {
    for (const { agency, kind } of await openQueues(store.db)) {
      const records = await oldestUnbatched(store.db, { agency, kind }, 1_000);
      const { root } = orderBatch(agency, kind, concatBytes(...records.map(({ digest }) => digest)), nobleKeccak);
      const lastSeq = records.at(-1)?.seq ?? 0;
      const count = records.length;
      await store.write((tx) => insertBatch(tx, { agency, kind, root, lastSeq, count, createdAt: GENESIS_TIME }));
      const place = nextPlace();
      batches.set(to0x(root), { agency, kind, count, blockTime: new Date(place.blockTime).toISOString() });
      const [order] = (await anchorsDue(store.db, 100)).filter((due) => Buffer.compare(due.root, root) === 0);
      await store.write((tx) => markDone(tx, order?.id ?? 0, place));
    }
  }

  async function setStatuses(): Promise<number> {
    const due = await statusesDue(store.db, 100);
    for (const { id, actor, agency, kind, target, leaf, effect, basis } of due) {
      const place = nextPlace();
      const version = (statuses.get(to0x(leaf))?.version ?? 0) + 1;
      const name = effectOf(effect);
      if (!name) throw new Error("no such effect");
      statuses.set(to0x(leaf), { effect: name, version, blockTime: new Date(place.blockTime).toISOString() });
      const at = { block_number: place.blockNumber, block_hash: place.blockHash, block_time: place.blockTime };
      const row = {
        leaf,
        version,
        digest: target,
        effect,
        actor,
        agency,
        kind,
        basis,
        ...at,
        transaction_hash: place.transactionHash,
      };
      await store.write(async (tx) => {
        await saveStatuses(tx, [row]);
        await markDone(tx, id, place);
      });
    }
    return due.length;
  }

  return {
    block: () => block,
    async anchorAll() {
      await anchorQueues();
      while ((await setStatuses()) > 0);
    },
    reader: {
      read: async (root, leaf, agency) =>
        Promise.resolve({
          read: "node",
          asOf: { blockNumber: block, blockTime: new Date(GENESIS_TIME + block * 10_000).toISOString() },
          batch: batches.get(root) ?? null,
          status: statuses.get(leaf) ?? null,
          agencyName: (await agencyNames(store.db, [agency])).get(agency) ?? null,
        }),
    },
  };
}
