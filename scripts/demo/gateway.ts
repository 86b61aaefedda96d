import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { endOrphan } from "../../server/chain/anvil-process.ts";
import type { Run } from "./run-to-end.ts";

const root = join(import.meta.dirname, "..", "..");
const readyFile = z.object({ url: z.string(), rpc: z.string() });
const keysFile = z.record(z.string(), z.string());
/** A first start on a slow machine takes a minute. */
const READY_MS = 180_000;
/** What a gateway may take to finish what is under way; one that takes longer is killed. */
const DRAIN_MS = 30_000;
/** The same where somebody has interrupted the run, who may kill it soon: what ends after the gateway, as validators do, has to be gone by then. */
const INTERRUPTED_DRAIN_MS = 10_000;
/** Of what it printed, an error has the last characters. */
const TAIL_LENGTH = 3_000;

/** A gateway in a process of its own, on a folder of its own. */
export interface Gateway {
  readonly url: string;
  readonly rpc: string;
  readonly folder: string;
  /** `body` as JSON to `path`, with the API key of `agency` where one is given. Resolves with status and parsed answer. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** SIGTERM, and waits until it has drained and its chain is gone; it is killed after 30 s. Resolves with the exit code, null where a signal ended it. */
  stop(): Promise<number | null>;
}

export interface StartOptions {
  /** in which it has to be ready */
  readonly readyMs?: number;
  /** with which it ends, also while it still starts; killed after 10 s if that is interrupted */
  readonly run?: Run;
}

export interface CallOptions {
  readonly agency?: string;
  readonly body?: unknown;
  readonly wait?: number;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Starts a gateway on `folder` and a free port; resolves when it is ready. Throws with what it printed last if it ends before, or is not ready in time. */
export async function startGateway(
  folder: string,
  env: Record<string, string> = {},
  { readyMs = READY_MS, run }: StartOptions = {},
): Promise<Gateway> {
  run?.signal.throwIfAborted();
  const child = spawn(process.execPath, [join(root, "server", "main.ts")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, HUFU_DATA: folder, PORT: "0", HUFU_LOG_LEVEL: "warn", ...env },
  });
  const stop = (): Promise<number | null> => end(child, folder, DRAIN_MS);
  run?.atEnd(async () => {
    await end(child, folder, run.signal.aborted ? INTERRUPTED_DRAIN_MS : DRAIN_MS);
  });
  const said = outputOf(child);
  try {
    await untilReady(child, said, readyMs);
  } catch (error) {
    await stop();
    throw error;
  }
  const { url, rpc } = readyFile.parse(JSON.parse(readFileSync(join(folder, "gateway.json"), "utf8")));
  const keys = keysFile.parse(JSON.parse(readFileSync(join(folder, "agency-keys.json"), "utf8")));
  return {
    url,
    rpc,
    folder,
    async call(method, path, options = {}) {
      try {
        return await call(new URL(path, url), method, options, keys);
      } catch (cause) {
        const how = child.exitCode ?? child.signalCode;
        throw how === null ? cause : new Error(`The gateway ended (${String(how)}):\n${tail(said())}`, { cause });
      }
    },
    stop,
  };
}

/** Tells all that it has printed. */
function outputOf({ stdout, stderr }: ChildProcess): () => string {
  let output = "";
  const read = (text: string): void => void (output += text);
  stdout?.setEncoding("utf8").on("data", read);
  stderr?.setEncoding("utf8").on("data", read);
  return () => output;
}

function untilReady(child: ChildProcess, said: () => string, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (failure?: string): void => {
      clearTimeout(timer);
      child.stdout?.removeListener("data", look);
      child.removeListener("close", ended);
      if (failure === undefined) resolve();
      else reject(new Error(`The gateway ${failure}:\n${tail(said())}`));
    };
    const look = (): void => {
      if (said().includes("Hufu is ready")) settle();
    };
    const ended = (code: number | null): void =>
      settle(
        `ended with ${code === null ? String(child.signalCode) : `exit code ${String(code)}`} before it was ready`,
      );
    const timer = setTimeout(
      () => settle(`was not ready after ${String(withinMs / 1000)} s; it printed last`),
      withinMs,
    );
    child.stdout?.on("data", look);
    child.once("close", ended);
  });
}

/** A gateway that two signals have reached, a terminal's and this one, or that was killed, may have left its chain behind. */
async function end(child: ChildProcess, folder: string, drainMs: number): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const isOver = await Promise.race([ended, sleep(drainMs, null, { ref: false })]);
    if (isOver === null) child.kill("SIGKILL");
    await ended;
  }
  await endOrphan(join(folder, "chain"));
  return child.exitCode;
}

function tail(output: string): string {
  return output.slice(-TAIL_LENGTH).trim();
}

async function call(url: URL, method: string, options: CallOptions, keys: Record<string, string>): Promise<Answer> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (options.body !== undefined) headers["content-type"] = "application/json";
  if (options.wait !== undefined) headers["prefer"] = `wait=${options.wait}`;
  if (options.agency !== undefined) headers["authorization"] = `Bearer ${keys[options.agency] ?? ""}`;
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const response = await fetch(url, { method, headers, body });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}
