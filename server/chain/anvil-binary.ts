import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { arch, platform } from "node:process";

import { HufuError } from "../../core/error.ts";

const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/**
 * The anvil to run: the one of the optional npm package for this machine, else the first on `searchPath` (as in PATH). Throws
 * CHAIN_BINARY_MISSING.
 */
export function findAnvil(searchPath: string): string {
  const packaged = `@foundry-rs/anvil-${platform}-${architectures[arch] ?? arch}`;
  const candidates = [packagedBinary(packaged), ...searchPath.split(delimiter).map((folder) => join(folder, "anvil"))];
  const found = candidates.find((file) => file !== null && isExecutable(file));
  if (found) return found;
  throw new HufuError(
    "CHAIN_BINARY_MISSING",
    `The embedded chain needs anvil, and neither the package ${packaged} nor PATH has it: run "npm install", or install Foundry.`,
  );
}

function packagedBinary(name: string): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "bin", "anvil");
  } catch {
    return null;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
