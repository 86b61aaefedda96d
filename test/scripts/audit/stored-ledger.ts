import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { hexToBytes } from "../../../core/bytes.ts";
import { openStore } from "../../../server/store/open.ts";
import { contentText, justice, market, type FilledLedger } from "./filled-ledger.ts";

/** Writes the filled ledger into a store, as a gateway would have it, and answers the file. */
export async function storeLedger(
  { chain, records, withdrawn, superseded, successor, decision }: FilledLedger,
  folder: string,
): Promise<string> {
  await (await openStore(folder)).close();
  const file = join(folder, "hufu.db");
  const database = new DatabaseSync(file);
  const head = Number(await chain.rpc.call("eth_blockNumber"));
  insert(database, "meta", {
    name: "cursor",
    value: JSON.stringify({ number: head, hash: `0x${"0".repeat(64)}`, time: 0 }),
  });
  for (const [uscc, name] of [
    [market, "坪山示例市场监管局（虚构）"],
    [justice, "坪山示例司法局（虚构）"],
  ] as const) {
    insert(database, "agencies", { uscc, name, kinds: 0, oversight: "{}", signer: new Uint8Array(20) });
  }
  const roots = [...new Set(records.map(({ root }) => root))];
  for (const [index, root] of roots.entries()) {
    const members = records.filter((record) => record.root === root);
    const [first] = members;
    if (first === undefined) continue;
    const batch = { id: index + 1, agency: first.agency, kind: first.kind.id, root: hexToBytes(root) };
    insert(database, "batches", { ...batch, count: members.length, created_at: 0 });
    const order = { type: "anchor", state: "done", batch_id: index + 1, block_number: first.blockNumber };
    insert(database, "orders", { ...order, created_at: 0 });
  }
  for (const record of records) {
    const number = record.content["decisionDocNo"] ?? null;
    insert(database, "records", {
      digest: hexToBytes(record.digest),
      leaf: hexToBytes(record.leaf),
      agency: record.agency,
      kind: record.kind.id,
      record_id: record.recordId,
      schema_version: 1,
      algorithm: "sha-256",
      amends: new Uint8Array(0),
      document_number: typeof number === "string" ? number : null,
      content: contentText(record),
      files: "[]",
      seed: record.seed,
      accepted_at: 0,
      batch_id: roots.indexOf(record.root) + 1,
    });
  }
  const changes = [
    { record: withdrawn, actor: justice, effect: 5, basis: decision.digest, block: head - 1 },
    { record: superseded, actor: market, effect: 4, basis: successor.digest, block: head },
  ];
  for (const { record, actor, effect, basis, block } of changes) {
    insert(database, "statuses", {
      leaf: hexToBytes(record.leaf),
      version: 1,
      digest: hexToBytes(record.digest),
      effect,
      actor,
      agency: record.agency,
      kind: record.kind.id,
      basis: hexToBytes(basis),
      block_number: block,
      block_hash: new Uint8Array(32),
      block_time: 0,
      transaction_hash: new Uint8Array(32),
    });
  }
  database.close();
  return file;
}

function insert(database: DatabaseSync, table: string, row: Record<string, string | number | null | Uint8Array>): void {
  const columns = Object.keys(row);
  const places = columns.map(() => "?").join(", ");
  database.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`).run(...Object.values(row));
}
