import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { kill } from "node:process";
import { HufuError } from "../../core/error.ts";
import { signalGroup } from "../process-group.ts";

/** The last one with Clique: 1.14 has none. */
const VERSION = "1.13.15";
const source = `github.com/ethereum/go-ethereum/cmd/geth@v${VERSION}`;
const ownFolder = join(import.meta.dirname, "..", "..", "build", "geth");
const TELL_EVERY_MS = 10_000;

export interface GethSearch {
  /** as in PATH */
  readonly searchPath: string;
  /** where it is installed */
  readonly folder: string;
  /** hears what takes so long */
  readonly say: (line: string) => void;
  /** ends the building when it is aborted */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The geth to run: one of version 1.13 on PATH, else the project's own, which is installed if it is not there. Throws CHAIN_BINARY_MISSING, and
 * the reason of `signal`.
 */
export async function provideGeth(say: GethSearch["say"], signal?: AbortSignal): Promise<string> {
  const search = { searchPath: process.env["PATH"] ?? "", folder: ownFolder, say, signal };
  return findGeth(search) ?? (await installGeth(search));
}

/** The first of version 1.13 in the folders of `searchPath` and in `folder`. */
export function findGeth({ searchPath, folder }: Pick<GethSearch, "searchPath" | "folder">): string | null {
  const folders = [...searchPath.split(delimiter).filter((each) => each !== ""), folder];
  return folders.map((each) => join(each, "geth")).find((file) => isRightVersion(output(file, ["version"]))) ?? null;
}

function isRightVersion(said: string): boolean {
  return /^Version: 1\.13\.\d+/m.test(said);
}

/** Builds geth from its published source, which the Go module proxy serves and Go checks against its own record of hashes. */
export async function installGeth({ searchPath, folder, say, signal }: GethSearch): Promise<string> {
  const env = { ...process.env, PATH: searchPath, GOBIN: folder, GOFLAGS: "" };
  const version = /^go version go1\.(\d+)/.exec(output("go", ["version"], env))?.[1];
  if (version === undefined)
    throw missing(
      `and Go, with which it would be built, is not on PATH either: install Go (https://go.dev/dl), or geth ${VERSION}`,
    );
  say(`geth ${VERSION} is not on PATH: building it into ${folder} with Go, once, in some minutes ...`);
  const args = ["install", "-v", ...linkerFlags(Number(version)), source];
  const { code, tail } = await withWorkFolder(folder, (TMPDIR) =>
    build(args, { env: { ...env, TMPDIR, GOTMPDIR: TMPDIR }, say, signal }),
  );
  signal?.throwIfAborted();
  const file = join(folder, "geth");
  if (code === 0 && isRightVersion(output(file, ["version"]))) return file;
  throw missing(`and "go install ${source}" failed with exit code ${String(code)}:\n${tail}`);
}

/** Since Go 1.23 the linker refuses what a dependency of this geth does, unless it is told not to. */
function linkerFlags(minorVersion: number): string[] {
  return minorVersion >= 23 ? ["-ldflags=-checklinkname=0"] : [];
}

/** With -v, go names each package as it compiles it, a line each. */
function build(
  args: readonly string[],
  { env, say, signal }: Pick<GethSearch, "say" | "signal"> & { readonly env: NodeJS.ProcessEnv },
): Promise<{ code: number | null; tail: string }> {
  return new Promise((resolve) => {
    const begun = performance.now();
    const seconds = (): string => `${((performance.now() - begun) / 1000).toFixed(0)} s`;
    let tail = "";
    let lines = 0;
    const telling = setInterval(() => say(`building geth: ${lines} packages, ${seconds()} ...`), TELL_EVERY_MS);
    // In a group of its own its compilers can be ended with it; in ours, a terminal's Ctrl-C ends them.
    const child = spawn("go", args, { env, detached: signal !== undefined, stdio: ["ignore", "ignore", "pipe"] });
    const interrupt = (): void => void signalGroup(child.pid, "SIGKILL");
    signal?.addEventListener("abort", interrupt);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      lines += text.split("\n").length - 1;
      tail = (tail + text).slice(-1500);
    });
    const end = (code: number | null): void => {
      clearInterval(telling);
      signal?.removeEventListener("abort", interrupt);
      if (code === 0) say(`geth ${VERSION} is built, in ${seconds()}`);
      resolve({ code, tail: tail.trim() });
    };
    child.once("error", () => end(null)).once("close", end);
  });
}

/**
 * Go that is killed leaves what it has compiled so far: in a folder of its own, since others may be building too, which is removed in the end; or
 * by the next one, where the process whose id is in its name is gone.
 */
async function withWorkFolder<T>(folder: string, work: (workFolder: string) => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const builder = /^work-(\d+)-/.exec(name)?.[1];
    if (builder !== undefined && !isThere(Number(builder))) removeFolder(join(folder, name));
  }
  const workFolder = mkdtempSync(join(folder, `work-${process.pid}-`));
  try {
    return await work(workFolder);
  } finally {
    removeFolder(workFolder);
  }
}

function isThere(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // somebody else's
  }
}

/** A compiler that is being killed may still write into it. */
function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

function output(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  return spawnSync(file, args, { env, encoding: "utf8", timeout: 20_000 }).stdout || "";
}

function missing(why: string): HufuError {
  return new HufuError("CHAIN_BINARY_MISSING", `geth ${VERSION} is not on PATH, ${why}.`);
}
