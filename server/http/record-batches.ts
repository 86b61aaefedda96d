import { once } from "node:events";
import { Router, type Response } from "express";
import type { Logger } from "pino";

import type { Acceptor } from "../record/accept.ts";
import type { Lookup } from "../record/lookup.ts";
import { draftOf, type DraftOutcome } from "../record/draft-job.ts";
import type { DraftPool } from "../record/draft-pool.ts";
import type { Caller } from "../store/keys.ts";
import type { Authentication } from "./auth.ts";
import { MAX_BODY, requireType } from "./body.ts";
import type { Limits } from "./limits.ts";
import { workOnLines } from "./line-work.ts";
import type { LineChunk } from "./lines.ts";
import { problemOf } from "./problem.ts";

export interface RecordBatchDeps {
  authentication: Authentication;
  limits: Limits;
  acceptor: Acceptor;
  pool: DraftPool;
  lookup: Lookup;
  random: (bytes: number) => Uint8Array;
  logger: Logger;
}

const media = "application/x-ndjson";

/** POST /v1/record-batches: a post a line, a result a line, in order; a bad line harms no other. */
export function createRecordBatchRouter(deps: RecordBatchDeps): Router {
  const router = Router();
  router.post("/v1/record-batches", async (request, response) => {
    const caller = await deps.authentication.require(request);
    requireType(request, [media, "application/ndjson", "application/jsonl"]);
    deps.limits.checkOpen();
    await deps.limits.within(caller, "stream", async () => {
      response.status(200).setHeader("Content-Type", media);
      response.setHeader("Cache-Control", "no-store");
      const isListening = await workOnLines(request, {
        maxLineBytes: MAX_BODY,
        width: deps.pool.width,
        prepare: (chunk) => draft(chunk, caller, deps),
        finish: (chunk, outcomes) => store(chunk, outcomes, caller, deps),
        emit: (results) => send(response, results),
      });
      if (isListening) response.end();
    });
  });
  return router;
}

function draft({ bytes, ends }: LineChunk, caller: Caller, deps: RecordBatchDeps): Promise<readonly DraftOutcome[]> {
  const agencies = ends.map(() => caller.agency);
  const seeds = deps.random(32 * ends.length);
  return deps.pool.draft({ agencies, bytes, ends: Uint32Array.from(ends), seeds });
}

/** Stores a chunk's records together, and says of each line what became of it. */
async function store(
  { lines }: LineChunk,
  outcomes: readonly DraftOutcome[],
  caller: Caller,
  deps: RecordBatchDeps,
): Promise<string> {
  let next = 0;
  const results = lines.map(({ number, tooLong }) =>
    lineResult(number, tooLong ? lineTooLong : outcomes[next++], caller, deps),
  );
  return (await Promise.all(results)).join("");
}

const lineTooLong: DraftOutcome = {
  code: "BODY_TOO_LARGE",
  message: `A line has at most ${MAX_BODY} bytes.`,
  faults: [],
};

async function lineResult(
  line: number,
  outcome: DraftOutcome | undefined,
  caller: Caller,
  { acceptor, limits, lookup, logger }: RecordBatchDeps,
): Promise<string> {
  try {
    limits.checkOpen();
    const { digest, recordId, created } = await acceptor.acceptDraft(caller, draftOf(outcome));
    const state = created ? "accepted" : await lookup.stateOf(digest);
    return `${JSON.stringify({ line, status: created ? 202 : 200, digest, recordId, state })}\n`;
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status >= 500) logger.error({ err: error }, "a line of a bulk post failed");
    return `${JSON.stringify({ line, status: problem.status, problem })}\n`;
  }
}

/** Results that may wait for a client that sends all its lines before it reads: with none, both sides would wait for ever. */
const MAX_UNREAD = 8 * 1024 * 1024;

/** Whether the client still listens; once too much waits to be read, waits until it was. */
async function send(response: Response, text: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (response.write(text) || response.writableLength < MAX_UNREAD) return true;
  await Promise.race([once(response, "drain"), once(response, "close")]);
  return !response.destroyed;
}
