import { HufuError } from "../../core/error.ts";
import type { Connection } from "./sqlite.ts";

/** The version of the data folder that this program reads and writes. */
export const STORE_FORMAT = 1;

/** Format 1, as `tables.ts` describes it. */
const FORMAT_1 = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE agencies (
  uscc TEXT PRIMARY KEY, name TEXT NOT NULL, kinds INTEGER NOT NULL, oversight TEXT NOT NULL, signer BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE api_keys (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32), agency TEXT NOT NULL REFERENCES agencies (uscc), scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT, agency TEXT NOT NULL REFERENCES agencies (uscc), kind INTEGER NOT NULL,
  root BLOB NOT NULL UNIQUE CHECK (length(root) = 32), count INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE records (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32), leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  agency TEXT NOT NULL REFERENCES agencies (uscc), kind INTEGER NOT NULL, record_id TEXT NOT NULL,
  schema_version INTEGER NOT NULL, algorithm TEXT NOT NULL, amends BLOB NOT NULL, document_number TEXT,
  content TEXT, files TEXT NOT NULL, seed BLOB, accepted_at INTEGER NOT NULL, batch_id INTEGER REFERENCES batches (id),
  UNIQUE (agency, record_id, kind, amends)
) STRICT;
CREATE INDEX records_unbatched ON records (agency, kind, seq) WHERE batch_id IS NULL;
CREATE INDEX records_batch ON records (batch_id, leaf) WHERE batch_id IS NOT NULL;
CREATE INDEX records_document ON records (document_number, kind) WHERE document_number IS NOT NULL;
CREATE TABLE record_files (
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32), digest BLOB NOT NULL REFERENCES records (digest), is_public INTEGER NOT NULL,
  PRIMARY KEY (sha256, digest)
) STRICT, WITHOUT ROWID;
CREATE TABLE orders (
  id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL CHECK (type IN ('setup', 'anchor', 'status')),
  agency TEXT, state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'done', 'refused')),
  payload TEXT, batch_id INTEGER REFERENCES batches (id), target BLOB, effect INTEGER, basis BLOB, created_at INTEGER NOT NULL,
  block_number INTEGER, block_hash BLOB, block_time INTEGER, transaction_hash BLOB, error TEXT
) STRICT;
CREATE INDEX orders_open ON orders (state, id) WHERE state IN ('waiting', 'sent');
CREATE INDEX orders_refused ON orders (id) WHERE state = 'refused';
CREATE INDEX orders_batch ON orders (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX orders_target ON orders (target) WHERE target IS NOT NULL;
CREATE INDEX orders_block ON orders (block_number) WHERE block_number IS NOT NULL;
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL REFERENCES orders (id), deadline INTEGER NOT NULL,
  relayer TEXT NOT NULL, nonce INTEGER NOT NULL, signature BLOB, raw_transaction BLOB NOT NULL, transaction_hash BLOB NOT NULL,
  created_at INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'mined', 'dead'))
) STRICT;
CREATE INDEX attempts_order ON attempts (order_id);
CREATE INDEX attempts_pending ON attempts (relayer, nonce) WHERE state = 'pending';
CREATE INDEX attempts_transaction ON attempts (transaction_hash);
CREATE TABLE statuses (
  leaf BLOB NOT NULL CHECK (length(leaf) = 32), version INTEGER NOT NULL, digest BLOB NOT NULL, effect INTEGER NOT NULL,
  actor TEXT NOT NULL, agency TEXT NOT NULL, kind INTEGER NOT NULL, basis BLOB NOT NULL, block_number INTEGER NOT NULL,
  block_hash BLOB NOT NULL, block_time INTEGER NOT NULL, transaction_hash BLOB NOT NULL,
  PRIMARY KEY (leaf, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX statuses_block ON statuses (block_number);
CREATE TABLE access_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, agency TEXT, key_id TEXT, action TEXT NOT NULL, digest BLOB,
  outcome TEXT NOT NULL
) STRICT;
CREATE TRIGGER access_log_keeps BEFORE DELETE ON access_log BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
CREATE TRIGGER access_log_stands BEFORE UPDATE ON access_log BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
`;

/** Creates the tables in an empty database, all or none; refuses (DATA_FOLDER_VERSION) one that another version wrote. */
export async function migrate(connection: Connection): Promise<void> {
  const format = await readFormat(connection);
  if (format === STORE_FORMAT) return;
  if (format !== null)
    throw new HufuError(
      "DATA_FOLDER_VERSION",
      `The data folder has format ${format}, this version of Hufu reads format ${String(STORE_FORMAT)}: start the version that wrote it, or name an empty folder.`,
    );
  connection.exec("BEGIN IMMEDIATE");
  try {
    connection.exec(FORMAT_1);
    await connection.kysely
      .insertInto("meta")
      .values({ name: "format", value: JSON.stringify(STORE_FORMAT) })
      .execute();
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}

/** The format written in `meta`: null of an empty database, "unknown" of somebody else's. */
async function readFormat({ kysely }: Connection): Promise<number | string | null> {
  const tables = await kysely.introspection.getTables();
  if (tables.length === 0) return null;
  if (!tables.some(({ name }) => name === "meta")) return "unknown";
  const row = await kysely.selectFrom("meta").select("value").where("name", "=", "format").executeTakeFirst();
  if (!row) return "unknown";
  return row.value === JSON.stringify(STORE_FORMAT) ? STORE_FORMAT : row.value;
}
