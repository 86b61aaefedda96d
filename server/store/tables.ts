import type { Generated } from "kysely";

/** Every table of the gateway's store. Instants are milliseconds of Unix time; hashes are raw bytes. */
export interface Tables {
  meta: MetaTable;
  agencies: AgenciesTable;
  api_keys: ApiKeysTable;
  records: RecordsTable;
  record_files: RecordFilesTable;
  batches: BatchesTable;
  orders: OrdersTable;
  attempts: AttemptsTable;
  statuses: StatusesTable;
  access_log: AccessLogTable;
}

/** Facts of the data folder: `format` (its version), `chain` (genesis, chain id, addresses), `cursor` (newest block read). Values are JSON. */
export interface MetaTable {
  name: string;
  value: string;
}

/** The agencies that this gateway writes for, with the kinds and the oversight that were asked of the chain. */
export interface AgenciesTable {
  uscc: string;
  name: string;
  /** bit k stands for kind k */
  kinds: number;
  /** JSON: {"<uscc of the other agency>": <bits of effects>} */
  oversight: string;
  /** ERC-7913 bytes of the signer that this gateway signs with */
  signer: Uint8Array;
}

/** API keys by SHA-256 of the key; the key itself is nowhere. */
export interface ApiKeysTable {
  hash: Uint8Array;
  agency: string;
  /** space-separated: "records:write status:write records:read" */
  scopes: string;
  created_at: number;
  expires_at: number | null;
}

/** An accepted record. Its commitments are computed again from content and seed when somebody asks. */
export interface RecordsTable {
  seq: Generated<number>;
  digest: Uint8Array;
  leaf: Uint8Array;
  agency: string;
  kind: number;
  record_id: string;
  schema_version: number;
  algorithm: string;
  /** digest of the amended record; no bytes where it amends none, so that (agency, kind, record_id, amends) is unique */
  amends: Uint8Array;
  /** normalised */
  document_number: string | null;
  /** RFC 8785 text; null once erased */
  content: string | null;
  /** RFC 8785 text of the list of files */
  files: string;
  /** 32 bytes; null once erased */
  seed: Uint8Array | null;
  accepted_at: number;
  batch_id: number | null;
}

/** Which record carries which file; only files that the public may see are found through this. */
export interface RecordFilesTable {
  sha256: Uint8Array;
  digest: Uint8Array;
  is_public: number;
}

/** A batch never changes: its members are the records with its id, its order is that of their leaves. */
export interface BatchesTable {
  id: Generated<number>;
  agency: string;
  kind: number;
  root: Uint8Array;
  count: number;
  created_at: number;
}

/**
 * The outbox: everything that is to be written to the chain, in order.
 * `waiting` -> `sent` (an attempt is under way) -> `done` (its effect is in block `block_number`), or `refused` for good.
 * If that block falls out of the chain, `done` goes back to `waiting`.
 */
export interface OrdersTable {
  id: Generated<number>;
  type: "setup" | "anchor" | "status";
  agency: string | null;
  state: Generated<"waiting" | "sent" | "done" | "refused">;
  /** setup: JSON { step, to, data, from } */
  payload: string | null;
  /** anchor */
  batch_id: number | null;
  /** status: digest of the record that changes, what becomes true, digest that it rests on */
  target: Uint8Array | null;
  effect: number | null;
  basis: Uint8Array | null;
  created_at: number;
  block_number: number | null;
  block_hash: Uint8Array | null;
  block_time: number | null;
  transaction_hash: Uint8Array | null;
  /** why it was refused (a step of the setup: a newer one took its place), or what the last attempt met: a code and a sentence without content */
  error: string | null;
}

/** One try of an order, written before it is handed to a node. */
export interface AttemptsTable {
  id: Generated<number>;
  order_id: number;
  /** seconds of block time */
  deadline: number;
  relayer: string;
  nonce: number;
  signature: Uint8Array | null;
  raw_transaction: Uint8Array;
  transaction_hash: Uint8Array;
  created_at: number;
  state: Generated<"pending" | "mined" | "dead">;
}

/** Statuses as the chain's events tell them, whoever set them. Rows of blocks that fell out of the chain are deleted. */
export interface StatusesTable {
  leaf: Uint8Array;
  version: number;
  digest: Uint8Array;
  effect: number;
  actor: string;
  agency: string;
  kind: number;
  basis: Uint8Array;
  block_number: number;
  block_hash: Uint8Array;
  block_time: number;
  transaction_hash: Uint8Array;
}

/** Append-only: every write and every read of withheld data (深圳经济特区社会信用条例, Article 45). No content, no names. */
export interface AccessLogTable {
  id: Generated<number>;
  at: number;
  agency: string | null;
  key_id: string | null;
  action: string;
  digest: Uint8Array | null;
  outcome: string;
}
