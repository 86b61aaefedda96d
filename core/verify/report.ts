import type { Certificate, CertifiedRecord } from "../certificate/certificate.ts";
import type { HashAlgorithm, Hasher } from "../hash.ts";
import type { Kind } from "../kinds/kind.ts";
import { documentNumberField, type KindRegistry } from "../kinds/registry.ts";
import type { BlockHeader } from "../proofs/header.ts";
import type { SignatureTools } from "../proofs/signature.ts";
import { agencyName } from "../trust/agency-name.ts";
import type { Check } from "./checks.ts";
import type { Former } from "./former.ts";
import { judge } from "./judge.ts";
import type { SealsFound } from "./seals.ts";
import type { HeaderConflict, Seen, SeenHeader, SeenStatus } from "./seen.ts";
import { hiddenFields, shownFiles, shownViews, shownWhole, type Hidden, type Shown } from "./shown.ts";
import type { Step } from "./steps.ts";
import type { Trusted } from "./trusted.ts";
import { unknownsOf, type Unknown } from "./unknowns.ts";
import { kindNames, type NamedAgency, type Verdict } from "./verdict.ts";
import type { Standing, Walk } from "./walk.ts";

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
  /** how the record stands, then what took its place; empty where nothing is proven */
  readonly standings: readonly Standing[];
  /** what the holder shows: whole values, public views where only they are shown; nothing where the record was altered or its kind is not known */
  readonly shown: Shown;
  /** by the names of their disclosures */
  readonly files: Shown;
  readonly hidden: Hidden;
  readonly unknown: readonly Unknown[];
  /** what a verifier that keeps what it has seen adds to it; null where nothing was properly sealed */
  readonly met: { readonly header: SeenHeader; readonly statuses: readonly SeenStatus[] } | null;
  /** two sealed headers of one height */
  readonly conflict: HeaderConflict | null;
}

export interface VerifyInput extends SignatureTools {
  /** parsed: its type is closed and its sizes are bounded, and nothing in it is trusted */
  readonly certificate: Certificate;
  readonly kinds: KindRegistry;
  /** left out where there is no bundle: then nothing of the ledger can be checked */
  readonly trusted: Trusted | undefined;
  /** a faster hasher than the one in plain JavaScript */
  readonly hasherOf?: (algorithm: HashAlgorithm) => Hasher;
  /** what this verifier has met before */
  readonly seen?: Seen;
  /** where this one has a new proof: what came of verifying the certificate with the proof before */
  readonly former?: Former | undefined;
  /** ISO UTC */
  readonly now?: string;
  /** seconds: the oldest proof that whoever relies on it accepts */
  readonly maxAgeSeconds?: number;
}

/** What the checks found, from which the report is made. */
export interface Findings {
  readonly input: VerifyInput;
  readonly kind: Kind | undefined;
  readonly checks: readonly Check[];
  readonly header: BlockHeader | Check;
  readonly walked: Walk;
  readonly seals: SealsFound;
  readonly steps: readonly Step[] | undefined;
  readonly statuses: readonly SeenStatus[];
}

/** The verdict, with everything that a reader of it may want to know. */
export function report(findings: Findings): Verification {
  const { input, kind, checks, seals, walked, statuses } = findings;
  const { record } = input.certificate;
  const files = shownFiles(record);
  const verdict = judge({
    checks,
    standings: walked.standings,
    known: knownOf(findings),
    nameOf: (agency) => nameOf(input.trusted, agency),
  });
  // Of a kind that is not known here nothing that is shown was held against its commitment.
  const isSound = verdict.code !== "altered" && kind !== undefined;
  const failed = checks.filter(({ outcome }) => outcome === "INVALID" || outcome === "ERROR");
  const isProven = failed.length === 0;
  // A proof proves that its block was sealed, whatever the clock says of it.
  const isSealed = failed.every(({ id }) => id === "freshness");
  return {
    verdict,
    checks,
    digest: record.digest,
    asOf: verdict.asOf,
    agency: verdict.agency ?? { uscc: record.header.agency, name: nameOf(input.trusted, record.header.agency) },
    kind: record.header.kind,
    documentNumber: isSound ? documentNumberOf(record, kind) : null,
    standings: isProven ? walked.standings : [],
    shown: isSound ? { ...shownViews(record), ...shownWhole(record) } : {},
    files: isSound ? files : {},
    hidden: kind === undefined ? { byHolder: [], byLaw: [] } : hiddenFields(record, kind),
    unknown: unknownsOf({
      verdict,
      checks,
      standings: walked.standings,
      isWhole: isWhole(record, kind),
      files: { shown: Object.keys(files).length, of: record.header.files.length },
      isBundleOfGateway: input.trusted?.broughtBy === "gateway" || input.trusted?.state.isGatewayAlone === true,
    }),
    met: isSealed && seals.header !== null ? { header: seals.header, statuses } : null,
    conflict: seals.conflict,
  };
}

function knownOf({ input, kind, header, seals, steps }: Findings) {
  const { record } = input.certificate;
  const batch = steps?.[0]?.batch ?? null;
  return {
    agency: { uscc: record.header.agency, name: nameOf(input.trusted, record.header.agency) },
    kind: kind === undefined ? null : kindNames(kind),
    documentNumber: documentNumberOf(record, kind),
    anchoredAt: batch === null ? null : instantOf(batch.blockTime),
    asOf: "outcome" in header ? null : { blockNumber: header.number, blockTime: instantOf(header.timestamp) },
    sealed: seals.sealed,
  };
}

function nameOf(trusted: Trusted | undefined, agency: string): string | null {
  return agencyName(trusted?.bundle, agency);
}

function isWhole(record: CertifiedRecord, kind: Kind | undefined): boolean {
  return kind?.fields.every(({ name }) => record.disclosures.some((item) => item[1] === name)) === true;
}

function documentNumberOf(record: CertifiedRecord, kind: Kind | undefined): string | null {
  const field = kind === undefined ? null : documentNumberField(kind);
  const value = field === null ? undefined : shownWhole(record)[field];
  return typeof value === "string" ? value : null;
}

/** ISO UTC. `seconds` may be anything that a header can say. */
export function instantOf(seconds: number): string {
  return new Date(Math.min(seconds, 8_640_000_000_000) * 1000).toISOString();
}
