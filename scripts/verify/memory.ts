import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { HufuError } from "../../core/error.ts";
import { parseTrustText, type TrustBundle } from "../../core/trust/bundle.ts";
import { nothingSeen, type HeaderConflict, type Seen } from "../../core/verify/seen.ts";
import { replaceFile } from "../../server/chain/replace-file.ts";
import type { Remark } from "./remark.ts";
import { parseSeenText, seenText } from "./seen-file.ts";

/**
 * What this verifier remembers from one run to the next: files of mode 600 in one folder, each the old or the new one after a crash. One that cannot
 * be read is set aside and told of: it is not believed, and not lost.
 */
export interface Memory {
  readonly folder: string;
  /** Runs `work` while no other verifier reads or writes the folder. */
  alone<T>(work: () => T): T;
  /** null: nothing is pinned yet */
  pinned(): TrustBundle | null;
  pin(bundle: TrustBundle): void;
  seen(): Seen;
  remember(seen: Seen): void;
  /** Keeps two sealed headers of one height; answers the evidence's file. */
  keepConflict(conflict: HeaderConflict): string;
  /** Keeps a file under another name, which is the answer. */
  setAside(name: MemoryFile, why: string): string;
}

export type MemoryFile = "trust.json" | "seen.json";

/** Milliseconds to wait for another verifier, which needs some of them. */
const PATIENCE_MS = 10_000;

/** Opens or creates the folder. Whatever cannot be read or written throws INVALID_REQUEST. */
export function openMemory(folder: string, tell: (remark: Remark) => void): Memory {
  const conflicts = join(folder, "conflicts");
  told(folder, () => mkdirSync(conflicts, { recursive: true, mode: 0o700 }));

  function setAside(name: MemoryFile, why: string): string {
    const [from, stem] = [join(folder, name), name.replace(/\.json$/, "")];
    for (let count = 1; ; count++) {
      const kept = join(folder, `${stem}.${why}-${count}.json`);
      if (existsSync(kept)) continue;
      told(folder, () => renameSync(from, kept));
      return kept;
    }
  }

  /** null where there is no such file, or none that can be believed. */
  function read<T>(name: MemoryFile, parse: (text: string) => T): T | null {
    const file = join(folder, name);
    const text = told(folder, () => (existsSync(file) ? readFileSync(file, "utf8") : null));
    try {
      return text === null ? null : parse(text);
    } catch (error) {
      if (!(error instanceof HufuError)) throw error;
      tell({ code: "MEMORY_SET_ASIDE", params: { file, kept: setAside(name, "unreadable") } });
      return null;
    }
  }

  const write = (name: string, text: string): void => told(folder, () => replaceFile(join(folder, name), text));

  return {
    folder,
    setAside,
    alone(work) {
      const lock = told(folder, () => lockFolder(folder));
      try {
        return work();
      } finally {
        lock.close();
      }
    },
    pinned: () => read("trust.json", parseTrustText),
    pin: (bundle) => write("trust.json", `${JSON.stringify(bundle, null, 2)}\n`),
    seen: () => read("seen.json", parseSeenText) ?? nothingSeen,
    remember: (seen) => write("seen.json", seenText(seen)),
    keepConflict(conflict) {
      const name = join("conflicts", conflictName(conflict));
      write(name, `${JSON.stringify({ format: "hufu-conflict", version: 1, ...conflict }, null, 2)}\n`);
      return join(folder, name);
    },
  };
}

/** The lock is the operating system's: free again however this process ends. */
function lockFolder(folder: string): DatabaseSync {
  const file = join(folder, "memory.lock");
  closeSync(openSync(file, "a", 0o600));
  const lock = new DatabaseSync(file, { timeout: PATIENCE_MS });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** The same two headers have the same name, whichever was met first. */
function conflictName({ blockNumber, blocks }: HeaderConflict): string {
  const [one, other] = blocks.map(({ blockHash }) => blockHash.slice(2, 14)).sort();
  return `${blocks[0].chainId}-${blockNumber}-${one ?? ""}-${other ?? ""}.json`;
}

function told<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof HufuError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const advice = "name another with --memory, or say --no-memory";
    throw new HufuError("INVALID_REQUEST", `The memory folder ${folder} cannot be used: ${why}; ${advice}.`, { cause });
  }
}
