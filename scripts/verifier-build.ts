import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Command } from "commander";
import { HufuError } from "../core/error.ts";
import { nobleKeccak } from "../core/ledger/keccak.ts";
import { nobleRecover } from "../core/proofs/signature.ts";
import { followTrust } from "../core/trust/anchor.ts";
import { parseTrustText, type TrustBundle } from "../core/trust/bundle.ts";
import { verifierPage } from "./verifier/page.ts";
import { readText } from "./verify/read-text.ts";

const exitCodes = { made: 0, unusable: 2 } as const;
const ordinaryOut = join(import.meta.dirname, "..", "build", "verifier", "hufu-verifier.html");

/** UTF-8 of the largest trust bundle that is read. */
const maxTrustBytes = 16 * 1024 * 1024;

interface Options {
  readonly trust?: string;
  readonly out: string;
  readonly json?: true;
}

const exitHelp = `
The file works from a disk, without any network: drop a certificate on it, and a trust bundle unless one is built in. The same
sources and the same bundle give the same bytes: publish the SHA-256 that is printed, so that others can compare it.

Exit codes:
  0  the file was written
  2  it was not: a trust bundle that cannot be used, a file that cannot be written, wrong usage`;

function readOptions(argv: readonly string[]): Options {
  return new Command("build:verifier")
    .description("Makes the offline verifier: one HTML file that verifies certificates.")
    .option("--trust <file>", "a trust bundle to build in; - reads standard input")
    .option("--out <file>", "where the verifier goes", ordinaryOut)
    .option("--json", "print one JSON document")
    .addHelpText("after", exitHelp)
    .allowExcessArguments(false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCodes.made : exitCodes.unusable))
    .parse([...argv], { from: "user" })
    .opts<Options>();
}

/** The bundle, which must hold by itself: nobody should find that out on their disk. */
async function readTrust(file: string): Promise<TrustBundle> {
  try {
    const bundle = parseTrustText(await readText(file, maxTrustBytes));
    followTrust(bundle, { keccak: nobleKeccak, recover: nobleRecover });
    return bundle;
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    const { code, faults, message } = error;
    throw new HufuError(code, `${file} is no trust bundle that can be built in: ${message}`, { faults, cause: error });
  }
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (cause) {
    throw new HufuError("INVALID_REQUEST", `${file} cannot be written.`, { cause });
  }
}

async function make({ trust: from, out, json }: Options): Promise<void> {
  const trust = from === undefined ? null : await readTrust(from);
  const text = await verifierPage(trust);
  write(out, text);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const fingerprint = trust?.fingerprint ?? null;
  const bytes = Buffer.byteLength(text);
  console.log(json ? JSON.stringify({ file: out, bytes, sha256, fingerprint }, null, 2) : inWords());

  function inWords(): string {
    const built = fingerprint && `Trust bundle built in: ${fingerprint.words["zh-CN"]} (${fingerprint.words.en})`;
    return [
      `${relative(process.cwd(), out)}: ${bytes} bytes, SHA-256 ${sha256}`,
      built ?? "No trust bundle is built in: whoever uses it brings one.",
    ].join("\n");
  }
}

try {
  await make(readOptions(process.argv.slice(2)));
} catch (error) {
  process.exitCode = exitCodes.unusable;
  console.error(error instanceof HufuError ? error.message : error);
}
