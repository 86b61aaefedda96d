import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { signalGroup } from "../process-group.ts";
import type { Row } from "./sample.ts";

const rowsFile = z.array(
  z.object({
    name: z.string(),
    // What was not measured is NaN, which JSON writes as null.
    median: z.number().nullable(),
    min: z.number().nullable(),
    max: z.number().nullable(),
    unit: z.string(),
    goal: z.union([z.object({ atLeast: z.number() }), z.object({ atMost: z.number() })]).optional(),
  }),
);

const GRACE_MS = 15_000;

/**
 * Runs one part in a process group and a temporary folder of its own, so that no part finds what another left behind, in memory, among
 * processes or on disk. When `signal` is aborted the whole group ends. Rejects if the part fails or is aborted.
 */
export async function runPart(name: string, signal: AbortSignal): Promise<Row[]> {
  signal.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), `hufu-bench-${name}-`));
  const file = join(folder, "rows.json");
  const child = spawn(process.execPath, [join(import.meta.dirname, "run-part.ts"), name, file], {
    detached: true,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, TMPDIR: folder },
  });
  const ended = once(child, "exit").then(([code]) => z.number().nullable().parse(code));
  const end = (): void => void signalGroup(child.pid, "SIGTERM");
  signal.addEventListener("abort", end);
  try {
    const code = await ended;
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`the part ended with exit code ${String(code)}`);
    return rowsFile.parse(JSON.parse(readFileSync(file, "utf8"))).map(rowFrom);
  } finally {
    signal.removeEventListener("abort", end);
    await endGroup(child.pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowFrom({ median, min, max, name, unit, goal }: z.infer<typeof rowsFile>[number]): Row {
  const figures = { median: median ?? Number.NaN, min: min ?? Number.NaN, max: max ?? Number.NaN };
  return { name, ...figures, unit, ...(goal === undefined ? {} : { goal }) };
}

/** Ends what a part left behind: politely, then not. */
async function endGroup(group: number | undefined): Promise<void> {
  signalGroup(group, "SIGTERM");
  const until = performance.now() + GRACE_MS;
  while (isAlive(group) && performance.now() < until) await sleep(100);
  signalGroup(group, "SIGKILL");
}

function isAlive(group: number | undefined): boolean {
  return signalGroup(group, 0);
}
