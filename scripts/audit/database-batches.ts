import { concatBytes, to0x, type Hex } from "../../core/bytes.ts";
import { firstNotAscending, merkleRoot } from "../../core/ledger/merkle.ts";
import type { DatabaseInput } from "./database.ts";
import { compareRecord, namesOf } from "./database-record.ts";
import { bytes, number, text, type Row } from "./database-row.ts";
import { divergence, type AuditDivergence } from "./report.ts";

/** Every record by batch, those that are in none first: content, leaf, and then the batch's root and its place on the chain. */
export function compareBatches(input: DatabaseInput): AuditDivergence | undefined {
  const { database, progress } = input;
  const all = number(database.prepare("SELECT count(*) AS n FROM records").get() ?? {}, "n");
  let done = 0;
  let members: Row[] = [];
  for (const row of database.prepare("SELECT * FROM records ORDER BY batch_id, leaf").iterate()) {
    const found = compareRecord(row, input.keccak);
    if (found !== undefined) return found;
    const isNext = members[0] !== undefined && members[0]["batch_id"] !== row["batch_id"];
    const ofBatch = isNext ? compareBatch(input, members) : undefined;
    if (ofBatch !== undefined) return ofBatch;
    if (isNext) members = [];
    if (row["batch_id"] !== null) members.push(leafRow(row));
    progress.report("recomputed from the database", ++done, all);
  }
  return members.length === 0 ? undefined : compareBatch(input, members);
}

/** What is kept of a row until its batch is complete. */
function leafRow(row: Row): Row {
  const { batch_id = null, leaf = null, digest = null, agency = null, kind = null, record_id = null } = row;
  return { batch_id, leaf, digest, agency, kind, record_id };
}

function compareBatch(input: DatabaseInput, members: readonly Row[]): AuditDivergence | undefined {
  const [first] = members;
  const id = first?.["batch_id"] ?? null;
  const batch = input.database.prepare("SELECT * FROM batches WHERE id = ?").get(id);
  if (first === undefined || batch === undefined) {
    const names = first === undefined ? {} : namesOf(first);
    return divergence("DATABASE_BATCH_ALTERED", "A record's batch is missing", `batch ${String(id)}`, "none", names);
  }
  const root = to0x(bytes(batch, "root"));
  const names = { root, agency: text(batch, "agency"), kind: number(batch, "kind") };
  const stranger = members.find((row) => row["agency"] !== batch["agency"] || row["kind"] !== batch["kind"]);
  if (stranger !== undefined) {
    const what = "A record is in a batch of another agency or kind";
    const found = `${text(stranger, "agency")} ${number(stranger, "kind")}`;
    return divergence("DATABASE_BATCH_ALTERED", what, `${names.agency} ${names.kind}`, found, namesOf(stranger));
  }
  const leaves = concatBytes(...members.map((row) => bytes(row, "leaf")));
  const count = number(batch, "count");
  const computed = to0x(merkleRoot(leaves, input.keccak));
  if (members.length !== count || firstNotAscending(leaves) !== undefined || computed !== root) {
    const expected = `${count} records with root ${root}`;
    const found = `${members.length} with root ${computed}`;
    return divergence("DATABASE_BATCH_ALTERED", "A batch is not what its records give", expected, found, names);
  }
  return compareAnchor(input, batch, root, names);
}

/** A batch whose order is done is on the chain, in the block that the order names. */
function compareAnchor(
  { database, replay, block }: DatabaseInput,
  batch: Row,
  root: Hex,
  names: AuditDivergence["names"],
): AuditDivergence | undefined {
  const order = database
    .prepare("SELECT * FROM orders WHERE type = 'anchor' AND batch_id = ?")
    .get(batch["id"] ?? null);
  if (order?.["state"] !== "done") return undefined;
  const place = number(order, "block_number");
  if (place > block) return undefined;
  const anchored = replay.batch(root);
  if (anchored?.blockNumber === place && anchored.agency === names["agency"] && anchored.kind === names["kind"]) {
    return undefined;
  }
  const found = anchored === undefined ? "no such root" : `block ${anchored.blockNumber}`;
  const what = "A batch is not where the database says that it was anchored";
  return divergence("DATABASE_ANCHOR_MISSING", what, `block ${place}`, found, names);
}
