import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { run, type Finding } from "../../../scripts/verify/run.ts";
import type { Question } from "../../../scripts/verify/question.ts";

const script = join(import.meta.dirname, "../../../scripts/verify.ts");
const noNetwork = join(import.meta.dirname, "no-network.ts");

/** What a run of the command left. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** standard input */
  readonly input?: string;
  /** Node's own options; left out: it dies of the first attempt to reach a network */
  readonly node?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `npm run verify -- ...args` without npm, in a process of its own. */
export async function verifyCommand(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { input, node = ["--import", noNetwork], env = {} } = options;
  const child = spawn(process.execPath, [...node, script, ...args], { env: { ...process.env, ...env } });
  child.stdin.on("error", () => undefined); // it may end before it reads
  child.stdin.end(input);
  const ended = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

/** A folder that is gone after the test. */
export interface Folder {
  readonly path: string;
  /** Writes a value as JSON, or a text; answers the file. */
  write(name: string, value: unknown): string;
  remove(): void;
}

export function newFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "hufu-verify-"));
  return {
    path,
    write(name, value) {
      const file = join(path, name);
      writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export const now = "2026-11-25T00:00:00.000Z";

/** Asks in this process: the certificate `file` and whatever a test wants otherwise. A chain of today wants today's clock, `at`. */
export function ask(file: string, other: Partial<Question> = {}, at = now): Promise<Finding> {
  const question: Question = {
    ...{ file, trust: null, repin: false, maxAgeSeconds: null, renewal: null, hide: [], out: null, force: false },
    ...{ memory: null, json: false, languages: ["zh-CN", "en"] },
    ...other,
  };
  return run(question, at);
}

export const remarkCodes = ({ remarks }: Finding): string[] => remarks.map(({ code }) => code);
