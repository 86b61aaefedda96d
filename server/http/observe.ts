import { randomUUID } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { Counter, Histogram, type Registry } from "prom-client";

/** What is known of a request while it runs; nothing of it is personal. */
interface Trace {
  id: string;
  /** names the API key, see Caller.keyId */
  keyId?: string;
  /** code of the problem that it was answered with */
  code?: string;
}

const traces = new WeakMap<Request, Trace>();

/** The request's id, for the `instance` of a problem and its line in the log. */
export function requestId(request: Request): string {
  return `urn:uuid:${traceOf(request).id}`;
}

export function noteKey(request: Request, keyId: string): void {
  traceOf(request).keyId = keyId;
}

export function noteProblem(request: Request, code: string): void {
  traceOf(request).code = code;
}

function traceOf(request: Request): Trace {
  const known = traces.get(request);
  if (known) return known;
  const trace: Trace = { id: randomUUID() };
  traces.set(request, trace);
  return trace;
}

/**
 * Counts, times and logs every request by its route's pattern. The address itself is never logged: its query and path can name a
 * document, an agency's case or a person.
 */
export function observe(logger: Logger, metrics: Registry): RequestHandler {
  const seconds = new Histogram({
    name: "hufu_http_request_seconds",
    help: "Time from a request's head to the end of its answer",
    labelNames: ["method", "route", "status"],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5, 30],
    registers: [metrics],
  });
  const problems = new Counter({
    name: "hufu_http_problems_total",
    help: "Requests that were answered with a problem, by its code",
    labelNames: ["code"],
    registers: [metrics],
  });
  return (request, response, next) => {
    const started = performance.now();
    response.once("close", () => {
      const line = describe(request, response, performance.now() - started);
      seconds.observe({ method: line.method, route: line.route, status: line.status }, line.ms / 1000);
      if (line.code !== undefined) problems.inc({ code: line.code });
      logger.info(line, "request");
    });
    next();
  };
}

function describe(request: Request, response: Response, ms: number) {
  const { id, keyId, code } = traceOf(request);
  const route: unknown = request.route && (request.route as { path: unknown }).path; // as: Express types it any
  return {
    id,
    method: request.method,
    route: typeof route === "string" ? route : "none",
    status: response.statusCode,
    ms: Math.round(ms * 100) / 100,
    ...(!response.writableFinished && { aborted: true }),
    ...(keyId !== undefined && { key: keyId }),
    ...(code !== undefined && { code }),
  };
}
