import { Router } from "express";
import type { Logger } from "pino";

import { HufuError } from "../../core/error.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import type { Lookup } from "../record/lookup.ts";
import type { Verifications } from "../record/verification.ts";
import type { BuiltAssets } from "./assets.ts";
import { createNotFoundPage, createPageRouter, type PageDeps } from "./page.ts";

/** Records with one document number that the page lists at most. */
const PAGE_MATCHES = 50;

export interface PageRoutesDeps {
  assets: BuiltAssets;
  publicUrl: string | null;
  kinds: KindRegistry;
  lookup: Lookup;
  verifications: Verifications;
  logger: Logger;
}

/** The page asks what the API asks, as the public: it has no way of its own to a record. */
export function createPageRoutes({ lookup, verifications, logger, ...parts }: PageRoutesDeps): Router {
  const deps: PageDeps = {
    ...parts,
    byDigest: (digest) => lookup.find(digest, null).catch(undefinedIfUnknown),
    byDocumentNumber: async (kind, documentNumber) =>
      (await lookup.search({ kind, documentNumber }, { after: null, limit: PAGE_MATCHES }, null)).records,
    verify: (digest) => verifications.verify({ digest }),
    report: (error) => logger.error({ err: error }, "the page could not answer"),
  };
  const router = Router();
  router.use(createPageRouter(deps));
  router.use(createNotFoundPage(deps));
  return router;
}

function undefinedIfUnknown(error: unknown): undefined {
  if (error instanceof HufuError && error.code === "RECORD_NOT_FOUND") return undefined;
  throw error;
}
