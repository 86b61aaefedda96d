import { durableFile } from "../../../scripts/audit/state/durable-file.ts";
import type { MakeDurable } from "../../../scripts/audit/state/append-log.ts";

export const failures = ["failed", "failed but persisted", "torn"] as const;
export type Failure = (typeof failures)[number];

/** Files of which the write at `index`, counted over all of them, fails in the given way. `writes` says how many there were. */
export function failingAt(index: number, failure: Failure): { durable: MakeDurable; writes: () => number } {
  let writes = 0;
  const durable: MakeDurable = (handle) => {
    const file = durableFile(handle);
    return {
      ...file,
      async write(bytes, position) {
        if (writes++ !== index) return file.write(bytes, position);
        if (failure === "failed but persisted") await file.write(bytes, position);
        if (failure === "torn") await file.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), position);
        throw new Error("the disk is gone");
      },
    };
  };
  return { durable, writes: () => writes };
}
