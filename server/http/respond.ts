import type { Response } from "express";

import type { Accepted } from "../record/accept.ts";
import type { LinksOf } from "../record/links.ts";
import { isoTime } from "../record/status-view.ts";
import type { RecordState } from "../record/view.ts";

/** Sends JSON without a second pass over it: no ETag of answers that change with every block, nothing for a cache to keep. */
export function sendJson(response: Response, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Cache-Control", "no-store");
  response.end(JSON.stringify(body));
}

/** Sends JSON that is the same for everybody, and that caches may keep for `seconds`. */
export function sendPublicJson(response: Response, body: unknown, seconds: number): void {
  response.statusCode = 200;
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Cache-Control", `public, max-age=${seconds}`);
  response.end(JSON.stringify(body));
}

/** What the API tells of a write. */
export function acceptedBody(accepted: Accepted, state: RecordState, links: LinksOf) {
  const { digest, recordId, kind, agency, acceptedAt, warnings } = accepted;
  return { digest, recordId, kind, agency, state, acceptedAt: isoTime(acceptedAt), warnings, links: links(digest) };
}
