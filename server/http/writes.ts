import { hash } from "node:crypto";
import { Router, type Request, type Response } from "express";

import { HufuError } from "../../core/error.ts";
import { canonicalJson } from "../../core/json/canonical.ts";
import type { JsonObject, JsonValue } from "../../core/json/parse.ts";
import type { SingleAcceptor } from "../record/accept-single.ts";
import type { Acceptor } from "../record/accept.ts";
import { STATUS_DECISION } from "../record/decision.ts";
import type { LinksOf } from "../record/links.ts";
import type { Lookup } from "../record/lookup.ts";
import { parsePost, type Post } from "../record/post.ts";
import type { Authentication } from "./auth.ts";
import type { BodyReader } from "./body.ts";
import type { Limits } from "./limits.ts";
import { preferredWait } from "./prefer.ts";
import { acceptedBody, sendJson } from "./respond.ts";

export interface WriteDeps {
  authentication: Authentication;
  body: BodyReader;
  single: SingleAcceptor;
  limits: Limits;
  acceptor: Acceptor;
  lookup: Lookup;
  /** resolves with true once the record is anchored, with false when `ms` have passed */
  waitFor: (digest: string, ms: number) => Promise<boolean>;
  links: LinksOf;
}

/** POST /v1/records and POST /v1/records/{digest}/status: one record each, durable before it is answered. */
export function createWriteRouter(deps: WriteDeps): Router {
  const { authentication, limits } = deps;
  const router = Router();

  router.post("/v1/records", async (request, response) => {
    const caller = await authentication.require(request);
    limits.checkOpen();
    await limits.within(caller, "request", async () => {
      const accepted = await deps.single.accept(caller, await deps.body.bytes(request, response));
      await answerWrite(request, response, accepted, deps);
    });
  });

  router.post("/v1/records/:digest/status", async (request, response) => {
    const caller = await authentication.requireScope(request, "status:write");
    limits.checkOpen();
    await limits.within(caller, "request", async () => {
      const target = await existing(request.params.digest, deps.lookup);
      const post = decisionPost(target, await deps.body.json(request, response));
      await answerWrite(request, response, await deps.acceptor.accept(caller, post), deps);
    });
  });

  return router;
}

/** A record that is not there is 404 here, where its digest is in the address. */
async function existing(digest: string, lookup: Lookup): Promise<string> {
  await lookup.findRow(digest, null);
  return digest;
}

/** The post of the status-decision that a status body stands for: the same body again is the same record. */
function decisionPost(target: string, body: JsonValue): Post {
  if (!isObject(body) || "target" in body)
    throw new HufuError(
      "INVALID_REQUEST",
      "Send the content of a status-decision without its target: the address has it.",
    );
  const content = { target, ...body };
  const name = hash("sha256", `hufu.status-decision-id.v1\n${target}\n${canonicalJson(content)}`);
  return parsePost({ kind: STATUS_DECISION, recordId: `sd-${name.slice(0, 32)}`, content });
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** 200 once anchored, or for what had been accepted before; else 202. */
async function answerWrite(
  request: Request,
  response: Response,
  accepted: Awaited<ReturnType<Acceptor["accept"]>>,
  { waitFor, lookup, links }: WriteDeps,
): Promise<void> {
  const seconds = preferredWait(request);
  const anchored = seconds !== null && (await waitFor(accepted.digest, seconds * 1000));
  if (seconds !== null) response.setHeader("Preference-Applied", `wait=${seconds}`);
  const state = anchored || !accepted.created ? await lookup.stateOf(accepted.digest) : "accepted";
  response.setHeader("Location", links(accepted.digest).self);
  sendJson(response, anchored || !accepted.created ? 200 : 202, acceptedBody(accepted, state, links));
}
