import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A program under test, whose temporary files all go to one folder. */
export interface Program {
  readonly child: ChildProcess;
  /** Resolves once it has printed this. Rejects if it ends before. */
  until(text: string): Promise<void>;
  /** Sends the signal and resolves with the exit code and all that it printed. */
  interrupt(name: NodeJS.Signals): Promise<{ code: number | null; output: string }>;
}

export function start(script: string, args: readonly string[], env: Record<string, string>): Program {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const closed = once(child, "close");
  return {
    child,
    async until(text) {
      while (!output.includes(text)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended and printed:\n${output}`);
        await sleep(20);
      }
    },
    async interrupt(name) {
      child.kill(name);
      await closed;
      return { code: child.exitCode, output };
    },
  };
}

/** Processes whose command line or environment names the folder. */
export function processesOf(folder: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && names(pid, folder));
}

function names(pid: number, folder: string): boolean {
  try {
    return ["cmdline", "environ"].some((file) => readFileSync(`/proc/${pid}/${file}`, "utf8").includes(folder));
  } catch {
    return false; // it is gone, or somebody else's
  }
}
