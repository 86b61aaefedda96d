import type { FileHandle } from "node:fs/promises";
import { HufuError } from "../../../core/error.ts";
import { auditFault } from "../fault.ts";
import { readRecord, recordOf, wholeRecords } from "./checked-record.ts";
import { durableFile, openDurably, type DurableFile } from "./durable-file.ts";

/**
 * A file that only grows. A record counts when {@link AppendLog.append} has resolved; one that a crash left half written is cut off when
 * the file is opened again, and everything before it is as it was.
 */
export interface AppendLog {
  count(): number;
  /** The record at `index`, from 0 on. */
  read(index: number): Promise<unknown>;
  /** Throws STATE_FAILED; STATE_IN_USE where another process has written since. After either nothing more can be appended. */
  append(value: unknown): Promise<void>;
  /** Forgets every record from `count` on. */
  keep(count: number): Promise<void>;
  close(): Promise<void>;
}

/** What a file's records are about: it stands in the first of them. */
export type About = Readonly<Record<string, string | number>>;

/** How the file is written; tests make it fail. */
export type MakeDurable = (handle: FileHandle) => DurableFile;

/** Opens or creates the file. Throws STATE_OF_ANOTHER where its records are about something else, STATE_FAILED. */
export async function openAppendLog(
  path: string,
  about: About,
  durable: MakeDurable = durableFile,
): Promise<AppendLog> {
  const handle = await openDurably(path).catch((cause: unknown) => Promise.reject(failed(cause)));
  try {
    const file = durable(handle);
    const ends = await wholeRecords(handle);
    if ((await handle.stat()).size > (ends.at(-1) ?? 0)) await file.cut(ends.at(-1) ?? 0);
    const log = createLog(handle, file, ends);
    if (ends.length === 0) await log.append(about);
    else compareAbout(await log.read(0), about, path);
    return withoutFirst(log);
  } catch (error) {
    await handle.close();
    throw error instanceof HufuError ? error : failed(error);
  }
}

/** The first record is about the others. */
function withoutFirst(log: AppendLog): AppendLog {
  return {
    ...log,
    count: () => log.count() - 1,
    read: (index) => log.read(index + 1),
    keep: (count) => log.keep(count + 1),
  };
}

/** `ends` says where each record ends. */
function createLog(handle: FileHandle, file: DurableFile, ends: number[]): AppendLog {
  let mayWrite = true;

  async function append(value: unknown): Promise<void> {
    if (!mayWrite) throw failed(new Error("an earlier write failed"));
    mayWrite = false;
    const position = ends.at(-1) ?? 0;
    const bytes = recordOf(value);
    if ((await handle.stat()).size !== position) {
      const sentence = "Another audit writes into the same state folder.";
      throw auditFault("STATE_IN_USE", `${sentence} Let it end, or name another folder.`);
    }
    await file.write(bytes, position);
    await file.sync();
    ends.push(position + bytes.length);
    mayWrite = true;
  }

  return {
    count: () => ends.length,
    read: (index) => told(readRecord(handle, ends[index - 1] ?? 0, ends[index] ?? 0)),
    append: (value) => told(append(value)),
    keep: (count) => {
      ends.length = Math.min(ends.length, count);
      return told(file.cut(ends.at(-1) ?? 0));
    },
    close: () => handle.close(),
  };
}

function compareAbout(found: unknown, about: About, path: string): void {
  const held = new Map<string, unknown>(typeof found === "object" && found !== null ? Object.entries(found) : []);
  const other = Object.entries(about).find(([name, value]) => held.get(name) !== value);
  if (other === undefined) return;
  const [name, value] = other;
  const what = `${path} is about another audit: its ${name} is ${String(held.get(name))}, and here it is ${value}.`;
  throw auditFault("STATE_OF_ANOTHER", `${what} Name another folder for this one.`);
}

async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof HufuError ? error : failed(error);
  }
}

function failed(cause: unknown): HufuError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return auditFault("STATE_FAILED", `The audit's state folder cannot be read or written: ${why}.`, cause);
}
