import type { Check } from "./checks.ts";
import type { Verdict } from "./verdict.ts";
import type { Standing } from "./walk.ts";

/** What a verdict cannot know. Each has a sentence in every language. */
export interface Unknown {
  readonly code:
    | "AFTER"
    | "BEFORE_ANCHORING"
    | "AGENCY_SIGNATURE"
    | "SIGNER_RIGHTS"
    | "WORD_OF_GATEWAY"
    | "BUNDLE_OF_GATEWAY"
    | "ONE_NODE"
    | "NOT_FINAL"
    | "DECISION_NOT_SHOWN"
    | "DECISION_PARTLY_SHOWN"
    | "REST_OF_CONTENT"
    | "FILES_NOT_SHOWN";
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface UnknownsInput {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  /** of the record, then of what took its place */
  readonly standings: readonly Standing[];
  /** no field of the record was left out */
  readonly isWhole: boolean;
  readonly files: FilesShown;
  /** no institution but the gateway publishes the trust bundle, or nobody but the gateway brought it */
  readonly isBundleOfGateway: boolean;
}

/** Of the files that were entered with the record, those that the certificate shows. */
export interface FilesShown {
  readonly shown: number;
  readonly of: number;
}

/** What this verdict does not know. */
export function unknownsOf(input: UnknownsInput): Unknown[] {
  const { verdict, checks, isBundleOfGateway } = input;
  const { code, asOf, toldBy, sealed } = verdict;
  const ofBundle = isBundleOfGateway && restsOnBundle(verdict, checks) && ({ code: "BUNDLE_OF_GATEWAY" } as const);
  if (code === "altered" || code === "unreachable") return ofBundle ? [ofBundle] : [];
  const unknowns: (Unknown | false)[] = [
    asOf !== null && { code: "AFTER", params: { block: asOf.blockNumber, instant: asOf.blockTime } },
    sealed?.consensus === "development" && { code: "ONE_NODE" },
    sealed?.consensus === "clique" && { code: "NOT_FINAL", params: { by: sealed.by, of: sealed.of } },
    ofBundle,
    toldBy === "gateway" && { code: "WORD_OF_GATEWAY" },
    ...(code === "unknown" ? [] : ofRecord(input)),
  ];
  return unknowns.filter((unknown) => unknown !== false);
}

/** Whether a bundle could bring the verdict about: who may seal, which ledger is meant, and what stands at a checkpoint is its word. */
function restsOnBundle({ code, sealed }: Verdict, checks: readonly Check[]): boolean {
  if (sealed !== null || code === "unknown") return true;
  const ofBundle = checks.filter(({ id }) => id === "seals" || id === "trust");
  return ofBundle.some(({ outcome }) => outcome === "INVALID" || outcome === "ERROR");
}

function ofRecord({ checks, standings, isWhole, files }: UnknownsInput): (Unknown | false)[] {
  const isSigned = checks.some(({ code }) => code === "SIGNATURE_MATCHES");
  const isUnexplained = standings.some(({ version, isExplained }) => version > 0 && !isExplained);
  const notShown = files.of - files.shown;
  return [
    { code: "BEFORE_ANCHORING" },
    { code: isSigned ? "SIGNER_RIGHTS" : "AGENCY_SIGNATURE" },
    isUnexplained && { code: "DECISION_NOT_SHOWN" },
    ofDecisions(standings),
    !isWhole && { code: "REST_OF_CONTENT" },
    notShown > 0 && { code: "FILES_NOT_SHOWN", params: { count: notShown, of: files.of } },
  ];
}

/** Fields that a decision leaves out, of whichever standing it is: each is named once. */
function ofDecisions(standings: readonly Standing[]): Unknown | false {
  const fields = new Map(standings.flatMap(({ notShown }) => notShown.map(({ name, zh }) => [name, zh])));
  if (fields.size === 0) return false;
  return {
    code: "DECISION_PARTLY_SHOWN",
    params: { names: [...fields.keys()].join(", "), zh: [...fields.values()].join("、") },
  };
}
