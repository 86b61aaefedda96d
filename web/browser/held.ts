import type { Certificate } from "../../core/certificate/certificate.ts";
import { nobleHasher } from "../../core/hash.ts";
import { hideDisclosures } from "../../core/certificate/hide.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import { agencyName } from "../../core/trust/agency-name.ts";
import type { Former } from "../../core/verify/former.ts";
import type { Seen } from "../../core/verify/seen.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import { verifyCertificate, type Verification } from "../../core/verify/verify.ts";
import type { CertificateFound } from "../certificate-result.ts";
import type { CertificateDesk, MaxAge } from "../desk.ts";
import { hideableOf } from "./hideable.ts";

/** A certificate on the desk, verified as of now. */
export interface Held {
  readonly certificate: Certificate;
  readonly verification: Verification;
  readonly origin: CertificateDesk["origin"];
}

/** What a verdict rests on besides the file. */
export interface Grounds extends SignatureTools {
  readonly kinds: KindRegistry;
  readonly trusted: Trusted | null;
  readonly seen: Seen;
  /** ISO UTC */
  readonly now: string;
  readonly maxAge: MaxAge;
}

const day = 24 * 60 * 60;
const seconds: Readonly<Record<MaxAge, number | null>> = { day, month: 30 * day, any: null };

/** `former`: what the certificate was found to be with the proof that this one takes the place of. */
export function hold(certificate: Certificate, origin: Held["origin"], grounds: Grounds, former?: Former): Held {
  const { trusted, now, maxAge, ...rest } = grounds;
  const maxAgeSeconds = seconds[maxAge];
  const age = maxAgeSeconds === null ? {} : { maxAgeSeconds };
  const verification = verifyCertificate({ ...rest, ...age, now, certificate, former, trusted: trusted ?? undefined });
  return { certificate, verification, origin };
}

/** The certificate without these disclosures; undefined where its kind is not known, and so its places are not. */
export function reduced(
  { certificate }: Held,
  names: ReadonlySet<string>,
  kinds: KindRegistry,
): Certificate | undefined {
  const { kind: name, schemaVersion, algorithm } = certificate.record.header;
  const kind = kinds.byName(name, schemaVersion);
  return kind && hideDisclosures(certificate, names, { kind, hasher: nobleHasher(algorithm) });
}

/** What the page makes its result of. Of an altered certificate nothing is left to hide. */
export function foundOf(
  { certificate, verification, origin }: Held,
  { kinds, trusted, maxAge }: Pick<Grounds, "kinds" | "trusted" | "maxAge">,
  { renewal, isNothingChosen }: Pick<CertificateDesk, "renewal" | "isNothingChosen">,
): CertificateFound {
  const { header } = certificate.record;
  const isSound = verification.verdict.code !== "altered";
  const kind = kinds.byName(header.kind, header.schemaVersion);
  return {
    verification,
    links: certificate.links,
    kind,
    nameOf: (uscc) => agencyName(trusted?.bundle, uscc),
    desk: {
      maxAge,
      trust: trusted && { words: trusted.bundle.fingerprint.words, broughtBy: trusted.broughtBy },
      hideable: isSound && kind !== undefined ? hideableOf(certificate) : [],
      isNothingChosen,
      origin,
      renewal,
      conflict: verification.conflict,
    },
  };
}
