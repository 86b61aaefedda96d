import { spawn } from "node:child_process";
import { join } from "node:path";

/** How one of the project's commands ended, and what it printed. */
export interface Ran {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs a program of scripts/ as its user would, in a process of its own; what it tells meanwhile is not kept. */
export async function runCommand(program: string, args: readonly string[]): Promise<Ran> {
  const script = join(import.meta.dirname, "..", program);
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { exitCode, output };
}
