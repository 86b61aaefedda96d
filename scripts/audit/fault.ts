import { HufuError, type ErrorCode } from "../../core/error.ts";

/** How an audit can fail without anything having been contradicted: it could not be checked, and nobody is blamed for a forgery. */
export type AuditFaultCode =
  // the node gives no answer
  | "NODE_TOO_FAST"
  | "NODE_BUSY"
  | "NODE_SLOW"
  | "NODE_TRUNCATED"
  // its answers do not go together
  | "NODE_OMITS_BLOCKS"
  | "NODE_BEHIND"
  | "NODE_FORKED"
  // it cannot prove what it says
  | "NODE_WITHOUT_PROOFS"
  | "NODE_FORGOT_STATE"
  // what is held in hand is not enough to judge by
  | "TRUST_TOO_OLD"
  | "FORMER_VALIDATORS"
  | "ENDORSED_TOO_LITTLE"
  // what the audit keeps in its own folder
  | "STATE_OF_ANOTHER"
  | "STATE_IN_USE"
  | "STATE_FAILED"
  // the one who started it ended it
  | "INTERRUPTED";

const outer: Readonly<Record<AuditFaultCode, ErrorCode>> = {
  NODE_TOO_FAST: "NODE_UNREACHABLE",
  NODE_BUSY: "NODE_UNREACHABLE",
  NODE_SLOW: "NODE_UNREACHABLE",
  NODE_TRUNCATED: "NODE_UNREACHABLE",
  NODE_OMITS_BLOCKS: "NODE_ANSWER",
  NODE_BEHIND: "NODE_ANSWER",
  NODE_FORKED: "NODE_ANSWER",
  NODE_WITHOUT_PROOFS: "NODE_REFUSED",
  NODE_FORGOT_STATE: "NODE_REFUSED",
  TRUST_TOO_OLD: "INVALID_REQUEST",
  FORMER_VALIDATORS: "INVALID_REQUEST",
  ENDORSED_TOO_LITTLE: "INVALID_REQUEST",
  STATE_OF_ANOTHER: "INVALID_REQUEST",
  STATE_IN_USE: "INVALID_REQUEST",
  STATE_FAILED: "INVALID_REQUEST",
  INTERRUPTED: "INVALID_REQUEST",
};

interface FaultCause {
  readonly fault: AuditFaultCode;
  readonly cause: unknown;
}

/** The error of a fault: the project's one class, with the finer code in its cause. */
export function auditFault(fault: AuditFaultCode, message: string, cause?: unknown): HufuError {
  return new HufuError(outer[fault], message, { cause: { fault, cause } satisfies FaultCause });
}

/** The code that a report gives an error. */
export function faultCodeOf({ code, cause }: HufuError): ErrorCode | AuditFaultCode {
  const fault = typeof cause === "object" && cause !== null && "fault" in cause ? cause.fault : undefined;
  return isAuditFaultCode(fault) ? fault : code;
}

function isAuditFaultCode(value: unknown): value is AuditFaultCode {
  return typeof value === "string" && Object.hasOwn(outer, value);
}

/** The node has logs of a block, or was asked for one below its head, and says that there is none. */
export function omitted(block: number): HufuError {
  return auditFault("NODE_OMITS_BLOCKS", `The node leaves out block ${block}, which its own chain goes through.`);
}

/** Two answers of the node are of two chains: it changed over in between, or it is several nodes that do not agree. */
export function forked(block: number, one: string, other: string): HufuError {
  return auditFault(
    "NODE_FORKED",
    `The node answers with two forks: block ${block} is ${one} in one answer and ${other} in another. Run the audit again.`,
  );
}
