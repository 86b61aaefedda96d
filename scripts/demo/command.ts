import { spawn } from "node:child_process";
import { join } from "node:path";

/** How one of the project's commands ended, and what it printed. */
export interface Ran {
  readonly exitCode: number | null;
  readonly output: string;
}

/**
 * Runs a program of scripts/ as its user would, in a process of its own, which is killed when `signal` is aborted, and throws its reason then:
 * how it ended is no finding. What it tells meanwhile is not kept.
 */
export async function runCommand(program: string, args: readonly string[], signal: AbortSignal): Promise<Ran> {
  signal.throwIfAborted();
  const script = join(import.meta.dirname, "..", program);
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const kill = (): void => void child.kill("SIGKILL");
  signal.addEventListener("abort", kill);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
  signal.removeEventListener("abort", kill);
  signal.throwIfAborted();
  return { exitCode, output };
}
