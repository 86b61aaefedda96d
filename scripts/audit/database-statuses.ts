import { bytesToHex, to0x } from "../../core/bytes.ts";
import { effectCode } from "../../core/ledger/effect.ts";
import type { ReplayedStatus } from "../../core/ledger/status-ledger.ts";
import type { DatabaseInput } from "./database.ts";
import { bytes, number, text, type Row } from "./database-row.ts";
import { divergence, type AuditDivergence } from "./report.ts";

/** Whether the newest status of every record is the chain's, and none is left out that the gateway has read. */
export function compareStatuses(input: DatabaseInput): AuditDivergence | undefined {
  const { database, replay, block } = input;
  const select = "SELECT *, max(version) FROM statuses WHERE block_number <= ? GROUP BY leaf";
  const seen = new Set<string>();
  for (const row of database.prepare(select).iterate(block)) {
    const leaf = to0x(bytes(row, "leaf"));
    seen.add(leaf);
    const status = replay.status(leaf);
    const [expected, found] = [status === undefined ? "none" : describe(status), describeRow(row)];
    if (expected !== found) return differs(expected, found, namesOf(row));
  }
  const read = cursorOf(input);
  for (const [leaf, status] of replay.statuses()) {
    if (seen.has(leaf) || status.blockNumber > read) continue;
    return differs(describe(status), "none", { digest: status.digest, agency: status.agency, leaf });
  }
  return undefined;
}

/** Whether the names that the gateway shows are those of the register. */
export function compareAgencies({ database, replay }: DatabaseInput): AuditDivergence | undefined {
  for (const row of database.prepare("SELECT uscc, name FROM agencies").iterate()) {
    const agency = text(row, "uscc");
    const name = replay.agency(agency)?.name;
    if (name === undefined || name === text(row, "name")) continue;
    const what = "The database has another name of an agency";
    return divergence("DATABASE_AGENCY_DIFFERS", what, name, text(row, "name"), { agency });
  }
  return undefined;
}

function differs(expected: string, found: string, names: AuditDivergence["names"]): AuditDivergence {
  return divergence("DATABASE_STATUS_DIFFERS", "The database has another status", expected, found, names);
}

function describe({ effect, version, actor, basis, blockNumber }: ReplayedStatus): string {
  return `effect ${effectCode(effect)}, version ${version}, by ${actor}, basis ${basis}, block ${blockNumber}`;
}

function describeRow(row: Row): string {
  const [effect, version, block] = ["effect", "version", "block_number"].map((column) => number(row, column));
  const basis = bytesToHex(bytes(row, "basis"));
  return `effect ${effect}, version ${version}, by ${text(row, "actor")}, basis ${basis}, block ${block}`;
}

function namesOf(row: Row): AuditDivergence["names"] {
  return { digest: bytesToHex(bytes(row, "digest")), agency: text(row, "agency"), leaf: to0x(bytes(row, "leaf")) };
}

/** The newest block that the gateway has read; -1 where it has read none. */
function cursorOf({ database }: DatabaseInput): number {
  const row = database.prepare("SELECT value FROM meta WHERE name = 'cursor'").get();
  const cursor: unknown = row === undefined ? null : JSON.parse(text(row, "value"));
  const hasNumber = typeof cursor === "object" && cursor !== null && "number" in cursor;
  return hasNumber && typeof cursor.number === "number" ? cursor.number : -1;
}
