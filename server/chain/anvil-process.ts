import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { kill } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { HufuError } from "../../core/error.ts";
import { createRpc, type Rpc } from "./rpc.ts";

/** A running anvil. */
export interface Anvil {
  readonly port: number;
  readonly pid: number;
  readonly rpc: Rpc;
  /** Resolves when the process is gone, whoever ended it. */
  readonly gone: Promise<void>;
  /** what killed it; null while it runs, and where it ended by itself */
  signal(): NodeJS.Signals | null;
  /** Asks it to end, and ends it if it does not within five seconds. */
  end(): Promise<void>;
}

export interface AnvilOptions {
  readonly binary: string;
  /** its own folder: pid file, cache */
  readonly folder: string;
  readonly chainId: number;
  /** seconds of Unix time: the same for every genesis of a folder, so that the genesis block has the same hash */
  readonly genesisTime: number;
  /** dump to begin with; null: the genesis block */
  readonly state: string | null;
  /** bytes of address space; a chain that wants more dies and begins again from its dump */
  readonly memoryLimit: number;
  readonly readyTimeoutMs: number;
  /** taken if it is free: a chain that was restarted stays where it was; 0: any */
  readonly port: number;
}

/** Blocks of which the state can still be asked: calls are made at one block while newer ones come. */
const STATES_KEPT = 128;
const BLOCK_GAS_LIMIT = 500_000_000;
const CALL_TIMEOUT_MS = 60_000;

/** Starts anvil and waits until it answers for its chain. Throws CHAIN_FAILED with what it wrote last; its cause is the signal that killed it, if one did. */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const port = await freePort(options.port).catch(() => freePort(0));
  // The shell only sets the limit; `exec` makes the process anvil itself, so that signals reach it.
  const script = `ulimit -v ${Math.ceil(options.memoryLimit / 1024)}; exec "$@"`;
  const child = spawn("/bin/sh", ["-c", script, "sh", options.binary, ...argumentsOf(options, port)], {
    cwd: options.folder,
    env: { HOME: options.folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint = (complaint + text).slice(-500)));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  if (child.pid === undefined) throw failed("it could not be started", complaint);
  writeFileSync(pidFile(options.folder), String(child.pid));
  const rpc = createRpc({ url: () => `http://127.0.0.1:${port}`, timeoutMs: CALL_TIMEOUT_MS });
  if (!(await answers(rpc, options, gone))) {
    const signal = child.signalCode;
    await endChild(child, gone);
    throw failed(options.state === null ? "it did not begin" : `it did not load ${options.state}`, complaint, signal);
  }
  return { port, pid: child.pid, rpc, gone, signal: () => child.signalCode, end: () => endChild(child, gone) };
}

/** Ends an anvil that a killed gateway left behind in this very folder. */
export async function endOrphan(folder: string): Promise<void> {
  const pid = orphanIn(folder);
  if (pid !== null) {
    kill(pid, "SIGKILL");
    for (let turn = 0; turn < 100 && orphanIn(folder) !== null; turn++) await sleep(50);
  }
  rmSync(pidFile(folder), { force: true });
}

/** The process id may have gone to somebody else: only a command line that names this folder's cache is ours. */
function orphanIn(folder: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile(folder), "utf8"));
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return words.includes(cacheFolder(folder)) ? pid : null;
  } catch {
    return null;
  }
}

/**
 * Blocks are made by the keeper alone, so that no dump is taken while one is being made. anvil makes a genesis block even when it
 * loads a state, and dumps both: with the same time it is the same block, without, the next load could take either for block 0.
 */
function argumentsOf(options: AnvilOptions, port: number): string[] {
  return [
    ...["--quiet", "--host", "127.0.0.1", "--port", String(port), "--no-cors", "--accounts", "0"],
    ...["--chain-id", String(options.chainId), "--hardfork", "shanghai", "--gas-limit", String(BLOCK_GAS_LIMIT)],
    ...[
      "--no-mining",
      "--order",
      "fifo",
      "--prune-history",
      String(STATES_KEPT),
      "--timestamp",
      String(options.genesisTime),
    ],
    ...["--cache-path", cacheFolder(options.folder), "--disable-default-create2-deployer"],
    ...(options.state === null ? [] : ["--load-state", options.state]),
  ];
}

/** Another process may have taken the port: only our chain id counts. */
async function answers(rpc: Rpc, options: AnvilOptions, gone: Promise<void>): Promise<boolean> {
  let exited = false;
  void gone.then(() => (exited = true));
  const deadline = performance.now() + options.readyTimeoutMs;
  const wanted = `0x${options.chainId.toString(16)}`;
  while (!hasHappened(() => exited) && performance.now() < deadline) {
    try {
      if ((await rpc.call("eth_chainId")) === wanted) return true;
    } catch {
      await sleep(25);
    }
  }
  return false;
}

/** Reads a flag that a callback sets, which the compiler cannot know of. */
function hasHappened(flag: () => boolean): boolean {
  return flag();
}

async function endChild(child: ChildProcess, gone: Promise<void>): Promise<void> {
  child.kill("SIGTERM");
  const patience = new AbortController();
  const kills = sleep(5_000, undefined, { signal: patience.signal }).then(
    () => child.kill("SIGKILL"),
    () => false,
  );
  await gone;
  patience.abort();
  await kills;
}

/** `wanted` if it is free, any for 0. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new HufuError("INVARIANT", "no port was given"));
        else resolve(address.port);
      });
    });
  });
}

function failed(what: string, complaint: string, signal: NodeJS.Signals | null = null): HufuError {
  return new HufuError("CHAIN_FAILED", `The embedded chain failed: ${what}. ${complaint.trim()}`.trim(), {
    cause: signal,
  });
}

/** Whether a failed start came from outside: an operator, or a system that is short of memory. An anvil that itself gives up ends otherwise. */
export function wasKilled(error: unknown): boolean {
  return error instanceof HufuError && (error.cause === "SIGKILL" || error.cause === "SIGTERM");
}

function pidFile(folder: string): string {
  return join(folder, "anvil.pid");
}

function cacheFolder(folder: string): string {
  return join(folder, "cache");
}
