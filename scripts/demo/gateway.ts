import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const root = join(import.meta.dirname, "..", "..");
const readyFile = z.object({ url: z.string(), rpc: z.string() });
const keysFile = z.record(z.string(), z.string());

/** A gateway in a process of its own, on a folder of its own. */
export interface Gateway {
  readonly url: string;
  readonly rpc: string;
  readonly folder: string;
  /** `body` as JSON to `path`, with the API key of `agency` where one is given. Resolves with status and parsed answer. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** SIGTERM, and waits until it has drained. Resolves with the exit code. */
  stop(): Promise<number | null>;
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

/** Starts a gateway on `folder` and a free port; resolves when it is ready. Throws with what it printed if it ends before. */
export async function startGateway(folder: string, env: Record<string, string> = {}): Promise<Gateway> {
  const child = spawn(process.execPath, [join(root, "server", "main.ts")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, HUFU_DATA: folder, PORT: "0", HUFU_LOG_LEVEL: "warn", ...env },
  });
  const said = await untilReady(child);
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
        throw how === null ? cause : new Error(`The gateway ended (${String(how)}):\n${said()}`, { cause });
      }
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill("SIGTERM");
      await once(child, "exit");
      return child.exitCode;
    },
  };
}

/** Answers what tells all that it has printed. */
async function untilReady(child: ChildProcess): Promise<() => string> {
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes("Hufu is ready")) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`The gateway ended with exit code ${String(code)}:\n${output}`)));
  });
  return () => output;
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
