import { nobleHasher } from "../../core/hash.ts";
import { hideDisclosures } from "../../core/certificate/hide.ts";
import type { Certificate } from "../../core/certificate/certificate.ts";
import { penalty, penaltyKind } from "../core/verify/records.ts";
import { asOf, certificate as honest, type CertificateOptions } from "../core/verify/sample.ts";

/** Some minutes after the block that the samples' proofs are of. */
export const now = new Date(Date.parse(asOf.blockTime) + 300_000).toISOString();

/** Masked for the public. */
export const secretName = "林某某（虚构）";

/** A real certificate of the example penalty with a name that the public sees masked, showing what the public may see except the facts. */
export function certificateOf(options: CertificateOptions = {}): Certificate {
  const record = penalty({ legalRepName: secretName });
  const whole = honest({ record, ...options });
  return hideDisclosures(whole, new Set(["violationFacts"]), { kind: penaltyKind, hasher: nobleHasher("sha-256") });
}

export const certificate = certificateOf();

/** With one shown value changed: what a forger would do to a fine. */
export const altered: Certificate = {
  ...certificate,
  record: {
    ...certificate.record,
    disclosures: certificate.record.disclosures.map(([salt, name, value]) => [
      salt,
      name,
      name === "fineAmountWan" ? "0.050000" : value,
    ]),
  },
};

/** As a file that a citizen keeps. */
export function asFile(value: object, name = "虎符证书.json"): File {
  return new File([JSON.stringify(value)], name, { type: "application/json" });
}
