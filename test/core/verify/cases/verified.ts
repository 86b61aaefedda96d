import { parseCertificate } from "../../../../core/certificate/certificate.ts";
import type { Verification } from "../../../../core/verify/verify.ts";
import { verify } from "../sample.ts";
import type { Case } from "./case.ts";
import { trustNamed } from "./trust.ts";

/** What comes of a case. */
export function verified({ certificate, trust = "qbft", now, maxAgeSeconds, seen }: Case): Verification {
  return verify(parseCertificate(certificate), {
    trusted: trust === null ? undefined : trustNamed(trust),
    ...(now !== undefined && { now }),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
    ...(seen !== undefined && { seen }),
  });
}
