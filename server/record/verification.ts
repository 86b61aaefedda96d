import { bytesToHex, hexToBytes, to0x } from "../../core/bytes.ts";
import { parseCertificate, type Certificate } from "../../core/certificate/certificate.ts";
import { HufuError } from "../../core/error.ts";
import { leafOf } from "../../core/ledger/leaf.ts";
import type { ChainAnswer, Unreachable } from "../../core/verify/chain-answer.ts";
import { check } from "../../core/verify/checks.ts";
import { reasonOf } from "../../core/verify/reason.ts";
import { kindNames, verdictOf, verdictOfEffect, type Verdict } from "../../core/verify/verdict.ts";
import { verifyCertificate, type Verification } from "../../core/verify/verify.ts";
import { agencyNames } from "../store/agencies.ts";
import { findByDigest, type RecordRow } from "../store/records.ts";
import { createAttemptLimit } from "./attempts.ts";
import { tellStatus, type CertificateDeps, type CertificateIssuer } from "./certificate.ts";
import { nodeHasher } from "./hashing.ts";
import { findHeld } from "./held.ts";
import type { LedgerReader } from "./ledger-reader.ts";
import { isoTime } from "./status-view.ts";
import { documentNumberOf, kindOf } from "./stored.ts";
import { answerOf, type VerificationAnswer } from "./verification-answer.ts";
import type { VerificationRequest } from "./verification-request.ts";
import type { Audience } from "./view.ts";

export interface Verifications {
  /** Every verdict is an answer. Throws INVALID_CERTIFICATE, and what `findHeld` throws. */
  verify(request: VerificationRequest): Promise<VerificationAnswer>;
}

export interface VerificationDeps extends CertificateDeps {
  certificates: CertificateIssuer;
  reader: LedgerReader;
}

export function createVerifications(deps: VerificationDeps): Verifications {
  const { db, kinds, keccak, progress } = deps;
  const limit = createAttemptLimit(deps.clock);

  async function verifyAndTell(certificate: Certificate, row: RecordRow | undefined): Promise<VerificationAnswer> {
    const chain = await askLedger(certificate, deps);
    const result = verifyCertificate({ certificate, kinds, keccak, chain, hasherOf: nodeHasher });
    return tell(row && result.verdict.code !== "altered" ? await enrich(result, row, deps) : result, row, deps);
  }

  /** A stored record is verified by its certificate, like anybody else's; one without is accepted so far. */
  async function verifyStored(row: RecordRow, audience: Audience): Promise<VerificationAnswer> {
    try {
      return byLawAlone(await verifyAndTell(await deps.certificates.issue(row, audience), row));
    } catch (error) {
      if (!(error instanceof HufuError) || error.code !== "NOT_ANCHORED") throw error;
      return tellAccepted(row, deps);
    }
  }

  function tellUnknown(digest?: string): VerificationAnswer {
    const { head } = progress();
    const verdict = verdictOf("unknown", { asOf: head, toldBy: "gateway" });
    return answerOf({ verdict, ...(digest !== undefined && { digest }) });
  }

  return {
    async verify(request) {
      if ("certificate" in request) {
        const certificate = parseCertificate(request.certificate);
        return verifyAndTell(certificate, await findByDigest(db, hexToBytes(certificate.digest)));
      }
      if ("digest" in request) {
        const row = await findByDigest(db, hexToBytes(request.digest));
        return row ? verifyStored(row, "public") : tellUnknown(request.digest);
      }
      const held = await findHeld(request.record, { db, kinds, limit });
      // Who holds all of the content is shown nothing new: so every disclosure takes part in the checks.
      if (held.found === "genuine") return verifyStored(held.row, "agency");
      if (held.found === "none") return tellUnknown();
      return answerOf({ verdict: verdictOf("altered"), checks: [check("digest", "INVALID", "DIGEST_DIFFERS")] });
    },
  };
}

/** Of a record that the gateway itself shows nobody held anything back: what is missing is what the law does not let it show. */
function byLawAlone(answer: VerificationAnswer): VerificationAnswer {
  if (answer.notShown === null) return answer;
  const { byHolder, byLaw } = answer.notShown;
  return { ...answer, notShown: { byHolder: [], byLaw: [...byHolder, ...byLaw] } };
}

/** A node that does not answer, or not with what was asked, says nothing of the record. */
async function askLedger({ batch, digest }: Certificate, deps: VerificationDeps): Promise<ChainAnswer | Unreachable> {
  const { chainId, genesisHash, address } = deps.ledger;
  try {
    const leaf = to0x(leafOf(batch.agency, batch.kind, digest, deps.keccak));
    return { ledger: { chainId, genesisHash, address }, ...(await deps.reader.read(batch.root, leaf, batch.agency)) };
  } catch (error) {
    if (error instanceof HufuError && error.code.startsWith("NODE_")) return "unreachable";
    throw error;
  }
}

/**
 * Adds what this gateway knows of a record of its own: its document's number, and why its status is what it is; of the reason the
 * core believes no certificate once a node was asked. The agency's name is the one that the node gave.
 */
async function enrich(result: Verification, row: RecordRow, deps: VerificationDeps): Promise<Verification> {
  const told = await tellStatus(row, deps);
  const names = await agencyNames(deps.db, told.actor === null ? [] : [told.actor]);
  const documentNumber = result.verdict.documentNumber ?? documentNumberOf(row, deps.kinds);
  const verdict: Verdict = { ...result.verdict, documentNumber };
  if (verdictOfEffect(told.effect) !== verdict.code) return { ...result, verdict };
  const { since, decisionDate } = told;
  const actor = told.actor === null ? null : { uscc: told.actor, name: names.get(told.actor) ?? null };
  const successor = told.effect === "SUPERSEDED" ? (told.successor ?? told.basis) : null;
  return { ...result, verdict: { ...verdict, since, reason: reasonOf(told.reason), decisionDate, actor, successor } };
}

function tell(result: Verification, row: RecordRow | undefined, { links }: VerificationDeps): VerificationAnswer {
  const { verdict, checks, kind, digest, hidden, unknown } = result;
  return answerOf({ verdict, checks, kind, digest, hidden, unknown, links: row ? links(digest) : null });
}

async function tellAccepted(row: RecordRow, { db, kinds, links }: VerificationDeps): Promise<VerificationAnswer> {
  const kind = kindOf(row, kinds);
  const names = await agencyNames(db, [row.agency]);
  const digest = bytesToHex(row.digest);
  const verdict = verdictOf("accepted", {
    agency: { uscc: row.agency, name: names.get(row.agency) ?? null },
    kind: kindNames(kind),
    documentNumber: documentNumberOf(row, kinds),
    acceptedAt: isoTime(row.accepted_at),
    toldBy: "gateway",
  });
  return answerOf({ verdict, kind: kind.kind, digest, links: links(digest) });
}
