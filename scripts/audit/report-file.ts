import { closeSync, existsSync, openSync, rmSync, writeFileSync } from "node:fs";
import { HufuError } from "../../core/error.ts";

/** Throws INVALID_REQUEST where the file cannot be written, before hours are spent on what it is to hold. Leaves everything as it was. */
export function checkWritable(file: string): void {
  told(file, () => {
    const isNew = !existsSync(file);
    closeSync(openSync(file, "a"));
    if (isNew) rmSync(file);
  });
}

/** Throws INVALID_REQUEST. */
export function writeReport(file: string, text: string): void {
  told(file, () => writeFileSync(file, text));
}

function told(file: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HufuError("INVALID_REQUEST", `${file} cannot be written: ${why}.`, { cause });
  }
}
