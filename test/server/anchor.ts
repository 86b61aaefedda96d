import { bytesToHex, concatBytes, hexToBytes, to0x } from "../../core/bytes.ts";
import { effectOf } from "../../core/ledger/effect.ts";
import { nobleKeccak as keccak } from "../../core/ledger/keccak.ts";
import { orderBatch } from "../../core/ledger/merkle.ts";
import { batchSlot, batchWord, statusSlot, statusWord } from "../../core/ledger/slots.ts";
import { insertBatch, oldestUnbatched, openQueues } from "../../server/store/batches.ts";
import type { Store } from "../../server/store/open.ts";
import { anchorsDue, markDone, statusesDue, type Place } from "../../server/store/outbox.ts";
import { saveStatuses } from "../../server/store/statuses.ts";
import { createPretendedChain, GENESIS_TIME, type PretendedBlock, type PretendedChain } from "./pretended-chain.ts";

/** A ledger on a pretended chain: it anchors what the store holds as the watcher would write it down, and sets the slots that the contract would. */
export interface PretendedLedger {
  readonly chain: PretendedChain;
  /** Anchors every record in batches, then every status whose turn it is, until nothing is left. */
  anchorAll(): Promise<void>;
  /** Every status whose turn it is; resolves with how many there were. */
  setStatuses(): Promise<number>;
  /** Anchors every record in batches, and sets no status. */
  anchorRecords(): Promise<void>;
  block(): number;
}

export async function createPretendedLedger(store: Store): Promise<PretendedLedger> {
  const chain = await createPretendedChain();
  const versions = new Map<string, number>();

  async function anchorRecords(): Promise<void> {
    for (const { agency, kind } of await openQueues(store.db)) {
      const records = await oldestUnbatched(store.db, { agency, kind }, 1_000);
      const { root } = orderBatch(agency, kind, concatBytes(...records.map(({ digest }) => digest)), keccak);
      const lastSeq = records.at(-1)?.seq ?? 0;
      const count = records.length;
      await store.write((tx) => insertBatch(tx, { agency, kind, root, lastSeq, count, createdAt: GENESIS_TIME }));
      const value = batchWord({ agency, kind, count, blockTime: chain.nextTime() / 1000 });
      const place = placeOf(await chain.mine([[batchSlot(to0x(root), keccak), value]]));
      const [order] = (await anchorsDue(store.db, 100)).filter((due) => Buffer.compare(due.root, root) === 0);
      await store.write((tx) => markDone(tx, order?.id ?? 0, place));
    }
  }

  async function setStatuses(): Promise<number> {
    const due = await statusesDue(store.db, 100);
    for (const { id, actor, agency, kind, target, leaf, effect, basis } of due) {
      const name = effectOf(effect);
      if (!name) throw new Error("no such effect");
      const version = (versions.get(to0x(leaf)) ?? 0) + 1;
      versions.set(to0x(leaf), version);
      const status = { effect: name, version, blockTime: chain.nextTime() / 1000, basis: bytesToHex(basis) };
      const block = await chain.mine([[statusSlot(to0x(leaf), keccak), statusWord(status, keccak)]]);
      const place = placeOf(block);
      const at = { block_number: place.blockNumber, block_hash: place.blockHash, block_time: place.blockTime };
      const row = { leaf, version, digest: target, effect, actor, agency, kind, basis, ...at };
      await store.write(async (tx) => {
        await saveStatuses(tx, [{ ...row, transaction_hash: place.transactionHash }]);
        await markDone(tx, id, place);
      });
    }
    return due.length;
  }

  return {
    chain,
    anchorRecords,
    setStatuses,
    block: () => chain.head().number,
    async anchorAll() {
      await anchorRecords();
      while ((await setStatuses()) > 0);
    },
  };
}

function placeOf({ number, hash, time }: PretendedBlock): Place & { transactionHash: Uint8Array } {
  const transactionHash = new Uint8Array(32).fill(0xaa);
  return { blockNumber: number, blockHash: hexToBytes(hash), blockTime: time, transactionHash };
}
