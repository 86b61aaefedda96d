import { Router, type Request } from "express";
import { z } from "zod";

import { HufuError } from "../../core/error.ts";
import type { CertificateIssuer } from "../record/certificate.ts";
import type { Lookup } from "../record/lookup.ts";
import { hex32 } from "../record/post.ts";
import type { Authentication } from "./auth.ts";
import { sendJson, sendPublicJson } from "./respond.ts";

export interface ReadDeps {
  authentication: Authentication;
  lookup: Lookup;
  certificates: CertificateIssuer;
}

const page = { after: z.string().max(64).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) };
const text = z.string().min(1).max(256);
export const searchQuery = z.union(
  [
    z.strictObject({ kind: text, documentNumber: text, ...page }),
    z.strictObject({ file: hex32, ...page }),
    z.strictObject({ agency: text, recordId: text, ...page }),
  ],
  {
    error:
      "Ask by kind and documentNumber, by file (a SHA-256), or by agency and recordId; with limit (1 to 100) and after.",
  },
);

/** As long as a block is the newest, at most: a proof of the one before is as good. */
const PROOF_SECONDS = 1;

/** GET of records and certificates: the public part for everybody, everything for the record's own agency. */
export function createReadRouter({ authentication, lookup, certificates }: ReadDeps): Router {
  const router = Router();

  router.get("/v1/records", async (request, response) => {
    const caller = await authentication.optional(request);
    const { after = null, limit, ...search } = parseSearch(request);
    const { records, next } = await lookup.search(search, { after, limit }, caller);
    sendJson(response, 200, { records, next });
  });

  router.get("/v1/records/:digest", async (request, response) => {
    const caller = await authentication.optional(request);
    sendJson(response, 200, await lookup.find(request.params.digest, caller));
  });

  router.get("/v1/records/:digest/certificate", async (request, response) => {
    const caller = await authentication.optional(request);
    const { row, audience } = await lookup.findRow(request.params.digest, caller);
    const certificate = await certificates.issue(row, audience);
    response.setHeader("Content-Disposition", `attachment; filename="hufu-${request.params.digest.slice(0, 16)}.json"`);
    sendJson(response, 200, certificate);
  });

  router.get("/v1/records/:digest/proof", async (request, response) => {
    const { row } = await lookup.findRow(request.params.digest, null);
    sendPublicJson(response, await certificates.renew(row), PROOF_SECONDS);
  });

  return router;
}

function parseSearch(request: Request): z.infer<typeof searchQuery> {
  const parsed = searchQuery.safeParse(request.query);
  if (parsed.success) return parsed.data;
  throw new HufuError("INVALID_REQUEST", parsed.error.issues[0]?.message ?? "The query cannot be understood.");
}
