import type { Certificate } from "../certificate/certificate.ts";
import { nobleHasher, type Hasher, type HashAlgorithm } from "../hash.ts";
import type { JsonValue } from "../json/parse.ts";
import type { Kind } from "../kinds/kind.ts";
import { documentNumberField, type KindRegistry } from "../kinds/registry.ts";
import type { Keccak } from "../ledger/keccak.ts";
import { checkBatch } from "./batch.ts";
import type { ChainAnswer, Unreachable } from "./chain-answer.ts";
import { check, type Check } from "./checks.ts";
import { checkDigest } from "./digest.ts";
import { checkDisclosures } from "./disclosures.ts";
import { judge } from "./judge.ts";
import { checkPath } from "./path.ts";
import { checkSchema } from "./schema.ts";
import { hiddenFields, shownFiles, shownViews, shownWhole, type Hidden, type Shown } from "./shown.ts";
import { checkStatus } from "./status.ts";
import { unknownsOf, type Unknown } from "./unknowns.ts";
import type { NamedAgency, Verdict } from "./verdict.ts";

export type { ChainAnswer, Unreachable } from "./chain-answer.ts";
export type { Check, Outcome } from "./checks.ts";

/** What came of verifying a certificate. */
export interface Verification {
  readonly verdict: Verdict;
  /** every check, in its order */
  readonly checks: readonly Check[];
  readonly digest: string;
  readonly asOf: Verdict["asOf"];
  readonly agency: NamedAgency;
  /** as the header has it */
  readonly kind: string;
  readonly documentNumber: string | null;
  /** what the holder shows: whole values, public views where only they are shown; nothing where the record was altered or its kind is not known */
  readonly shown: Shown;
  readonly files: readonly JsonValue[];
  readonly hidden: Hidden;
  readonly unknown: readonly Unknown[];
}

export interface VerifyInput {
  /** parsed: its type is closed and its sizes are bounded, and nothing in it is trusted */
  readonly certificate: Certificate;
  readonly kinds: KindRegistry;
  readonly keccak: Keccak;
  /** what the ledger says; left out where nobody was asked */
  readonly chain?: ChainAnswer | Unreachable;
  /** a faster hasher than the one in plain JavaScript */
  readonly hasherOf?: (algorithm: HashAlgorithm) => Hasher;
}

/** Verifies a certificate of version 0. Pure: the same checks run in the page, the gateway and the auditor. */
export function verifyCertificate(input: VerifyInput): Verification {
  const { certificate, kinds, keccak, chain, hasherOf = nobleHasher } = input;
  const { header } = certificate;
  const kind = kinds.byName(header.kind, header.schemaVersion);
  const hasher = hasherOf(header.algorithm);

  const own: Check[] = [
    checkDisclosures(certificate, kind, hasher),
    checkSchema(certificate, kind, hasher),
    checkDigest(certificate, hasher),
    checkPath(certificate, kind, keccak),
  ];
  const ledger: Check[] = [checkBatch(certificate, chain), checkStatus(certificate, chain, keccak)];
  const laterVersions: Check[] = [
    check("state-proof", "SKIPPED", "NOT_IN_VERSION_0"),
    check("seals", "SKIPPED", "NOT_IN_VERSION_0"),
    check("trust", "SKIPPED", "NOT_IN_VERSION_0"),
  ];

  const checks = [...own, ...ledger, ...laterVersions];
  const answer = chain === "unreachable" ? undefined : chain;
  return report(
    certificate,
    kind,
    checks,
    judge({ certificate, kind, checks, chain: answer, documentNumber: documentNumberOf(certificate, kind) }),
  );
}

function report(
  certificate: Certificate,
  kind: Kind | undefined,
  checks: readonly Check[],
  verdict: Verdict,
): Verification {
  // Of a kind that is not known here nothing that is shown was held against its commitment.
  const isSound = verdict.code !== "altered" && kind !== undefined;
  const hidden = kind === undefined ? { byHolder: [], byLaw: [] } : hiddenFields(certificate, kind);
  const isWhole =
    kind !== undefined &&
    kind.fields.every(({ name }) => certificate.disclosures.some((item) => item[1] === name)) &&
    shownFiles(certificate).length === certificate.header.files.length;
  return {
    verdict,
    checks,
    digest: certificate.digest,
    asOf: verdict.asOf,
    agency: verdict.agency ?? { uscc: certificate.header.agency, name: null },
    kind: certificate.header.kind,
    documentNumber: isSound ? documentNumberOf(certificate, kind) : null,
    shown: isSound ? { ...shownViews(certificate), ...shownWhole(certificate) } : {},
    files: isSound ? shownFiles(certificate) : [],
    hidden,
    unknown: unknownsOf(verdict, isWhole),
  };
}

function documentNumberOf(certificate: Certificate, kind: Kind | undefined): string | null {
  const field = kind === undefined ? null : documentNumberField(kind);
  const value = field === null ? undefined : shownWhole(certificate)[field];
  return typeof value === "string" ? value : null;
}
