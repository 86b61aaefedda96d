import { createWriteStream, existsSync } from "node:fs";
import { link, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

import { HufuError } from "../../core/error.ts";

/**
 * The saved states of an embedded chain: the newest, and the one before. Neither name ever stands for half a file: a dump is
 * written beside, fsynced, then renamed.
 */
export interface Dumps {
  /** Files to begin with, best first. */
  candidates(): string[];
  /** Asks the node at `url` for its state and keeps it. When this resolves, the dump survives a power cut. */
  take(url: string): Promise<void>;
  /** Puts a file that would not load out of the way, but does not delete it. */
  reject(file: string): Promise<void>;
}

export function createDumps(folder: string): Dumps {
  const newest = join(folder, "state.json");
  const previous = join(folder, "state.previous.json");
  const fresh = join(folder, "state.new");
  return {
    candidates: () => [newest, previous].filter((file) => existsSync(file)),
    async take(url) {
      await download(url, fresh);
      if (existsSync(newest)) {
        await rm(`${previous}.new`, { force: true });
        await link(newest, `${previous}.new`);
        await rename(`${previous}.new`, previous);
      }
      await rename(fresh, newest);
      await syncFolder(folder);
    },
    async reject(file) {
      await rename(file, `${file}.unreadable`);
    },
  };
}

/** anvil_dumpState answers gzip as one hex string; --load-state wants what is inside. It may be gigabytes, so it is never in memory as a whole. */
async function download(url: string, file: string): Promise<void> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "anvil_dumpState", params: [] });
  try {
    const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    if (response.body === null) throw new Error("no answer");
    const out = createWriteStream(file, { mode: 0o600, flush: true });
    await pipeline(Readable.from(response.body), hexResult(), createGunzip(), out);
  } catch (cause) {
    throw new HufuError("CHAIN_FAILED", "The embedded chain's state could not be saved.", { cause });
  }
}

/** Picks the hex digits out of a JSON-RPC answer, `..."0x<digits>"...`, and decodes them. */
function hexResult(): Transform {
  let state: "before" | "digits" | "after" = "before";
  let rest = "";
  const decoder = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      rest += chunk.toString("latin1");
      if (state === "before") {
        const begin = rest.indexOf('"0x');
        if (begin < 0) {
          done();
          return;
        }
        rest = rest.slice(begin + 3);
        state = "digits";
      }
      if (state === "after") {
        rest = "";
        done();
        return;
      }
      const end = rest.indexOf('"');
      if (end >= 0) state = "after";
      const length = end >= 0 ? end : rest.length - (rest.length % 2);
      decoder.push(Buffer.from(rest.slice(0, length), "hex"));
      rest = rest.slice(length);
      done();
    },
    flush(done) {
      done(state === "after" ? null : new Error(`the node's answer holds no state: ${rest.slice(0, 200)}`));
    },
  });
  return decoder;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
