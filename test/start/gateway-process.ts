import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";

export const root: string = join(import.meta.dirname, "..", "..");

/** A run of `npm start`, in a process group of its own so that one signal reaches everything that it started. */
export interface Run {
  readonly child: ChildProcess;
  /** All that it printed so far. */
  output(): string;
  /** Resolves with the exit code; -1 where a signal ended it. */
  readonly ended: Promise<number>;
  /** Resolves once the output matches; rejects if it ends, or `seconds` pass, before. */
  until(pattern: RegExp, seconds: number): Promise<RegExpMatchArray>;
  signal(signal: NodeJS.Signals): void;
}

/** Starts `npm start`, with `args` after `--`, and these variables added to an environment that has no `CI` and no variable of Hufu's. */
export function npmStart(env: Record<string, string>, args: readonly string[] = []): Run {
  const child = spawn("npm", ["start", "--silent", "--", ...args], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...cleanEnvironment(), ...env },
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
  return {
    child,
    ended,
    output: () => text,
    signal: (signal) => process.kill(-child.pid!, signal),
    async until(pattern, seconds) {
      const state = { exited: false };
      void ended.then(() => (state.exited = true));
      for (const begun = Date.now(); Date.now() - begun < seconds * 1000;) {
        const match = text.match(pattern);
        if (match) return match;
        if (state.exited) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no ${String(pattern)} within ${seconds} s; it printed:\n${text}`);
    },
  };
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== "CI" && name !== "PORT" && !name.startsWith("HUFU_"),
  );
  return Object.fromEntries(kept);
}

/** A loopback port that nobody listens on at this moment. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return String(address.port);
}

/** A new folder for data, outside the project. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), "hufu-start-"));
