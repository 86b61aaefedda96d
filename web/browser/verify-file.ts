import { HufuError } from "../../core/error.ts";
import { parseJson } from "../../core/json/parse.ts";
import { parseCertificate, type Certificate } from "../../core/certificate/certificate.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { verifyCertificate } from "../../core/verify/verify.ts";
import { isAltered, resultOfCertificate, type Told } from "../certificate-result.ts";
import { resultOfAnswer } from "../result.ts";
import type { Found, Problem } from "../state.ts";
import { fingerprint } from "./fingerprint.ts";
import { NoAnswer, type Gateway } from "./gateway.ts";

export interface FileDeps {
  readonly gateway: Gateway;
  readonly kinds: KindRegistry;
  readonly keccak: Keccak;
  /** Whole percents while a file is hashed. */
  readonly progress: (percent: number) => void;
}

export const maxFileBytes = 512_000_000;
const maxCertificateBytes = 1_000_000;

const problem = (problem: Problem): Found => ({ is: "problems", problems: [problem] });

/** Text of what may be a certificate: a JSON file, or text that calls itself one. Undefined: any other file. */
async function certificateText(file: File): Promise<string | undefined> {
  if (file.size > maxCertificateBytes) return undefined;
  const text = await file.text();
  if (text.trimStart().startsWith("{") && text.includes('"hufu-certificate"')) return text;
  return /\.json$/i.test(file.name) && !isJson(text) ? text : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readCertificate(text: string): Certificate | Problem {
  try {
    return parseCertificate(parseJson(text));
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    const pointer = error.faults[0]?.pointer;
    return { code: "certificate-unreadable", field: "file", ...(pointer ? { detail: pointer } : {}) };
  }
}

/**
 * Asks for the state of today. The gateway gets header, commitments, path and anchor, which say nothing of the content: the
 * disclosures stay here. A gateway without an answer is no verdict: null.
 */
async function askAbout(certificate: Certificate, gateway: Gateway): Promise<Told | null> {
  try {
    const answer = await gateway.verify({ certificate: { ...certificate, disclosures: [] } });
    return { answer, record: await gateway.record(certificate.digest) };
  } catch (error) {
    if (error instanceof NoAnswer) return null;
    throw error;
  }
}

async function certificateFound(text: string, deps: FileDeps): Promise<Found> {
  const certificate = readCertificate(text);
  if ("code" in certificate) return problem(certificate);
  const own = verifyCertificate({ certificate, kinds: deps.kinds, keccak: deps.keccak });
  const kind = deps.kinds.byName(certificate.header.kind, certificate.header.schemaVersion);
  const told = isAltered(own) ? null : await askAbout(certificate, deps.gateway);
  return { is: "result", result: resultOfCertificate(certificate, own, told, kind) };
}

async function recordFound(file: File, deps: FileDeps): Promise<Found> {
  const sha256 = await fingerprint(file, deps.progress);
  const matches = await deps.gateway.recordsWithFile(sha256);
  const [first] = matches;
  if (first === undefined) return { is: "no-match", by: "file", asked: file.name };
  if (matches.length > 1) return { is: "matches", by: "file", matches };
  const answer = await deps.gateway.verify({ digest: first.digest });
  return { is: "result", result: resultOfAnswer(answer, first, { name: file.name, sha256 }) };
}

/** What a file is: a certificate, verified here and then asked about; or a scan, hashed here and looked up by its hash. */
export async function verifyFile(file: File, deps: FileDeps): Promise<Found> {
  if (file.size > maxFileBytes) return problem({ code: "file-too-large", field: "file" });
  try {
    if (file.size === 0) return problem({ code: "file-empty", field: "file" });
    const text = await certificateText(file);
    return text === undefined ? await recordFound(file, deps) : await certificateFound(text, deps);
  } catch (error) {
    if (error instanceof NoAnswer) return problem(error.problem);
    // What a browser throws for a file that was moved, or for a folder.
    if (error instanceof DOMException) return problem({ code: "file-unreadable", field: "file" });
    throw error;
  }
}
