import { readFileSync } from "node:fs";
import { HufuError } from "../core/error.ts";
import { textOf } from "../core/json/shape.ts";
import { createRpc } from "../server/chain/rpc.ts";
import { audit } from "./audit/audit.ts";
import { auditFault } from "./audit/fault.ts";
import type { AuditInput } from "./audit/input.ts";
import { readOptions, type Options } from "./audit/options.ts";
import { createPatientRpc } from "./audit/patient-rpc.ts";
import { createProgress } from "./audit/progress.ts";
import type { AuditReport } from "./audit/report.ts";
import { checkWritable, writeReport } from "./audit/report-file.ts";
import { sayReport } from "./audit/say-report.ts";
import { publicHex, readOrMakeKey, readPublicKey } from "./audit/signing/key.ts";
import { checkReport, signReport } from "./audit/signing/sign.ts";
import { parseTrust } from "./audit/trust.ts";

const exitCodes = { AGREES: 0, DIVERGES: 1, ERROR: 2 } as const;
const usageError = 2;
const interrupted = 130;

const say = (line: string): void => console.error(line);

async function main(options: Options): Promise<number> {
  if (options.check !== undefined) return check(options.check, options.publicKey);
  for (const file of [options.out, options.html]) if (file !== undefined) checkWritable(file);
  const key = options.key === undefined ? undefined : readOrMakeKey(options.key);
  if (key?.isNew === true) say(`[audit] made the key ${options.key}; its public key is ${publicHex(key.key)}`);
  const report = await audit(inputOf(options));
  if (report.error?.code === "INTERRUPTED") {
    say(report.error.message);
    return interrupted;
  }
  const isHanded = await hand(key === undefined ? report : signReport(report, key.key), options);
  return isHanded || report.outcome === "DIVERGES" ? exitCodes[report.outcome] : exitCodes.ERROR;
}

function inputOf(options: Options): AuditInput {
  const { rpc: url, trust, state, to, gateway, database } = options;
  if (url === undefined || trust === undefined)
    throw new HufuError("INVALID_REQUEST", "--rpc and --trust are needed; --help says more.");
  const clock = (): number => performance.now();
  const progress = createProgress(say, clock);
  const plain = createRpc({ url: () => url, timeoutMs: 1000 * options.timeout });
  return {
    rpc: createPatientRpc(plain, { tell: (sentence) => progress.say(sentence) }),
    trust: parseTrust(readText(trust)),
    progress,
    clock,
    now: () => new Date(),
    allHeaders: options.allHeaders === true,
    workers: options.workers,
    signal: signalOf(state),
    ...(state === undefined ? {} : { state }),
    ...(to === undefined ? {} : { to }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(database === undefined ? {} : { database }),
  };
}

/** Ctrl-C ends the audit between two steps, a second one at once. */
function signalOf(state: string | undefined): AbortSignal {
  const controller = new AbortController();
  const next =
    state === undefined
      ? "Nothing was kept: with --state FOLDER it could be gone on with."
      : "Run the same command again to go on from here.";
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(interrupted);
      say("[audit] ending; once more ends it at once");
      controller.abort(auditFault("INTERRUPTED", `The audit was interrupted. ${next}`));
    });
  }
  return controller.signal;
}

/** Prints the report, then writes the files that were asked for, so that a full disk hides nothing that was found; false where one was not written. */
async function hand(report: AuditReport, { json, out, html }: Options): Promise<boolean> {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  process.stdout.write(json === true ? text : `${sayReport(report)}\n`);
  const isOutWritten = out === undefined || isWritten(out, text);
  if (html === undefined) return isOutWritten;
  // What draws the plots is large, and most audits draw none.
  const { pageOf } = await import("./audit/page/page.ts");
  return isWritten(html, pageOf(report)) && isOutWritten;
}

function isWritten(file: string, text: string): boolean {
  try {
    writeReport(file, text);
    return true;
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    say(error.message);
    return false;
  }
}

function check(file: string, keyFile: string | undefined): number {
  const { isValid, publicKey, report } = checkReport(readText(file));
  const wanted = keyFile === undefined ? undefined : readPublicKey(keyFile);
  const outcome = `It says ${textOf(report["outcome"])}, made at ${textOf(report["madeAt"])}.`;
  if (!isValid) {
    console.log(`FORGED: the report was changed after it was signed, or the signature is not of the key ${publicKey}.`);
    return exitCodes.DIVERGES;
  }
  if (wanted !== undefined && wanted !== publicKey) {
    console.log(`ANOTHER SIGNER: the report is signed with the key ${publicKey}, and ${wanted} was wanted.`);
    return exitCodes.DIVERGES;
  }
  const whose = wanted === undefined ? " Whose key that is, this does not say: name it with --public-key." : "";
  console.log(`SIGNED: the report is as the holder of the key ${publicKey} signed it. ${outcome}${whose}`);
  return exitCodes.AGREES;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new HufuError("INVALID_REQUEST", `${file} cannot be read.`, { cause });
  }
}

try {
  // Answers that are still on their way are not waited for.
  process.exitCode = await main(readOptions(usageError));
  if (process.exitCode === interrupted) process.exit();
} catch (error) {
  // Even our own mistake is no finding: the exit code 1, which Node would give it, says that something differs.
  process.exitCode = usageError;
  console.error(error instanceof HufuError ? error.message : error);
}
