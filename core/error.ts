import type { ProofFaultCode } from "./proofs/fault.ts";

/**
 * Everything that can go wrong by name. Whose fault it is and which HTTP status it has stands in one table of the
 * gateway.
 */
export type ErrorCode =
  // what is read
  | "MALFORMED_JSON"
  | "INVALID_RECORD"
  | "INVALID_CERTIFICATE"
  | "UNKNOWN_KIND"
  | "MALFORMED_LOG"
  | "INVALID_PROOF"
  | "INVALID_TRUST"
  // a request
  | "INVALID_REQUEST"
  | "UNAUTHORIZED"
  | "KEY_EXPIRED"
  | "SCOPE_MISSING"
  | "KIND_NOT_ALLOWED"
  | "EFFECT_NOT_ALLOWED"
  | "NOT_FOUND"
  | "RECORD_NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "REQUEST_TIMEOUT"
  | "BODY_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "TOO_FAST"
  | "TOO_MANY_ATTEMPTS"
  // a record's life
  | "RECORD_CONFLICT"
  | "ALREADY_AMENDED"
  | "STATUS_TERMINAL"
  | "NOT_ANCHORED"
  | "RECORD_ERASED"
  | "PREDECESSOR_UNKNOWN"
  | "PREDECESSOR_MISMATCH"
  | "TARGET_UNKNOWN"
  | "SUCCESSOR_UNKNOWN"
  // a gateway and its machine
  | "BACKLOG_FULL"
  | "STOPPING"
  | "STORE_FAILED"
  | "DATA_FOLDER_LOCKED"
  | "DATA_FOLDER_UNWRITABLE"
  | "DATA_FOLDER_VERSION"
  | "INVALID_CONFIGURATION"
  // the chain
  | "CHAIN_BINARY_MISSING"
  | "CHAIN_FAILED"
  | "CHAIN_MISMATCH"
  | "KEYSTORE_UNREADABLE"
  | "NODE_UNREACHABLE"
  | "NODE_REFUSED"
  | "NODE_ANSWER"
  | "NODE_MOVED"
  // our own mistake
  | "INVARIANT";

/** What is wrong at one place of what was read. */
export type FaultCode =
  // JSON that cannot be signed
  | "SYNTAX"
  | "DUPLICATE_KEY"
  | "LONE_SURROGATE"
  | "NUMBER_NOT_EXACT"
  | "NOT_JSON"
  | "TOO_DEEP"
  // shape
  | "UNKNOWN_FIELD"
  | "MISSING_FIELD"
  | "WRONG_TYPE"
  | "NOT_ALLOWED"
  | "TOO_SHORT"
  | "TOO_LONG"
  | "TOO_SMALL"
  | "TOO_LARGE"
  | "REPEATED_ITEM"
  | "INVALID_VALUE"
  // values
  | "NOT_PRINTABLE"
  | "INVALID_DATE"
  | "INVALID_DECIMAL"
  | "INVALID_USCC"
  | "INVALID_ORG_CODE"
  | "INVALID_CITIZEN_ID"
  | "INVALID_HEX"
  | "INVALID_BASE64"
  | "INVALID_RECORD_REF"
  | "INVALID_DOCUMENT_NUMBER"
  // fields that do not go together
  | "REQUIRED_HERE"
  | "FORBIDDEN_HERE"
  | "DATES_REVERSED"
  | "NOT_POSTING_AGENCY"
  | "SUM_MISMATCH"
  | "NUMBERING"
  | "TOO_FEW"
  | "PERSONAL_DATA"
  | "VERSION_NOT_NEXT"
  // proofs
  | ProofFaultCode;

/** One fault with its place. */
export interface Fault {
  readonly code: FaultCode;
  /** RFC 6901; "" is the whole value */
  readonly pointer: string;
  /** English: what is wrong and how to mend it; never quotes the value, which may be personal data */
  readonly message: string;
  /** what a messages file needs to say the same in another language */
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface ErrorDetails {
  readonly faults?: readonly Fault[];
  readonly cause?: unknown;
}

/** The one error class of the project: a closed code, a sentence for people, every fault at once, and the cause. */
export class HufuError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, message: string, { faults = [], cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "HufuError";
    this.code = code;
    this.faults = faults;
  }
}

/** An error whose message is its first fault and the number of the others. */
export function faultsError(code: ErrorCode, faults: readonly Fault[]): HufuError {
  const [first] = faults;
  const place = first === undefined || first.pointer === "" ? "" : `${first.pointer}: `;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  return new HufuError(code, `${place}${first?.message ?? "is not valid"}${more}`, { faults });
}

/** Appends a name or index to an RFC 6901 pointer. */
export function pointerTo(pointer: string, part: string | number): string {
  return typeof part === "number"
    ? `${pointer}/${part}`
    : `${pointer}/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
