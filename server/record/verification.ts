import { bytesToHex, hexToBytes } from "../../core/bytes.ts";
import { parseCertificate, type Certificate } from "../../core/certificate/certificate.ts";
import { renewed } from "../../core/certificate/renew.ts";
import { HufuError } from "../../core/error.ts";
import type { Recover } from "../../core/proofs/signature.ts";
import { check } from "../../core/verify/checks.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import { isGenuine, verdictOf } from "../../core/verify/verdict.ts";
import { verifyCertificate, type Verification } from "../../core/verify/verify.ts";
import { findByDigest, type RecordRow } from "../store/records.ts";
import { findAnchored } from "./anchored.ts";
import { createAttemptLimit } from "./attempts.ts";
import type { CertificateDeps, CertificateIssuer } from "./certificate.ts";
import { nodeHasher } from "./hashing.ts";
import { findHeld } from "./held.ts";
import { renewalByNode } from "./renewal-by-node.ts";
import { answerOf, type VerificationAnswer } from "./verification-answer.ts";
import type { VerificationRequest } from "./verification-request.ts";
import { byLawAlone, tell, tellAccepted, tellUnreachable } from "./verification-telling.ts";
import type { Audience, ViewDeps } from "./view.ts";

export interface Verifications {
  /** Every verdict is an answer. Throws INVALID_CERTIFICATE, and what `findHeld` throws. */
  verify(request: VerificationRequest): Promise<VerificationAnswer>;
}

export interface VerificationDeps extends CertificateDeps, Pick<ViewDeps, "links" | "progress"> {
  readonly certificates: CertificateIssuer;
  /** what the gateway itself believes */
  readonly trusted: () => Promise<Trusted>;
  readonly recover: Recover;
}

export function createVerifications(deps: VerificationDeps): Verifications {
  const { db, kinds, progress } = deps;
  const limit = createAttemptLimit(deps.clock);

  /** A stored record is verified by its certificate, like anybody else's; one without is accepted so far. */
  async function verifyStored(row: RecordRow, audience: Audience): Promise<VerificationAnswer> {
    try {
      const result = await verifyNow(await deps.certificates.issue(row, audience), deps);
      return isNodesFault(result) ? tellUnreachable(row, deps) : byLawAlone(tell(result, row, deps));
    } catch (error) {
      if (isOf(error, "NOT_ANCHORED")) return tellAccepted(row, deps);
      if (isOf(error, "NODE_")) return tellUnreachable(row, deps);
      throw error;
    }
  }

  /** What holds is renewed first: the answer is as of now, whenever the certificate was issued; or as of its own block, where the node has not come so far. */
  async function verifyGiven(certificate: Certificate): Promise<VerificationAnswer> {
    const row = await findByDigest(db, hexToBytes(certificate.record.digest));
    const asItStands = await verifyNow(certificate, deps);
    if (asItStands.checks.some(({ outcome }) => outcome === "INVALID")) return tell(asItStands, row, deps);
    try {
      const result = await verifyNow(await renew(certificate, row, deps), deps);
      if (isNodesFault(result)) return tell(notRenewed(asItStands), row, deps);
      return tell(isOlder(result, asItStands) ? asItStands : result, row, deps);
    } catch (error) {
      if (row && isOf(error, "NOT_ANCHORED"))
        return isGenuine(asItStands.verdict.code) ? tell(asItStands, row, deps) : tellAccepted(row, deps);
      if (isOf(error, "NODE_")) return tell(notRenewed(asItStands), row, deps);
      throw error;
    }
  }

  function tellUnknown(digest?: string): VerificationAnswer {
    const { head } = progress();
    const verdict = verdictOf("unknown", { asOf: head, toldBy: "gateway" });
    return answerOf({ verdict, ...(digest !== undefined && { digest }) });
  }

  return {
    async verify(request) {
      if ("certificate" in request) return verifyGiven(parseCertificate(request.certificate));
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

async function verifyNow(certificate: Certificate, deps: VerificationDeps): Promise<Verification> {
  const { kinds, keccak, recover } = deps;
  const trusted = await deps.trusted().catch((error: unknown) => {
    // A node that does not tell what the bundle is made of leaves the gateway without one.
    if (isOf(error, "NODE_")) return undefined;
    throw error;
  });
  return verifyCertificate({ certificate, kinds, keccak, recover, trusted, hasherOf: nodeHasher });
}

/** The certificate as of the newest block: by the store where its record is here, else by the node alone. */
async function renew(
  certificate: Certificate,
  row: RecordRow | undefined,
  deps: VerificationDeps,
): Promise<Certificate> {
  const anchored = row && (await findAnchored(deps.db, row));
  // The same record may stand in a batch that somebody else anchored.
  const isHere = anchored && bytesToHex(anchored.stage.root) === certificate.record.batch.root.slice(2);
  const renewal = isHere ? await deps.certificates.renew(anchored.row) : await renewalByNode(certificate, deps);
  return renewal === null ? certificate : renewed(certificate, renewal);
}

/** Whether it is of an earlier block than the other: then it says less of today. */
function isOlder({ asOf }: Verification, { asOf: other }: Verification): boolean {
  return asOf !== null && other !== null && asOf.blockNumber < other.blockNumber;
}

/** Of what the gateway has just put together, the block and its seals are the node's alone: where they are none, nobody altered the record. */
function isNodesFault({ checks }: Verification): boolean {
  return checks.some(({ id, outcome }) => outcome === "INVALID" && (id === "seals" || id === "trust"));
}

/** A certificate that holds, while the node that could say how things are now does not answer. */
function notRenewed(result: Verification): Verification {
  const unreachable = check("freshness", "ERROR", "NODE_UNREACHABLE");
  return {
    ...result,
    verdict: verdictOf("unreachable", { asOf: result.asOf, cause: "NODE_UNREACHABLE" }),
    checks: [...result.checks.filter(({ id }) => id !== "freshness"), unreachable],
    unknown: [],
  };
}

/** Whether the error's code is `code`, or begins with it. */
function isOf(error: unknown, code: "NOT_ANCHORED" | "NODE_"): boolean {
  return error instanceof HufuError && error.code.startsWith(code);
}
