import { resultOfAnswer } from "../result.ts";
import type { Found, Problem } from "../state.ts";
import { fingerprint } from "./fingerprint.ts";
import { NoAnswer, type Gateway } from "./gateway.ts";

/** What the verifier makes of the text of a file that calls itself one of its own. */
export interface FileReaders {
  readonly certificate: (text: string) => Promise<Found>;
  readonly trust: (text: string) => Promise<FileOutcome>;
}

export interface FileDeps extends FileReaders {
  /** null: offline, where no scan can be looked up */
  readonly gateway: Gateway | null;
  /** Whole percents while a file is hashed. */
  readonly progress: (percent: number) => void;
}

/** Something found, or a trust bundle that was offered: what came of that is told where trust bundles are shown. */
export type FileOutcome = Found | { readonly is: "trust" };

export const maxFileBytes = 512_000_000;
/** UTF-8 of the largest trust bundle or certificate that is read. */
const maxTextBytes = 8_000_000;

const problem = (problem: Problem): Found => ({ is: "problems", problems: [problem] });

/** The text of a JSON file, or of what looks like one; undefined: any other file. */
async function jsonText(file: File): Promise<string | undefined> {
  if (file.size > maxTextBytes) return undefined;
  const isNamedSo = /\.json$/i.test(file.name);
  const beginning = await file.slice(0, 64).text();
  return isNamedSo || /^\ufeff?\s*\{/.test(beginning) ? file.text() : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** By its member `format`, wherever that stands: a name or a value in it may be any text. */
function callsItself(format: string, text: string): boolean {
  return new RegExp(`"format"\\s*:\\s*"${format}"`).test(text);
}

async function recordFound(file: File, gateway: Gateway, progress: FileDeps["progress"]): Promise<Found> {
  const sha256 = await fingerprint(file, progress);
  const matches = await gateway.recordsWithFile(sha256);
  const [first] = matches;
  if (first === undefined) return { is: "no-match", by: "file", asked: file.name };
  if (matches.length > 1) return { is: "matches", by: "file", matches };
  const answer = await gateway.verify({ digest: first.digest });
  return { is: "result", result: resultOfAnswer(answer, first, { name: file.name, sha256 }) };
}

async function outcomeOf(file: File, deps: FileDeps): Promise<FileOutcome> {
  const text = await jsonText(file);
  if (text !== undefined && callsItself("hufu-trust", text)) return deps.trust(text);
  // JSON that cannot be read was meant to be a certificate: a scan is no JSON.
  if (text !== undefined && (callsItself("hufu-certificate", text) || !isJson(text))) return deps.certificate(text);
  if (deps.gateway === null) return problem({ code: "needs-gateway", field: "file" });
  return recordFound(file, deps.gateway, deps.progress);
}

/** What a file is: a certificate or a trust bundle, read here and sent nowhere; or a scan, hashed here and looked up by its hash. */
export async function verifyFile(file: File, deps: FileDeps): Promise<FileOutcome> {
  if (file.size > maxFileBytes) return problem({ code: "file-too-large", field: "file" });
  try {
    if (file.size === 0) return problem({ code: "file-empty", field: "file" });
    return await outcomeOf(file, deps);
  } catch (error) {
    if (error instanceof NoAnswer) return problem(error.problem);
    // What a browser throws for a file that was moved, or for a folder.
    if (error instanceof DOMException) return problem({ code: "file-unreadable", field: "file" });
    throw error;
  }
}
