import { Command, CommanderError } from "commander";

import { HufuError } from "../core/error.ts";

/** What the command line sets, as the variables that mean the same. */
export type Given = Readonly<Record<string, string>>;

/** Reads the arguments of `npm start --`; null: it was asked for help, and got it. Throws INVALID_CONFIGURATION. */
export function readArguments(argv: readonly string[], print: (text: string) => void): Given | null {
  const program = new Command("npm start --")
    .description("Runs the gateway: on its own development chain, or on the chain of the node at --rpc.")
    .option("--rpc <url>", "JSON-RPC address of a node; several with commas between them. The same as HUFU_RPC")
    .addHelpText("after", '\nEverything else is set by environment variables: see "Configuration" in README.md.')
    .configureOutput({ writeOut: print, writeErr: () => undefined })
    .allowExcessArguments(false)
    .exitOverride();
  try {
    const { rpc } = program.parse([...argv], { from: "user" }).opts<{ rpc?: string }>();
    return rpc === undefined ? {} : { HUFU_RPC: rpc };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new HufuError(
      "INVALID_CONFIGURATION",
      `${error.message.replace(/^error: /, "")}; --help says what there is.`,
    );
  }
}
