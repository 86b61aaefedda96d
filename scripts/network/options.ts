import { Argument, Command, InvalidArgumentError, Option } from "commander";
import type { Hex } from "../../core/bytes.ts";
import { problemOf } from "./options-problem.ts";

const usageError = 2;
/** Of a genesis file, where nobody names another: every institution has to name the same. */
const BESU_CHAIN_ID = 884_405;
const actions = ["start", "status", "stop", "kill", "cut", "heal", "add", "remove"] as const;
export type Action = (typeof actions)[number];

export interface Options {
  readonly action: Action;
  /** validators; none: all */
  readonly numbers: readonly number[];
  readonly engine: "geth" | "besu";
  readonly validators?: number;
  readonly folder?: string;
  readonly data?: string;
  readonly fund: readonly Hex[];
  readonly address: readonly Hex[];
  readonly chainId: number;
  readonly baseFee: boolean;
  readonly out?: string;
  readonly json?: true;
}

const help = `
What can be done:
  start [N...]    make the network if there is none, and start it; with numbers, start these validators
  status          who runs, which block each has, who is connected with whom, who may sign
  stop [N...]     end all, or these, as an operator would
  kill N...       SIGKILL, as when a machine loses its power
  cut N...        cut these off from all others until "heal"; with each other they stay connected
  heal            connect all again
  add             add a validator by the votes of the others
  remove N        remove a validator by votes, and end it

With --engine besu nothing is started here: network/besu/ has all that Besu needs. --folder makes a network to try with Docker, --address,
once for each validator, a genesis file for these validators.

Exit codes: 0 done; status: blocks come. 1 it failed; status: the chain stands still. 2 wrong usage, or geth is missing.`;

/** Reads the command line. Ends the process for --help (0) and for wrong usage (2). */
export function readOptions(argv: readonly string[]): Options {
  const program = new Command("network")
    .usage("[start|status|stop|kill|cut|heal|add|remove] [N...] [options]")
    .description("A permissioned chain of several real validators on this machine, on the loopback interface alone.")
    .addArgument(new Argument("[action]").choices(actions).default("start"))
    .addArgument(new Argument("[validators...]", "their numbers").argParser(collect(wholeNumber)))
    .addOption(new Option("--engine <name>", "which client").choices(["geth", "besu"]).default("geth"))
    .option("--validators <count>", "of a new network (default: 4)", wholeNumber)
    .option("--folder <folder>", "where the network is (default: network-data)")
    .option(
      "--data <folder>",
      "a gateway's data folder: its keystore is made if there is none, and its accounts funded, or listed with --engine besu (default: HUFU_DATA, else ./data; a folder in the network's where that one's ledger is on another chain)",
    )
    .option(
      "--fund <address>",
      "fund this account in the genesis block, or list it with --engine besu; may be repeated",
      collect(address),
      [],
    )
    .option("--address <address>", "with --engine besu: a validator; once for each", collect(address), [])
    .option("--no-base-fee", "of a new network: blocks without a base fee, as GoQuorum's; a gas price of 0 is taken")
    .option("--chain-id <id>", "with --engine besu: of the genesis file", wholeNumber, BESU_CHAIN_ID)
    .option("--out <file>", "with --engine besu: where the genesis file is written (default: printed)")
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError));
  program.parse(argv, { from: "user" });
  const [action, numbers = []] = program.processedArgs as [Action, number[] | undefined]; // as: what the arguments' parsers give
  const options = { ...program.opts<Omit<Options, "action" | "numbers">>(), action, numbers };
  const problem = problemOf(options);
  if (problem !== undefined) program.error(`error: ${problem}`);
  return options;
}

function collect<T>(parse: (text: string) => T): (text: string, before: readonly T[] | undefined) => readonly T[] {
  return (text, before = []) => [...before, parse(text)];
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1 on.");
  return Number(text);
}

function address(text: string): Hex {
  if (!/^0x[0-9a-f]{40}$/i.test(text)) throw new InvalidArgumentError("It must be 0x and 40 hexadecimal digits.");
  return `0x${text.slice(2).toLowerCase()}`;
}
