import { existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { found, type Finding } from "./finding.ts";

const GIGABYTE = 2 ** 30;
const LOW = 5 * GIGABYTE;
const FULL = GIGABYTE;
/** Whoever reads one of these reads personal data, or signs as an agency. */
const secret = /^(?:keystore\.json|keystore-password|agency-keys\.json|hufu\.db(?:-wal|-shm)?|chain)$/;

/** Who may read the data folder, and how much room is left on its disk. `bytesFree`: to whoever asks, on a folder's disk. */
export function examineFolder(data: string, bytesFree: (folder: string) => number = freeTo): Finding[] {
  return [modes(data), room(data, bytesFree(data))];
}

function modes(data: string): Finding {
  // Nobody comes to a file through a folder that is closed to them.
  if (!isOpen(data)) return found("folder", "FOLDER_PRIVATE", { folder: data });
  const open = readdirSync(data).filter((name) => secret.test(name) && isOpen(join(data, name)));
  if (open.length === 0) return found("folder", "FOLDER_LISTED", { folder: data });
  return found("folder", "FOLDER_OPEN", { folder: data, names: open.join(", ") });
}

function isOpen(file: string): boolean {
  return (statSync(file).mode & 0o077) !== 0;
}

function freeTo(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function room(data: string, bytes: number): Finding {
  const params = { folder: data, free: (bytes / GIGABYTE).toFixed(1) };
  if (bytes < FULL) return found("folder", "DISK_FULL", params);
  return found("folder", bytes < LOW ? "DISK_LOW" : "DISK_ROOM", params);
}

/** Whether a process works on the folder: it holds a lock of the operating system's, which is only looked at. */
export function isHeld(data: string): boolean {
  const file = join(data, "instance.lock");
  if (!existsSync(file)) return false;
  const lock = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  try {
    lock.prepare("SELECT count(*) FROM sqlite_master").get();
    return false;
  } catch {
    return true;
  } finally {
    lock.close();
  }
}
