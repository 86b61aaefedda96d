import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { HufuError } from "../core/error.ts";
import { createRpc } from "../server/chain/rpc.ts";
import { audit, type AuditInput } from "./audit/audit.ts";
import { createPatientRpc } from "./audit/patient-rpc.ts";
import { sayReport } from "./audit/say-report.ts";
import { createProgress } from "./audit/progress.ts";
import { parseTrust } from "./audit/trust.ts";

const exitCodes = { AGREES: 0, DIVERGES: 1, ERROR: 2 } as const;
const usageError = 2;
const rpcTimeoutMs = 120_000;

interface Options {
  readonly rpc: string;
  readonly trust: string;
  readonly gateway?: string;
  readonly database?: string;
  readonly from?: number;
  readonly to?: number;
  readonly json?: true;
}

const program = new Command("audit")
  .description(
    "Replays a ledger from its first block and compares it with the chain's state, and with a gateway or its database if you name them.",
  )
  .requiredOption("--rpc <url>", "JSON-RPC address of a node; nothing is taken on its word that can be computed", url)
  .requiredOption(
    "--trust <file>",
    "trust.json: chain, contracts and code hashes, as published (a gateway's GET /v1/trust)",
  )
  .option("--gateway <url>", "compare every record of the chain with what this gateway shows", url)
  .option("--database <file>", "compare every row of this gateway's SQLite file, which is only read")
  .option("--from <block>", "begin at this block instead of the deployment", block)
  .option("--to <block>", "end at this block instead of the newest one", block)
  .option("--json", "print the report as one JSON document")
  .addHelpText(
    "after",
    "\nExit codes: 0 all agrees, 1 something differs (the first difference is named), 2 wrong usage or could not be checked.",
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError));

function url(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new InvalidArgumentError("It must be an http or https address.");
  return text.replace(/\/+$/, "");
}

function block(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It must be a block's number.");
  return Number(text);
}

function inputOf({ rpc, trust, gateway, database, from, to }: Options): AuditInput {
  return {
    rpc: createPatientRpc(createRpc({ url: () => rpc, timeoutMs: rpcTimeoutMs })),
    trust: parseTrust(readText(trust)),
    progress: createProgress(
      (line) => console.error(line),
      () => performance.now(),
    ),
    clock: () => performance.now(),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(database === undefined ? {} : { database }),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new HufuError("INVALID_REQUEST", `${file} cannot be read.`, { cause });
  }
}

try {
  const options = program.parse().opts<Options>();
  const report = await audit(inputOf(options));
  console.log(options.json === true ? JSON.stringify(report, null, 2) : sayReport(report));
  process.exitCode = exitCodes[report.outcome];
} catch (error) {
  if (!(error instanceof HufuError)) throw error;
  console.error(error.message);
  process.exitCode = usageError;
}
