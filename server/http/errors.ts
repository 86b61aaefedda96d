import type { ErrorRequestHandler, RequestHandler } from "express";
import type { Logger } from "pino";

import { HufuError } from "../../core/error.ts";
import { noteProblem, requestId } from "./observe.ts";
import { sendProblem } from "./problem.ts";

/** Methods of each address that has some, for 405; a pattern as in express, `:digest` for any part. */
const methods: readonly [RegExp, string][] = [
  [/^\/v1\/records$/, "GET, POST"],
  [/^\/v1\/record-batches$/, "POST"],
  [/^\/v1\/records\/[^/]+$/, "GET"],
  [/^\/v1\/records\/[^/]+\/status$/, "POST"],
  [/^\/v1\/records\/[^/]+\/(certificate|proof)$/, "GET"],
  [/^\/v1\/verifications$/, "POST"],
  [/^\/(v1\/(ledger|trust|kinds)|healthz|readyz|metrics|openapi\.json)$/, "GET"],
];

/** Goes after all routes: what gets here was asked at the wrong address, or in the wrong way. */
export function notFound(): RequestHandler {
  return (request, response) => {
    const allowed = methods.find(([pattern]) => pattern.test(request.path))?.[1];
    if (allowed === undefined) throw new HufuError("NOT_FOUND", "Nothing is here: /openapi.json describes what is.");
    response.setHeader("Allow", allowed);
    throw new HufuError("METHOD_NOT_ALLOWED", `This address knows ${allowed}.`);
  };
}

/** Turns every error into a problem; what is our own fault goes to the log with its cause, and not to the caller. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent || response.destroyed) {
      if (!(error instanceof Error && "code" in error && error.code === "ECONNRESET"))
        logger.error({ err: error, id: requestId(request) }, "an answer broke off");
      response.destroy();
      return next;
    }
    const problem = sendProblem(response, clientError(error), requestId(request));
    noteProblem(request, problem.code);
    if (problem.status >= 500) logger.error({ err: error, id: requestId(request) }, "a request failed");
    return undefined;
  };
}

/** Express and its parsers give their own errors a status: a path that is no UTF-8, a connection that was cut. */
function clientError(error: unknown): unknown {
  if (error instanceof HufuError || !(error instanceof Error)) return error;
  const status = "status" in error ? error.status : undefined;
  if (typeof status !== "number" || status < 400 || status > 499) return error;
  return new HufuError("INVALID_REQUEST", "The request cannot be understood.", { cause: error });
}
