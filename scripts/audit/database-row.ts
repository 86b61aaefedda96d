import type { SQLOutputValue } from "node:sqlite";
import { HufuError } from "../../core/error.ts";

export type Row = Record<string, SQLOutputValue>;

/** Columns of a strict table, read as what they are. Another type means another database: INVARIANT. */

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw wrong(column);
  return value;
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw wrong(column);
  return value;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw wrong(column);
  return value;
}

export function isNull(row: Row, column: string): boolean {
  return row[column] === null;
}

function wrong(column: string): HufuError {
  return new HufuError("INVARIANT", `the database's column ${column} is not what this program writes`);
}
