import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync } from "node:fs";
import { kill } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { HufuError } from "../../core/error.ts";
import type { ValidatorFiles } from "./geth-settings.ts";

const STOP_MS = 30_000;
const POLL_MS = 50;
const TAIL_LINES = 12;

/** Starts a validator that outlives this process. The log of the run before is kept beside the new one. Throws CHAIN_FAILED. */
export function spawnGeth(binary: string, args: readonly string[], files: ValidatorFiles): number {
  if (existsSync(files.log)) renameSync(files.log, `${files.log}.before`);
  const log = openSync(files.log, "a", 0o600);
  try {
    // What the gateway is told by the environment, its keystore's password too, is none of a validator's business.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("HUFU_")));
    const child = spawn(binary, args, { cwd: files.data, env, detached: true, stdio: ["ignore", log, log] });
    child.once("error", () => undefined); // there is no pid then
    if (child.pid === undefined) throw new HufuError("CHAIN_FAILED", `${binary} could not be started.`);
    child.unref();
    return child.pid;
  } finally {
    closeSync(log);
  }
}

/** Writes the genesis block into a validator's folder. Throws CHAIN_FAILED with what geth said. */
export function initGeth(binary: string, genesisFile: string, files: ValidatorFiles): void {
  const args = ["--datadir", files.data, "--state.scheme", "hash", "--verbosity", "2", "init", genesisFile];
  const { status, stderr, stdout } = spawnSync(binary, args, { encoding: "utf8", timeout: 120_000 });
  if (status !== 0)
    throw new HufuError("CHAIN_FAILED", `geth did not take the genesis file ${genesisFile}:\n${stdout}${stderr}`);
}

/** Whether the process is this validator: its id may have gone to somebody else, and only a command line with its folder is its own. */
export function isGeth(pid: number | null, files: ValidatorFiles): pid is number {
  return pid !== null && commandLine(pid).includes(files.data);
}

function commandLine(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    if (existsSync("/proc/self")) return [];
    return spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" })
      .stdout.trim()
      .split(" ");
  }
}

/** SIGTERM, upon which geth writes what it holds, and SIGKILL if that takes half a minute. Resolves when the process is gone. */
export async function stopGeth(pid: number, files: ValidatorFiles): Promise<void> {
  signal(pid, "SIGTERM");
  if (!(await isGone(pid, files, STOP_MS))) await killGeth(pid, files);
}

/** SIGKILL, as when the machine loses its power. Resolves when the process is gone. */
export async function killGeth(pid: number, files: ValidatorFiles): Promise<void> {
  signal(pid, "SIGKILL");
  if (!(await isGone(pid, files, STOP_MS))) throw new HufuError("CHAIN_FAILED", `Process ${pid} cannot be ended.`);
}

async function isGone(pid: number, files: ValidatorFiles, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (isGeth(pid, files)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    kill(pid, name);
  } catch {
    // it is gone already
  }
}

/** What a validator wrote last, for whoever has to find out why it does not run. */
export function logTail({ log }: ValidatorFiles): string {
  if (!existsSync(log)) return `${log} is not there`;
  const lines = readFileSync(log, "utf8").trim().split("\n").slice(-TAIL_LINES);
  return `the end of ${log}:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
