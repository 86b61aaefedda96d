import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { baseAddress, discreet, nodeAddress } from "../address-option.ts";
import { languages, type Language } from "../../core/messages/sentence.ts";
import { ageInSeconds } from "./age.ts";

/** What is asked of the command: parsed, and sound in itself. */
export interface Question {
  /** the certificate; `-` is standard input */
  readonly file: string;
  /** the trust bundle's file; null: the pinned one */
  readonly trust: string | null;
  /** takes a bundle of another ledger than the pinned one */
  readonly repin: boolean;
  readonly maxAgeSeconds: number | null;
  readonly renewal: RenewalSource | null;
  /** fields that the written certificate does not show */
  readonly hide: readonly string[];
  /** where a renewed or reduced certificate goes; null where none is made */
  readonly out: string | null;
  readonly force: boolean;
  /** the folder in which this verifier remembers what it met; null: it remembers nothing */
  readonly memory: string | null;
  readonly json: boolean;
  readonly languages: readonly Language[];
}

export interface RenewalSource {
  readonly from: "gateway" | "node";
  readonly url: string;
}

export const exitCodes = { genuine: 0, notGenuine: 1, couldNotCheck: 2, stale: 3 } as const;

const exitHelp = `
Exit codes:
  0  genuine: in force, annotated, ended, superseded or withdrawn, as the sentence says
  1  not genuine: altered, or not in the ledger of the trust bundle
  2  could not be checked: no trust bundle, one that is too old or another than the pinned one, two sealed headers of one height,
     a file that cannot be read, wrong usage
  3  stale: older than --max-age, or than the proof that it was to renew, or a newer status of the same record was met before

No network is used unless --renew asks for it. What was checked before is remembered in the memory folder: the pinned trust bundle,
the headers and the statuses that were met.`;

interface Flags {
  readonly trust?: string;
  readonly repin?: true;
  readonly maxAge?: number;
  readonly renew?: true;
  readonly gateway?: string;
  readonly rpc?: string;
  readonly hide?: readonly string[];
  readonly out?: string;
  readonly force?: true;
  readonly memory: string | false;
  readonly json?: true;
  readonly lang?: Language;
}

/** Reads the command line. Ends the process for --help (0) and for wrong usage (2). `memory` is the folder that is meant where none is named. */
export function readQuestion(argv: readonly string[], memory: string): Question {
  const program = new Command("verify")
    .description("Verifies a certificate by its own proof and a trust bundle, and asks nobody.")
    .argument("<file>", "the certificate, a JSON file; - reads standard input")
    .option("--trust <file>", "trust.json; the first one is pinned, later runs need none")
    .option("--repin", "take the trust bundle of --trust although it is of another ledger than the pinned one")
    .option("--max-age <age>", "the oldest proof that you accept: 30d, 12h, 90m or 3600s", age)
    .option("--renew", "fetch a proof as of now first, by --gateway or --rpc, and write the renewed certificate")
    .addOption(new Option("--gateway <url>", "a gateway that has the record").argParser(baseAddress).conflicts("rpc"))
    .addOption(new Option("--rpc <url>", "any node of the chain").argParser(nodeAddress))
    .option("--hide <fields>", "write the certificate without these fields, separated by commas", fields)
    .option("--out <file>", "where the renewed or reduced certificate goes: FILE.renewed.json or FILE.reduced.json")
    .option("--force", "overwrite the file of --out")
    .option("--memory <folder>", "where this verifier remembers what it met", memory)
    .option("--no-memory", "remember nothing, and notice nothing that only a memory can")
    .option("--json", "print one JSON document")
    .addOption(new Option("--lang <language>", "print one language alone").choices(languages))
    .addHelpText("after", exitHelp)
    .configureOutput(discreet)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCodes.couldNotCheck))
    .parse([...argv], { from: "user" });
  const wrong = (sentence: string): never => program.error(`error: ${sentence}`);
  return questionOf(program.args[0] ?? "", program.opts<Flags>(), wrong);
}

function questionOf(file: string, flags: Flags, wrong: (sentence: string) => never): Question {
  const { trust, maxAge, hide = [], out, memory, lang } = flags;
  const renewal = renewalOf(flags, wrong);
  const isMade = renewal !== null || hide.length > 0;
  if (!isMade && (out !== undefined || flags.force)) wrong("--out and --force go with --renew or --hide");
  if (flags.repin && trust === undefined) wrong("--repin goes with --trust");
  if (isMade && out === undefined && file === "-") wrong("a certificate from standard input needs --out");
  return {
    file,
    trust: trust ?? null,
    repin: flags.repin ?? false,
    maxAgeSeconds: maxAge ?? null,
    renewal,
    hide,
    out: isMade ? (out ?? `${file.replace(/\.json$/i, "")}.${renewal === null ? "reduced" : "renewed"}.json`) : null,
    force: flags.force ?? false,
    memory: memory === false ? null : memory,
    json: flags.json ?? false,
    languages: lang === undefined ? languages : [lang],
  };
}

function renewalOf({ renew, gateway, rpc }: Flags, wrong: (sentence: string) => never): RenewalSource | null {
  if (!renew && (gateway ?? rpc) !== undefined) wrong("--gateway and --rpc go with --renew");
  if (!renew) return null;
  if (gateway !== undefined) return { from: "gateway", url: gateway };
  return rpc === undefined ? wrong("--renew needs --gateway or --rpc") : { from: "node", url: rpc };
}

/** $XDG_STATE_HOME/hufu, by the XDG base directories, which do not count a relative path. */
export function ordinaryMemory(stateHome: string | undefined, home: string): string {
  return join(stateHome?.startsWith("/") ? stateHome : join(home, ".local", "state"), "hufu");
}

function age(text: string): number {
  const seconds = ageInSeconds(text);
  if (seconds !== undefined) return seconds;
  throw new InvalidArgumentError("It is a number and a unit: 30d, 12h, 90m or 3600s.");
}

function fields(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new InvalidArgumentError("It is names of fields, separated by commas.");
  return [...before, ...names];
}
