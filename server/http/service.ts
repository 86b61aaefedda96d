import { Router } from "express";
import type { Registry } from "prom-client";

import type { KindRegistry } from "../../core/kinds/registry.ts";
import type { readLedgerFacts } from "../record/ledger-facts.ts";
import type { Progress } from "../record/progress.ts";
import { sendJson } from "./respond.ts";

export interface ServiceDeps {
  kinds: KindRegistry;
  ledger: () => ReturnType<typeof readLedgerFacts>;
  trust: () => Promise<unknown>;
  progress: () => Progress;
  backlog: number;
  /** true from SIGTERM on */
  stopping: () => boolean;
  /** resolves if the store answers */
  storeAnswers: () => Promise<boolean>;
  metrics: Registry;
  openApi: unknown;
}

/** What the gateway says of itself: nothing here needs a key, and nothing tells of a record. */
export function createServiceRouter(deps: ServiceDeps): Router {
  const router = Router();
  const kinds = { kinds: deps.kinds.all() };

  router.get("/v1/ledger", async (_request, response) => sendJson(response, 200, await deps.ledger()));
  router.get("/v1/trust", async (_request, response) => sendJson(response, 200, await deps.trust()));
  router.get("/v1/kinds", (_request, response) => sendJson(response, 200, kinds));
  router.get("/openapi.json", (_request, response) => sendJson(response, 200, deps.openApi));

  /** The process lives; says nothing of what it depends on, or a dead node would have the gateway restarted. */
  router.get("/healthz", (_request, response) => sendJson(response, 200, { alive: true }));

  /** Whether all is well; records are taken as long as `accepting`, `store` and `backlog` are true, whatever becomes of the chain. */
  router.get("/readyz", async (_request, response) => {
    const progress = deps.progress();
    const chain = chainState(progress);
    const checks = {
      accepting: !deps.stopping(),
      store: await deps.storeAnswers(),
      chain: chain === "up",
      backlog: progress.backlog < deps.backlog,
      signers: progress.shortage === null,
    };
    const ready = Object.values(checks).every(Boolean);
    const { headAgeSeconds, shortage } = progress;
    sendJson(response, ready ? 200 : 503, { ready, checks, chain: { state: chain, headAgeSeconds, shortage } });
  });

  router.get("/metrics", async (_request, response) => {
    const text = await deps.metrics.metrics();
    response.setHeader("Content-Type", deps.metrics.contentType);
    response.end(text);
  });

  return router;
}

function chainState({ chainUp, isStandingStill }: Progress): "up" | "unreachable" | "standing-still" {
  if (!chainUp) return "unreachable";
  return isStandingStill ? "standing-still" : "up";
}
