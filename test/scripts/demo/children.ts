import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** In which a program, on a busy machine, does what is waited for. */
const WAIT_MS = 60_000;
/** Milliseconds for a test that waits some times. */
export const TEST_MS = 4 * WAIT_MS;

/** A program under test, whose temporary files all go to one folder. What is waited for in vain rejects with all that it printed. */
export interface Program {
  readonly child: ChildProcess;
  /** Resolves once it has printed this. Rejects if it ends before. */
  until(text: string): Promise<void>;
  /** Resolves once so many processes name the folder. Rejects if it ends before. */
  untilProcesses(folder: string, count: number): Promise<void>;
  /** Sends the signal and resolves with the exit code and all that it printed. Rejects if it does not end. */
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
  const wait = async (isThere: () => boolean): Promise<void> => {
    for (const begun = performance.now(); !isThere();) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended and printed:\n${output}`);
      if (performance.now() - begun > WAIT_MS)
        throw new Error(`not within ${WAIT_MS / 1000} s; it printed:\n${output}`);
      await sleep(20);
    }
  };
  return {
    child,
    until: (text) => wait(() => output.includes(text)),
    untilProcesses: (folder, count) => wait(() => processesOf(folder).length >= count),
    async interrupt(name) {
      child.kill(name);
      const isOver = await Promise.race([closed, sleep(WAIT_MS, null, { ref: false })]);
      if (isOver === null) throw new Error(`it did not end within ${WAIT_MS / 1000} s; it printed:\n${output}`);
      return { code: child.exitCode, output };
    },
  };
}

/** After a test, which may have failed on its way: kills whatever process still names the folder, and removes it. */
export function removeWithProcesses(folder: string): void {
  for (const pid of processesOf(folder)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it has ended meanwhile
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
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
