import { Command, InvalidArgumentError } from "commander";
import type { Hex } from "../../core/bytes.ts";
import { discreet, nodeAddress } from "../address-option.ts";

const usageError = 2;

export interface Options {
  readonly rpc?: string;
  readonly from?: string;
  readonly publisher?: string;
  readonly validator?: Hex;
  readonly url?: string;
  readonly genesis?: string;
  readonly out?: string;
  readonly accept?: true;
  readonly show?: string;
  /** two of them */
  readonly compare?: readonly string[];
  readonly json?: true;
}

/** Reads the command line. Ends the process for --help (0) and for wrong usage (2). */
export function readOptions(argv: readonly string[]): Options {
  const program = new Command("trust")
    .usage('--rpc URL --from BUNDLE --publisher "NAME" [options] | --show BUNDLE | --compare BUNDLE BUNDLE')
    .description(
      "Makes a trust bundle from your own node, and says what it has otherwise than a published one; shows and compares bundles. BUNDLE is a file, or the address of a gateway or of a bundle.",
    )
    .option("--rpc <url>", "JSON-RPC address of your own node, from which everything is read anew", nodeAddress)
    .option("--from <bundle>", "the bundle that names the contracts, and that is checked against your node")
    .option("--publisher <name>", "your institution's name, as verdicts shall show it")
    .option(
      "--validator <address>",
      "the address under which your node seals blocks; without it you publish as a gateway",
      address,
    )
    .option("--url <https>", "where you will publish the bundle", published)
    .option("--genesis <file>", "the chain's genesis file, if you hold it: its settings take the place of the bundle's")
    .option("--out <file>", "write the bundle here")
    .option("--accept", "write it too where it differs from the one of --from")
    .option("--show <bundle>", "verify a bundle, and print what it says and its fingerprint")
    .option("--compare <bundle...>", "verify two bundles, and say what the second has otherwise than the first", pair)
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      "\nExit codes: 0 the bundle holds and agrees, 1 it differs or does not hold, 2 wrong usage or could not be read.",
    )
    .configureOutput(discreet)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError));
  const options = program.parse(argv, { from: "user" }).opts<Options>();
  const problem = problemOf(options);
  if (problem !== undefined) program.error(problem);
  return options;
}

function problemOf({ show, compare, ...make }: Options): string | undefined {
  const isMaking = [make.rpc, make.from, make.publisher].some((given) => given !== undefined);
  const modes = [show !== undefined, compare !== undefined, isMaking].filter(Boolean).length;
  if (modes !== 1) return "error: say one of --rpc with --from and --publisher, --show, and --compare";
  if (compare !== undefined && compare.length !== 2) return "error: --compare takes two bundles";
  if (isMaking && (make.rpc === undefined || make.from === undefined || make.publisher === undefined))
    return "error: --rpc, --from and --publisher are needed together";
  return undefined;
}

function pair(bundle: string, before: readonly string[] = []): readonly string[] {
  return [...before, bundle];
}

/** Everybody will read it. */
function published(text: string): string {
  if (!/^https:\/\/[!-~]+$/.test(text)) throw new InvalidArgumentError("It must be an https address.");
  nodeAddress(text);
  return text;
}

function address(text: string): Hex {
  if (!/^0x[0-9a-f]{40}$/i.test(text)) throw new InvalidArgumentError("It must be 0x and 40 hexadecimal digits.");
  return `0x${text.slice(2).toLowerCase()}`;
}
