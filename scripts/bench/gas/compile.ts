import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Artifact } from "./chain.ts";

interface Answer {
  readonly errors?: readonly { readonly formattedMessage: string }[];
  readonly contracts: Record<string, Record<string, { abi: Artifact["abi"]; evm: { bytecode: { object: string } } }>>;
}

const root = join(import.meta.dirname, "..", "..", "..");
// The compiler's package has no types of its own.
const solc = createRequire(import.meta.url)("solc") as {
  compile(input: string, callbacks: { import(path: string): { contents: string } | { error: string } }): string;
};

/** Compiles the contract of this name beside this file, with the compiler and the settings of ours. */
export function compile(name: string): Artifact {
  const file = `${name}.sol`;
  const input = {
    language: "Solidity",
    sources: { [file]: { content: readFileSync(join(import.meta.dirname, file), "utf8") } },
    settings: {
      evmVersion: "london",
      viaIR: true,
      optimizer: { enabled: true, runs: 1_000_000 },
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  };
  // The compiler's documented form of an answer.
  const { contracts, errors } = JSON.parse(solc.compile(JSON.stringify(input), { import: find })) as Answer;
  const compiled = contracts[file]?.[name];
  if (!compiled || errors) throw new Error(errors?.map((error) => error.formattedMessage).join("\n") ?? file);
  return { abi: compiled.abi, bytecode: compiled.evm.bytecode.object };
}

function find(path: string): { contents: string } | { error: string } {
  const file = [join(root, path), join(root, "node_modules", path)].find((candidate) => existsSync(candidate));
  return file === undefined ? { error: `no file ${path}` } : { contents: readFileSync(file, "utf8") };
}
