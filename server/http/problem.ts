import type { Response } from "express";

import { HufuError, type ErrorCode, type Fault } from "../../core/error.ts";

interface ProblemKind {
  status: number;
  title: string;
}

/** Every code with its status: the one table that turns an error into an answer. Where `detail` is ours to hide, it is 500. */
export const problemKinds: Readonly<Record<ErrorCode, ProblemKind>> = {
  MALFORMED_JSON: { status: 400, title: "The body is not JSON that has one exact meaning" },
  INVALID_REQUEST: { status: 400, title: "The request cannot be understood" },
  UNAUTHORIZED: { status: 401, title: "A valid API key is needed" },
  KEY_EXPIRED: { status: 401, title: "The API key has expired" },
  SCOPE_MISSING: { status: 403, title: "The API key lacks a scope" },
  KIND_NOT_ALLOWED: { status: 403, title: "The agency may not write this kind of record" },
  EFFECT_NOT_ALLOWED: { status: 403, title: "The agency may not set this status" },
  NOT_FOUND: { status: 404, title: "There is nothing here" },
  RECORD_NOT_FOUND: { status: 404, title: "This gateway has no such record" },
  METHOD_NOT_ALLOWED: { status: 405, title: "This address does not know the method" },
  REQUEST_TIMEOUT: { status: 408, title: "The body took too long" },
  RECORD_CONFLICT: { status: 409, title: "The record id is taken by other content" },
  ALREADY_AMENDED: { status: 409, title: "The version was amended already" },
  STATUS_TERMINAL: { status: 409, title: "The record's status is final" },
  NOT_ANCHORED: { status: 409, title: "The record is not anchored yet" },
  RECORD_ERASED: { status: 410, title: "The record's content was erased" },
  BODY_TOO_LARGE: { status: 413, title: "The body or line is too large" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "The body has a media type that is not read here" },
  INVALID_RECORD: { status: 422, title: "The record has faults" },
  INVALID_CERTIFICATE: { status: 422, title: "The certificate has faults" },
  INVALID_PROOF: { status: 422, title: "The proof does not prove what it claims" },
  INVALID_TRUST: { status: 422, title: "The trust bundle has faults" },
  UNKNOWN_KIND: { status: 422, title: "There is no such kind of record" },
  PREDECESSOR_UNKNOWN: { status: 422, title: "The amended record is not in this ledger" },
  PREDECESSOR_MISMATCH: { status: 422, title: "The amended record is another one" },
  TARGET_UNKNOWN: { status: 422, title: "The record that the decision is about is not in this ledger" },
  SUCCESSOR_UNKNOWN: { status: 422, title: "The record that takes its place is not in this ledger" },
  TOO_FAST: { status: 429, title: "Too many requests at once" },
  TOO_MANY_ATTEMPTS: { status: 429, title: "Too many failed comparisons" },
  BACKLOG_FULL: { status: 503, title: "Too many records wait for their anchor" },
  STOPPING: { status: 503, title: "The gateway is stopping" },
  STORE_FAILED: { status: 503, title: "The store could not write" },
  DATA_FOLDER_LOCKED: { status: 500, title: "The gateway failed" },
  DATA_FOLDER_UNWRITABLE: { status: 500, title: "The gateway failed" },
  DATA_FOLDER_VERSION: { status: 500, title: "The gateway failed" },
  INVALID_CONFIGURATION: { status: 500, title: "The gateway failed" },
  CHAIN_BINARY_MISSING: { status: 500, title: "The gateway failed" },
  CHAIN_MISMATCH: { status: 500, title: "The gateway failed" },
  KEYSTORE_UNREADABLE: { status: 500, title: "The gateway failed" },
  CHAIN_FAILED: { status: 503, title: "The chain does not answer" },
  NODE_UNREACHABLE: { status: 503, title: "The chain does not answer" },
  NODE_REFUSED: { status: 503, title: "The chain does not answer" },
  NODE_ANSWER: { status: 503, title: "The chain does not answer" },
  NODE_MOVED: { status: 503, title: "The chain does not answer" },
  MALFORMED_LOG: { status: 500, title: "The gateway failed" },
  INVARIANT: { status: 500, title: "The gateway failed" },
};

/** An answer in the form of RFC 9457. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  faults?: readonly Fault[];
  instance?: string;
}

/** Seconds after which it makes sense to try again, by code. */
const retryAfter: Partial<Record<ErrorCode, number>> = {
  TOO_FAST: 1,
  TOO_MANY_ATTEMPTS: 60,
  BACKLOG_FULL: 10,
  STOPPING: 5,
  STORE_FAILED: 5,
};

/** What the caller is told of an error. Of a fault of ours only that there was one: its text is for the log. */
export function problemOf(error: unknown, instance?: string): Problem {
  const known = error instanceof HufuError ? error : new HufuError("INVARIANT", "");
  const { status, title } = problemKinds[known.code];
  const ours = status === 500;
  return {
    type: `https://hufu.example/problems/${known.code.toLowerCase().replaceAll("_", "-")}`,
    title,
    status,
    code: known.code,
    detail: ours ? "The fault is the gateway's, and it was written to its log." : known.message,
    ...(known.faults.length > 0 && !ours && { faults: known.faults }),
    ...(instance !== undefined && { instance }),
  };
}

/** Sends `error` as application/problem+json, with Retry-After and WWW-Authenticate where they belong. */
export function sendProblem(response: Response, error: unknown, instance: string): Problem {
  const problem = problemOf(error, instance);
  const seconds = retryAfter[problem.code];
  if (seconds !== undefined) response.setHeader("Retry-After", String(seconds));
  if (problem.status === 401) response.setHeader("WWW-Authenticate", 'Bearer realm="hufu"');
  response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
  return problem;
}
