import { expect } from "chai";

import { bytesToHex, to0x, type Hex } from "../../../core/bytes.ts";
import { topics } from "../../../core/ledger/abi.ts";
import { decodeLog, type RawLog } from "../../../core/ledger/events.ts";
import { createReplay } from "../../../core/ledger/replay.ts";
import { blockAt, blockOf, logsBetween, logsOf, readHead } from "../../../server/chain/block.ts";
import type { Desk } from "./desk.ts";

/** Reads the whole ledger from the chain and compares it with the whole store: every record anchored once, every status set once. */
export async function checkWholeLedger(desk: Desk): Promise<void> {
  const logs = await allLogs(desk);
  await checkJournals(desk, logs);
  const events = logs.map((log) => ({ log, event: decodeLog(log) }));
  const anchored = events.flatMap(({ log, event }) => (event.name === "Anchored" ? [{ log, event }] : []));
  const digests = anchored.flatMap(({ event }) => words(event.digests));
  const records = await desk.store.db.selectFrom("records").select("digest").execute();
  expect(digests.toSorted()).to.deep.equal(records.map(({ digest }) => bytesToHex(digest)).toSorted());
  await checkOrders(
    desk,
    anchored.map(({ log, event }) => ({ log, root: event.root })),
  );
  const set = events.flatMap(({ log, event }) => (event.name === "StatusSet" ? [{ log, event }] : []));
  const told = set.map(
    ({ log, event }) => `${event.leaf} ${event.version} ${event.effect} ${event.basis} ${log.blockHash}`,
  );
  const statuses = await desk.store.db.selectFrom("statuses").selectAll().execute();
  const kept = statuses.map((row) => {
    return `${to0x(row.leaf)} ${row.version} ${row.effect} ${bytesToHex(row.basis)} ${to0x(row.block_hash)}`;
  });
  expect(kept.toSorted()).to.deep.equal(told.toSorted());
  const ordered = await desk.store.db
    .selectFrom("orders")
    .select("basis")
    .where("type", "=", "status")
    .where("state", "=", "done")
    .execute();
  const bases = set.map(({ event }) => event.basis);
  expect(ordered.map(({ basis }) => bytesToHex(basis ?? new Uint8Array())).toSorted()).to.deep.equal(bases.toSorted());
}

/** Replays every event, and compares the journals' heads with those that the contracts keep. */
async function checkJournals(desk: Desk, logs: readonly RawLog[]): Promise<void> {
  const { ledger, agencies } = desk.anchoring().addresses;
  const replay = createReplay({ chainId: desk.chain.chainId, ledger, agencies, keccak: desk.keccak });
  for (const log of logs) expect(replay.apply(log, log.blockTimestamp ?? 0)).to.equal(undefined);
  const selector = to0x(desk.keccak.hash(new TextEncoder().encode("journalHead()"))).slice(0, 10);
  const head = (to: Hex): Promise<unknown> => desk.chain.rpc.call("eth_call", { to, data: selector }, "latest");
  expect({ ledger: await head(ledger), agencies: await head(agencies) }).to.deep.equal(replay.heads());
}

/** Every anchor that is done names the block and the transaction that hold its event. */
async function checkOrders(desk: Desk, anchored: readonly { log: RawLog; root: Hex }[]): Promise<void> {
  const orders = await desk.store.db
    .selectFrom("orders")
    .innerJoin("batches", "batches.id", "orders.batch_id")
    .select(["batches.root", "orders.state", "orders.block_hash", "orders.transaction_hash"])
    .execute();
  const lines = orders.map(({ root, state, block_hash, transaction_hash }) => {
    return `${to0x(root)} ${state} ${to0x(block_hash ?? new Uint8Array())} ${to0x(transaction_hash ?? new Uint8Array())}`;
  });
  const wanted = anchored.map(({ log, root }) => `${root} done ${log.blockHash} ${log.transactionHash}`);
  expect(lines.toSorted()).to.deep.equal(wanted.toSorted());
}

async function allLogs(desk: Desk): Promise<RawLog[]> {
  const { ledger, agencies } = desk.anchoring().addresses;
  const head = await readHead(desk.chain.rpc);
  const [answer] = await desk.chain.rpc.batch([
    logsBetween(0, head.number, [ledger, agencies], [Object.values(topics)]),
  ]);
  const logs = logsOf(answer);
  const numbers = [...new Set(logs.map(({ blockNumber }) => blockNumber))];
  const blocks = await desk.chain.rpc.batch(numbers.map((number) => blockAt(number)));
  const times = new Map(numbers.map((number, index) => [number, blockOf(blocks[index])?.time ?? 0]));
  return logs.map((log) => ({ ...log, blockTimestamp: times.get(log.blockNumber) ?? 0 }));
}

function words(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / 32 }, (_, index) =>
    bytesToHex(bytes.subarray(index * 32, index * 32 + 32)),
  );
}
