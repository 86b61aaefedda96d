import { Command } from "commander";
import { baseAddress, discreet, nodeAddress } from "../address-option.ts";

const usageError = 2;

export interface Options {
  readonly gateway?: string;
  readonly rpc?: readonly string[];
  readonly data?: string;
  readonly trust?: string;
  readonly json?: true;
}

/** Reads the command line. Ends the process for --help (0) and for wrong usage (2). */
export function readOptions(argv: readonly string[]): Options {
  return new Command("doctor")
    .description(
      "Tells what is wrong with a gateway and its chain, what that means and what to do. It changes nothing. Without options it looks at the data folder of HUFU_DATA, else ./data, and at the gateway and the nodes that the folder names.",
    )
    .option("--gateway <url>", "address of the gateway", baseAddress)
    .option(
      "--rpc <urls>",
      "JSON-RPC addresses of the chain's nodes, with commas between them; several are compared",
      addresses,
    )
    .option("--data <folder>", "the gateway's data folder")
    .option("--trust <file>", "the trust bundle that chain and gateway are held against (default: the data folder's)")
    .option("--json", "print the findings as one JSON document")
    .addHelpText(
      "after",
      "\nExit codes: 0 nothing wrong, 1 a problem, 2 wrong usage, or nothing could be looked at, 3 warnings and no problem.",
    )
    .configureOutput(discreet)
    .allowExcessArguments(false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError))
    .parse(argv, { from: "user" })
    .opts<Options>();
}

function addresses(text: string): string[] {
  return text.split(",").map((each) => nodeAddress(each.trim()));
}
