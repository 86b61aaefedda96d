/** What a ledger's events can do that its contracts never do. */
export type DivergenceCode =
  // the stream of logs
  | "MALFORMED_LOG"
  | "OUT_OF_ORDER"
  | "FOREIGN_LOG"
  // the register of agencies
  | "ALREADY_ENROLLED"
  | "NOT_ENROLLED"
  | "NAME_LENGTH"
  | "INVALID_KINDS"
  | "SIGNER_LENGTH"
  | "INVALID_PERIOD"
  | "INVALID_OVERSIGHT"
  | "SELF_OVERSIGHT"
  // rights in the block that uses them
  | "SUSPENDED"
  | "KIND_NOT_ALLOWED"
  | "SIGNER_NOT_VALID"
  | "ACTOR_NOT_ALLOWED"
  // batches
  | "COUNT_MISMATCH"
  | "LEAVES_NOT_ASCENDING"
  | "ROOT_MISMATCH"
  | "DUPLICATE_ROOT"
  | "DEADLINE_PASSED"
  // statuses
  | "LEAF_MISMATCH"
  | "RECORD_NOT_ANCHORED"
  | "VERSION_MISMATCH"
  | "TERMINAL_STATUS"
  | "INVALID_EFFECT"
  | "BASIS_NOT_ANCHORED";

/** A broken rule: what the rule wants, what the ledger says, both for people to read. */
export interface Finding {
  readonly code: DivergenceCode;
  readonly expected: string;
  readonly found: string;
}

/** The first broken rule of a ledger, and the log that broke it. */
export interface Divergence extends Finding {
  readonly where: { readonly block: number; readonly logIndex: number; readonly transaction: string };
  /** English, with what was expected and found */
  readonly sentence: string;
}

/** What each of them is, in English. */
export const divergenceTitles: Readonly<Record<DivergenceCode, string>> = {
  MALFORMED_LOG: "A log is not what the contracts write",
  OUT_OF_ORDER: "A log does not come after the one before it",
  FOREIGN_LOG: "A log comes from the wrong contract",
  ALREADY_ENROLLED: "An agency was enrolled twice",
  NOT_ENROLLED: "An agency is not enrolled",
  NAME_LENGTH: "An agency's name has a length that the contract refuses",
  INVALID_KINDS: "A set of kinds holds a kind that does not exist",
  SIGNER_LENGTH: "A signer has a length that the contract refuses",
  INVALID_PERIOD: "A signer's period ends before it begins",
  INVALID_OVERSIGHT: "Oversight names effects that nobody can be given",
  SELF_OVERSIGHT: "An agency oversees itself",
  SUSPENDED: "A suspended agency signed",
  KIND_NOT_ALLOWED: "An agency anchored a kind that it may not write",
  SIGNER_NOT_VALID: "A signer was not valid in the block that counted its signature",
  ACTOR_NOT_ALLOWED: "An agency set a status that it has no right to set",
  COUNT_MISMATCH: "A batch does not hold as many records as it says",
  LEAVES_NOT_ASCENDING: "A batch's leaves do not ascend",
  ROOT_MISMATCH: "A batch's root is not that of its records",
  DUPLICATE_ROOT: "A root was anchored twice",
  DEADLINE_PASSED: "A batch was anchored after its deadline",
  LEAF_MISMATCH: "A status names a leaf that is not its record's",
  RECORD_NOT_ANCHORED: "A status was set on a record that was not anchored before",
  VERSION_MISMATCH: "A status has a version that does not follow the one before it",
  TERMINAL_STATUS: "A status left a terminal effect",
  INVALID_EFFECT: "A status has an effect that does not exist",
  BASIS_NOT_ANCHORED: "A status rests on nothing that was anchored before it",
};

/** The finding in the log at `where`. */
export function divergenceAt(finding: Finding, where: Divergence["where"]): Divergence {
  const { code, expected, found } = finding;
  const place = `block ${where.block}, log ${where.logIndex}, transaction ${where.transaction}`;
  return { ...finding, where, sentence: `${divergenceTitles[code]}: expected ${expected}, found ${found} (${place}).` };
}
