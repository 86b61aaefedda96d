import { existsSync } from "node:fs";
import { MAX_CERTIFICATE, parseCertificate, type Certificate } from "../../core/certificate/certificate.ts";
import { HufuError } from "../../core/error.ts";
import { parseJson } from "../../core/json/parse.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { createKeccak } from "../../core/ledger/keccak.ts";
import { nobleRecover, type SignatureTools } from "../../core/proofs/signature.ts";
import { MAX_TRUST } from "../../core/trust/bundle.ts";
import { nothingSeen, withSeen, type Seen } from "../../core/verify/seen.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import { isGenuine, type VerdictCode } from "../../core/verify/verdict.ts";
import { verifyCertificate, type Verification, type VerifyInput } from "../../core/verify/verify.ts";
import { replaceFile } from "../../server/chain/replace-file.ts";
import { hideFields } from "./hide.ts";
import { openMemory, type Memory } from "./memory.ts";
import { exitCodes, type Question } from "./question.ts";
import { readText } from "./read-text.ts";
import type { Remark } from "./remark.ts";
import { remarksOnRenewal, renewCertificate } from "./renew.ts";
import { chooseTrust } from "./trust-choice.ts";

/** What came of a question. */
export interface Finding {
  readonly verification: Verification;
  readonly trusted: Trusted | undefined;
  readonly remarks: readonly Remark[];
  readonly exitCode: number;
}

/**
 * Verifies what was asked, and remembers it. `now` is ISO UTC. Throws a HufuError for what cannot be read, asked or written: then nothing
 * was found out about the certificate.
 */
export async function run(question: Question, now: string): Promise<Finding> {
  const remarks: Remark[] = [];
  const tell = (remark: Remark): void => void remarks.push(remark);
  const tools: SignatureTools = { keccak: await createKeccak(), recover: nobleRecover };
  refuseToOverwrite(question);
  const held = parseCertificate(parseJson(await readText(question.file, 4 * MAX_CERTIFICATE)));
  const given = question.trust === null ? null : await readTrust(question.trust);
  const memory = question.memory === null ? null : openMemory(question.memory, tell);
  const trusted = chooseTrust({ ...tools, given, memory, repin: question.repin, tell });

  function verifyAndRemember(
    certificate: Certificate,
    more: Pick<VerifyInput, "former" | "maxAgeSeconds">,
  ): Verification {
    const seen = memory === null ? nothingSeen : memory.alone(() => memory.seen());
    const found = verifyCertificate({ ...tools, ...more, certificate, kinds: builtInKinds, trusted, seen, now });
    if (memory !== null) remember(found, memory, tell);
    return found;
  }

  const { renewal, hide, maxAgeSeconds } = question;
  const reduced = hide.length === 0 ? held : hideFields(held, hide, builtInKinds);
  // Without a memory, too, a proof must hold against the one whose place it takes.
  const former = renewal === null ? undefined : verifyAndRemember(held, {});
  // Two blocks of one height are told whether or not anybody can be asked.
  if (former?.conflict) {
    if (question.out !== null) tell({ code: "NOT_WRITTEN", params: { file: question.out } });
    return { verification: former, trusted, remarks, exitCode: exitCodeOf(former.verdict.code) };
  }
  const certificate =
    renewal === null
      ? reduced
      : await renewCertificate(reduced, renewal, { kinds: builtInKinds, keccak: tools.keccak, trusted });
  const verification = verifyAndRemember(certificate, { former, ...(maxAgeSeconds === null ? {} : { maxAgeSeconds }) });
  if (renewal !== null) remarks.push(...remarksOnRenewal(renewal, [reduced, certificate], verification));
  if (question.out !== null) write(certificate, question.out, verification, question, tell);
  return { verification, trusted, remarks, exitCode: exitCodeOf(verification.verdict.code) };
}

async function readTrust(file: string): Promise<{ file: string; text: string }> {
  return { file, text: await readText(file, 4 * MAX_TRUST) };
}

/** What is met counts from the next run on, also where another verifier has written meanwhile. */
function remember({ met, conflict }: Verification, memory: Memory, tell: (remark: Remark) => void): void {
  memory.alone(() => {
    if (conflict !== null) {
      const { consensus } = conflict;
      tell({ code: "CONFLICT_KEPT", params: { file: memory.keepConflict(conflict), consensus } });
    }
    if (met === null) return;
    const before = memory.seen();
    const after = withSeen(before, met);
    if (!isSame(before, after)) memory.remember(after);
  });
}

function isSame(one: Seen, other: Seen): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A renewed certificate is handed on only where it is genuine; one with less in it also where it could not be checked. */
function write(
  certificate: Certificate,
  file: string,
  { verdict, checks }: Verification,
  question: Question,
  tell: (remark: Remark) => void,
): void {
  const passes =
    question.renewal === null ? checks.every(({ outcome }) => outcome !== "INVALID") : isGenuine(verdict.code);
  if (!passes) {
    tell({ code: "NOT_WRITTEN", params: { file } });
    return;
  }
  refuseToOverwrite(question);
  try {
    replaceFile(file, `${JSON.stringify(certificate, null, 2)}\n`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HufuError("INVALID_REQUEST", `${file} cannot be written: ${why}.`, { cause });
  }
  tell({ code: "WRITTEN", params: { file } });
}

function refuseToOverwrite({ out, force }: Question): void {
  if (out !== null && !force && existsSync(out))
    throw new HufuError("INVALID_REQUEST", `${out} is there already: name another file with --out, or say --force.`);
}

function exitCodeOf(code: VerdictCode): number {
  if (isGenuine(code)) return exitCodes.genuine;
  if (code === "altered" || code === "unknown") return exitCodes.notGenuine;
  return code === "stale" ? exitCodes.stale : exitCodes.couldNotCheck;
}
