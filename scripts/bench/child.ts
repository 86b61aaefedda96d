import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";

/** A server of a bench in a process of its own. */
export interface Child {
  /** the line of JSON that it printed when it listened */
  readonly said: unknown;
  /** Closes its input, upon which it ends, as it does when this process dies. */
  end(): Promise<void>;
}

/** Runs a program beside this file; resolves when it has printed its line. Rejects if it ends before. */
export async function startChild(program: string, args: readonly string[]): Promise<Child> {
  const child = spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const early = ended.then(() => Promise.reject(new Error(`${program} ended before it listened`)));
  const printed = once(child.stdout, "data").then(([line]) => z.instanceof(Buffer).parse(line).toString());
  const said: unknown = JSON.parse(await Promise.race([printed, early]));
  early.catch(() => undefined);
  return {
    said,
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
