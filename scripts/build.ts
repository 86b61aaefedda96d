import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildWeb } from "./web-build.ts";

const root = join(import.meta.dirname, "..");

interface Part {
  readonly name: string;
  /** Everything that its result depends on. */
  readonly inputs: readonly string[];
  make(): Promise<void> | void;
}

const parts: readonly Part[] = [
  {
    name: "contracts",
    inputs: ["contracts/**/*.sol", "hardhat.config.ts", "package-lock.json"],
    make: compileContracts,
  },
  { name: "page", inputs: ["web/**/*", "core/**/*", "scripts/web-build.ts", "package-lock.json"], make: buildWeb },
];

/** Compiles the contracts and writes TypeChain's types. Runs Hardhat as its own process, which ends with its memory. */
function compileContracts(): void {
  const hardhat = join(root, "node_modules", ".bin", "hardhat");
  const { status, stderr, stdout } = spawnSync(hardhat, ["compile", "--no-tests"], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
}

function hashOf(inputs: readonly string[]): string {
  const hash = createHash("sha256");
  const files = globSync([...inputs], { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** Makes each part whose inputs changed. The stamp is removed first and written last, so a build that is cut short is made again. */
async function build(): Promise<void> {
  mkdirSync(join(root, "build"), { recursive: true });
  for (const part of parts) {
    const stamp = join(root, "build", `.${part.name}`);
    const hash = hashOf(part.inputs);
    if (readStamp(stamp) === hash) continue;
    rmSync(stamp, { force: true });
    const begun = Date.now();
    console.error(`[build] ${part.name} ...`);
    await part.make();
    writeFileSync(stamp, hash);
    console.error(`[build] ${part.name}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
}

function readStamp(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

try {
  await build();
} catch (error) {
  console.error(`[build] failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
