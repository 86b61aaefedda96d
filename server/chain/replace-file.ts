import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes `text` so that after a crash the file is the old or the new one, whole; only its owner can read it. */
export function replaceFile(file: string, text: string): void {
  const beside = `${file}.new`;
  // What a crash left there keeps its mode, so it goes first.
  rmSync(beside, { force: true });
  writeFileSync(beside, text, { mode: 0o600, flush: true });
  renameSync(beside, file);
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
