import type { Kysely } from "kysely";

import { concatBytes, to0x } from "../../core/bytes.ts";
import type { CertificateBatch } from "../../core/certificate/certificate.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { buildTree } from "../../core/ledger/merkle.ts";
import { findBatchLeaves, findBatchStage, type BatchStage } from "../store/anchors.ts";
import type { RecordRow } from "../store/records.ts";
import type { Tables } from "../store/tables.ts";

/** A stored record whose batch is on the chain, as the watcher has read it. */
export interface AnchoredRecord {
  readonly row: RecordRow;
  readonly batchId: number;
  readonly stage: Extract<BatchStage, { stage: "anchored" }>;
}

/** null: it is in no batch, or its batch is on its way. */
export async function findAnchored(db: Kysely<Tables>, row: RecordRow): Promise<AnchoredRecord | null> {
  if (row.batch_id === null) return null;
  const stage = await findBatchStage(db, row.batch_id);
  return stage.stage === "anchored" ? { row, batchId: row.batch_id, stage } : null;
}

/** Throws NOT_ANCHORED. */
export async function requireAnchored(db: Kysely<Tables>, row: RecordRow): Promise<AnchoredRecord> {
  const anchored = await findAnchored(db, row);
  if (anchored !== null) return anchored;
  throw new HufuError("NOT_ANCHORED", "The record is accepted and not anchored yet: ask again in a few seconds.");
}

/** The record's batch with the path that leads from its leaf to the root. */
export async function batchOf(
  { row, batchId, stage }: AnchoredRecord,
  { db, keccak }: { readonly db: Kysely<Tables>; readonly keccak: Keccak },
): Promise<CertificateBatch> {
  const leaves = await findBatchLeaves(db, batchId);
  const index = leaves.findIndex((leaf) => Buffer.compare(leaf, row.leaf) === 0);
  const path = buildTree(concatBytes(...leaves), keccak).proof(index);
  return { root: to0x(stage.root), count: stage.count, path: path.map(to0x) };
}
