import type { Check } from "./checks.ts";
import type { Verdict } from "./verdict.ts";

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
    | "REST_OF_CONTENT";
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface UnknownsInput {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  /** nothing of the record's content was left out */
  readonly isWhole: boolean;
  /** no institution but the gateway publishes the trust bundle, or nobody but the gateway brought it */
  readonly isBundleOfGateway: boolean;
}

/** What this verdict does not know. */
export function unknownsOf({ verdict, checks, isWhole, isBundleOfGateway }: UnknownsInput): Unknown[] {
  const { code, asOf, toldBy, sealed } = verdict;
  const ofBundle = isBundleOfGateway && restsOnBundle(verdict, checks) && ({ code: "BUNDLE_OF_GATEWAY" } as const);
  if (code === "altered" || code === "unreachable") return ofBundle ? [ofBundle] : [];
  const has = (wanted: Check["code"]): boolean => checks.some((check) => check.code === wanted);
  const unknowns: (Unknown | false)[] = [
    asOf !== null && { code: "AFTER", params: { block: asOf.blockNumber, instant: asOf.blockTime } },
    sealed?.consensus === "development" && { code: "ONE_NODE" },
    sealed?.consensus === "clique" && { code: "NOT_FINAL", params: { by: sealed.by, of: sealed.of } },
    ofBundle,
    toldBy === "gateway" && { code: "WORD_OF_GATEWAY" },
    ...(code === "unknown" ? [] : ofRecord(has, isWhole)),
  ];
  return unknowns.filter((unknown) => unknown !== false);
}

/** Whether a bundle could bring the verdict about: who may seal, which ledger is meant, and what stands at a checkpoint is its word. */
function restsOnBundle({ code, sealed }: Verdict, checks: readonly Check[]): boolean {
  if (sealed !== null || code === "unknown") return true;
  const ofBundle = checks.filter(({ id }) => id === "seals" || id === "trust");
  return ofBundle.some(({ outcome }) => outcome === "INVALID" || outcome === "ERROR");
}

function ofRecord(has: (code: Check["code"]) => boolean, isWhole: boolean): (Unknown | false)[] {
  return [
    { code: "BEFORE_ANCHORING" },
    { code: has("SIGNATURE_MATCHES") ? "SIGNER_RIGHTS" : "AGENCY_SIGNATURE" },
    (has("STATUS_UNEXPLAINED") || has("LINK_CONTRADICTS")) && { code: "DECISION_NOT_SHOWN" },
    !isWhole && { code: "REST_OF_CONTENT" },
  ];
}
