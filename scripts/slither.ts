/**
 * Has slither read the contracts: `npm run slither`. Exit code 0 when it finds nothing that `docs/slither.md` does not answer.
 * Slither does not know the names that Hardhat 3 gives to sources, so the contracts are compiled here once more, by the same
 * compiler and settings, and handed over in the layout of Hardhat 2.
 */
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Compiler {
  compile(input: string, callbacks: { import(path: string): { contents: string } | { error: string } }): string;
  version(): string;
}

interface Output {
  readonly errors?: readonly { readonly formattedMessage: string }[];
}

interface Report {
  readonly success: boolean;
  readonly results: {
    readonly detectors?: readonly {
      readonly check: string;
      readonly elements: readonly { name: string; type_specific_fields?: { parent?: { name: string } } }[];
    }[];
  };
}

const root = join(import.meta.dirname, "..");
const folder = join(root, "build", "slither");
// The compiler's package has no types of its own.
const solc = createRequire(import.meta.url)("solc") as Compiler;

function contents(path: string): { contents: string } | { error: string } {
  try {
    return { contents: readFileSync(join(root, "node_modules", path), "utf8") };
  } catch {
    return { error: `no file ${path}` };
  }
}

function writeBuildInfo(): void {
  const files = globSync("contracts/**/*.sol", { cwd: root }).sort();
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(files.map((file) => [file, { content: readFileSync(join(root, file), "utf8") }])),
    settings: {
      evmVersion: "london",
      viaIR: true,
      optimizer: { enabled: true, runs: 1_000_000 },
      outputSelection: { "*": { "": ["ast"], "*": ["abi", "metadata", "evm.bytecode", "evm.deployedBytecode"] } },
    },
  };
  // What solc answers is its own documented form; `errors` holds warnings too, and there must be none.
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: contents })) as Output;
  if (output.errors) throw new Error(output.errors.map((error) => error.formattedMessage).join("\n"));
  const solcVersion = solc.version().split("+")[0];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "build-info"), { recursive: true });
  const info = { id: "contracts", _format: "hh-sol-build-info-1", solcVersion, input, output };
  writeFileSync(join(folder, "build-info", "contracts.json"), JSON.stringify(info));
}

/** What slither says, each as `detector Contract.function`, which is how `docs/slither.md` answers it. */
function findings(): string[] {
  const report = join(folder, "report.json");
  const options = ["--compile-force-framework", "hardhat", "--ignore-compile", "--hardhat-artifacts-directory", folder];
  const args = [".", ...options, "--filter-paths", "node_modules", "--fail-none", "--json", report];
  const { error, stderr } = spawnSync("slither", args, { cwd: root, encoding: "utf8" });
  if (error) throw new Error(`slither could not be started (${error.message}): pip install slither-analyzer`);
  // Slither's documented form of a report.
  const { success, results } = JSON.parse(readFileSync(report, "utf8")) as Report;
  if (!success) throw new Error(stderr);
  const names = (results.detectors ?? []).map(({ check, elements: [first] }) => {
    const contract = first?.type_specific_fields?.parent?.name ?? "";
    return `${check} ${contract}.${first?.name ?? ""}`;
  });
  return [...new Set(names)].sort();
}

/** The first two columns of the answers' table. */
function answers(): string[] {
  const rows = readFileSync(join(root, "docs", "slither.md"), "utf8").matchAll(/^\| `([a-z-]+)` *\| `([\w.]+)` *\|/gm);
  return [...rows].map(([, detector, place]) => `${detector} ${place}`).sort();
}

try {
  writeBuildInfo();
  const [found, answered] = [findings(), answers()];
  const open = found.filter((finding) => !answered.includes(finding));
  const stale = answered.filter((answer) => !found.includes(answer));
  for (const finding of open) console.error(`not answered in docs/slither.md: ${finding}`);
  for (const answer of stale) console.error(`answered in docs/slither.md, but slither does not say it: ${answer}`);
  console.log(`slither: ${found.length} findings, ${found.length - open.length} of them answered in docs/slither.md`);
  process.exitCode = open.length + stale.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
