import { Router, type Request, type RequestHandler, type Response } from "express";
import type { RecordView, VerificationAnswer } from "../../web/answers.ts";
import type { Found, PageState, Problem } from "../../web/state.ts";
import { parseReference, recordPath } from "../../web/reference.ts";
import { resultOfAnswer } from "../../web/result.ts";
import { languageOf } from "../../web/view/messages.ts";
import { assetFiles } from "./assets.ts";
import { sendPage, type PageSetting } from "./page-response.ts";
import { problemOf } from "./problem.ts";

type Answer<T> = T | Promise<T>;

export interface PageDeps extends PageSetting {
  /** The record's public view; undefined: this gateway does not have it. */
  readonly byDigest: (digest: string) => Answer<RecordView | undefined>;
  /** Public views of all records with this number, however it was written. */
  readonly byDocumentNumber: (kind: string, documentNumber: string) => Answer<readonly RecordView[]>;
  /** What `POST /v1/verifications` answers to `{ digest }`. */
  readonly verify: (digest: string) => Answer<VerificationAnswer>;
  /** Told of every failure that the citizen sees as "something went wrong"; not of one who asks too often. */
  readonly report: (error: unknown) => void;
}

const maxDocumentNumber = 128;

const problem = (...problems: readonly Problem[]): Found => ({ is: "problems", problems });

/** What a citizen is told of an error: to wait, or that the fault is ours. */
function failure(error: unknown, deps: PageDeps): Found {
  const { status } = problemOf(error);
  if (status === 410) return problem({ code: "erased" });
  if (status === 429) return problem({ code: "rate-limited" });
  if (status === 503) return problem({ code: "gateway-busy" });
  deps.report(error);
  return problem({ code: "failed" });
}

async function ofDigest(deps: PageDeps, digest: string): Promise<Found> {
  const [answer, record] = await Promise.all([deps.verify(digest), deps.byDigest(digest)]);
  return { is: "result", result: resultOfAnswer(answer, record ?? null) };
}

function numberProblems(kind: string, documentNumber: string, deps: PageDeps): readonly Problem[] {
  const problems: Problem[] = [];
  if (deps.kinds.byName(kind) === undefined) problems.push({ code: "no-kind", field: "kind" });
  if (documentNumber === "") problems.push({ code: "no-document-number", field: "documentNumber" });
  if (Array.from(documentNumber).length > maxDocumentNumber)
    problems.push({ code: "document-number-too-long", field: "documentNumber" });
  return problems;
}

async function ofDocumentNumber(deps: PageDeps, kind: string, documentNumber: string): Promise<Found> {
  const problems = numberProblems(kind, documentNumber, deps);
  if (problems.length > 0) return problem(...problems);
  const matches = await deps.byDocumentNumber(kind, documentNumber);
  const [first] = matches;
  if (first === undefined) return { is: "no-match", by: "document-number", asked: documentNumber };
  return matches.length === 1 ? ofDigest(deps, first.digest) : { is: "matches", by: "document-number", matches };
}

/** A query value that was given once, trimmed; given as a list or an object it is nothing. */
function single(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === "string" ? value.trim() : undefined;
}

/** Answers the request with a page, whatever happens. */
function answering(
  deps: PageDeps,
  find: (request: Request, response: Response) => Promise<PageState | undefined>,
): RequestHandler {
  return async (request, response) => {
    try {
      const state = await find(request, response);
      if (state !== undefined) sendPage(deps, request, response, state, request.path);
    } catch (error) {
      sendPage(deps, request, response, { found: failure(error, deps), values: {} }, "/");
    }
  };
}

async function opening(deps: PageDeps, request: Request, response: Response): Promise<PageState | undefined> {
  const typed = single(request, "digest");
  if (typed !== undefined) {
    const digest = parseReference(typed);
    if (digest === undefined) {
      return {
        found: problem({ code: typed === "" ? "no-digest" : "bad-digest", field: "digest" }),
        values: { digest: typed },
      };
    }
    response.redirect(303, recordPath(digest, languageOf(request.query["lang"])));
    return undefined;
  }
  const [kind, documentNumber] = [single(request, "kind"), single(request, "documentNumber")];
  if (kind === undefined && documentNumber === undefined) return { found: { is: "nothing" }, values: {} };
  const values = { kind: kind ?? "", documentNumber: documentNumber ?? "" };
  return { found: await ofDocumentNumber(deps, values.kind, values.documentNumber), values };
}

/**
 * The verify page: `GET /` (with `?digest=` or `?kind=&documentNumber=`, plain forms that need no script), `GET /r/DIGEST` (what a
 * QR code points to), and the built assets. Answers 200 with a verdict or a list, 400 to input that cannot be used, 404 where
 * nothing was found, 503 where the ledger could not be read.
 */
export function createPageRouter(deps: PageDeps): Router {
  const router = Router();
  router.use("/assets", assetFiles(deps.assets));
  router.get(
    "/",
    answering(deps, (request, response) => opening(deps, request, response)),
  );
  router.get(
    "/r/:digest",
    answering(deps, async (request) => {
      const typed = request.params["digest"] ?? "";
      const digest = typeof typed === "string" ? parseReference(typed) : undefined;
      if (digest === undefined)
        return { found: problem({ code: "bad-digest", field: "digest" }), values: { digest: String(typed) } };
      return { found: await ofDigest(deps, digest), values: {} };
    }),
  );
  return router;
}

/** For the end of the app: a citizen who mistyped an address gets a page; whoever did not ask for HTML is passed on. */
export function createNotFoundPage(setting: PageSetting): RequestHandler {
  return (request, response, next) => {
    if (request.method !== "GET" || request.accepts(["json", "html"]) !== "html") next();
    else sendPage(setting, request, response, { found: problem({ code: "not-found" }), values: {} }, "/");
  };
}
