import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { baseAddress, discreet, nodeAddress } from "../address-option.ts";

/** What the command line says; `rpc` and `trust` are there unless a report is checked. */
export interface Options {
  readonly rpc?: string;
  readonly trust?: string;
  readonly gateway?: string;
  readonly database?: string;
  readonly to?: number;
  readonly allHeaders?: true;
  readonly workers: number;
  readonly state?: string;
  readonly timeout: number;
  readonly key?: string;
  readonly out?: string;
  readonly html?: string;
  readonly json?: true;
  readonly check?: string;
  readonly publicKey?: string;
}

const help = `
Exit codes: 0 all agrees, 1 something differs (the first difference is named), 2 wrong usage or could not be checked,
130 interrupted. With --check: 0 the signature is good, 1 it is not.

A large ledger takes a while: with --state FOLDER the same command goes on where it was ended, even by a crash.`;

/** Reads the command line; ends the process with `usageError` where it cannot be read. */
export function readOptions(usageError: number): Options {
  return new Command("audit")
    .description(
      "Replays a ledger from its first block, proves it under a sealed header, and compares it with a gateway or its database if you name them.",
    )
    .option("--rpc <url>", "JSON-RPC address of a node; nothing is taken on its word that can be proved", nodeAddress)
    .option("--trust <file>", "trust.json: the chain, its validators and contracts, as published by them")
    .option("--gateway <url>", "compare every record of the chain with what this gateway shows", baseAddress)
    .option("--database <file>", "compare every row of this gateway's SQLite file, which is only read")
    .option("--to <block>", "end at this block instead of the newest one", number)
    .option("--all-headers", "check every header from the genesis block on: parent, seals, validators by their votes")
    .option("--workers <threads>", "threads that recover seals", number, availableParallelism())
    .option("--state <folder>", "keep what was fetched, and go on from there the next time")
    .option("--timeout <seconds>", "how long the node may take for one answer", number, 120)
    .option("--key <file>", "sign the report with this Ed25519 key (PKCS #8, PEM), which is made if it is not there")
    .option("--out <file>", "write the report as JSON")
    .option("--html <file>", "write the report as a page with figures and plots, readable offline")
    .option("--json", "print the report as one JSON document")
    .option("--check <report>", "check the signature of a report, and nothing else")
    .option("--public-key <file>", "with --check: whose signature it has to be (64 hex digits, or PEM)")
    .addHelpText("after", help)
    .configureOutput(discreet)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError))
    .parse()
    .opts<Options>();
}

function number(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}
