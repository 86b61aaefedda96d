import express, { type Express, type RequestHandler } from "express";
import type { Logger } from "pino";
import type { Registry } from "prom-client";

import type { Config } from "./config.ts";
import type { BuiltAssets } from "./http/assets.ts";
import { createAuthentication } from "./http/auth.ts";
import { createBodyReader } from "./http/body.ts";
import { errorHandler, notFound } from "./http/errors.ts";
import { createLimits } from "./http/limits.ts";
import { observe } from "./http/observe.ts";
import { openApi } from "./http/openapi.ts";
import { createPageRoutes } from "./http/page-routes.ts";
import { exposeProgress } from "./http/progress-metrics.ts";
import { createReadRouter } from "./http/reads.ts";
import { createRecordBatchRouter } from "./http/record-batches.ts";
import { securityHeaders } from "./http/security.ts";
import { createServiceRouter } from "./http/service.ts";
import { createVerificationRouter } from "./http/verifications.ts";
import { createWriteRouter } from "./http/writes.ts";
import { createServices, type Services, type ServicesDeps } from "./services.ts";

/** All that the HTTP side of the gateway is given; it starts nothing that it is not told to. */
export interface AppDeps extends ServicesDeps {
  config: Pick<Config, "publicUrl" | "backlog">;
  /** Resolves with true once the record with this digest is anchored, at once if it is; with false after `ms` milliseconds. */
  waitFor: (digest: string, ms: number) => Promise<boolean>;
  logger: Logger;
  /** gets the metrics of HTTP and backlog; others may put theirs beside them */
  metrics: Registry;
  /** milliseconds for the body of a single post; 30,000 if left out */
  bodyTimeoutMs?: number;
  /** the built page; absent: the gateway serves the API alone */
  page?: BuiltAssets;
}

export interface App {
  readonly express: Express;
  /** From now on `/readyz` says no, new writes are refused (STOPPING), and every answer closes its connection. */
  stop(): void;
  /** Ends the threads; for when no request is under way any more. */
  close(): Promise<void>;
}

export async function createApp(deps: AppDeps): Promise<App> {
  const { logger, metrics } = deps;
  const services = await createServices(deps);
  let isStopping = false;
  exposeProgress(metrics, deps.progress);

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  app.use(
    observe(logger, metrics),
    securityHeaders(),
    closeWhen(() => isStopping),
  );
  mountApi(app, services, deps, () => isStopping);
  if (deps.page)
    app.use(createPageRoutes({ ...services, assets: deps.page, publicUrl: deps.config.publicUrl, logger }));
  app.use(notFound(), errorHandler(logger));
  return {
    express: app,
    stop() {
      isStopping = true;
    },
    close: () => services.pool.close(),
  };
}

/** In the order of how often they are asked. */
function mountApi(app: Express, services: Services, deps: AppDeps, stopping: () => boolean): void {
  const { config, progress, clock } = deps;
  const authentication = createAuthentication({ keyring: services.keyring, clock });
  const limits = createLimits({ backlog: config.backlog, progress, stopping });
  const body = createBodyReader(deps.bodyTimeoutMs ?? 30_000);
  const writing = { ...services, authentication, limits };
  app.use(createWriteRouter({ ...writing, body, waitFor: deps.waitFor }));
  app.use(createRecordBatchRouter({ ...writing, random: deps.random, logger: deps.logger }));
  app.use(createReadRouter({ ...services, authentication }));
  app.use(createVerificationRouter(services.verifications, body));
  app.use(
    createServiceRouter({
      kinds: services.kinds,
      ledger: services.ledgerFacts,
      trust: deps.trust,
      progress,
      backlog: config.backlog,
      stopping,
      storeAnswers: () => services.lookup.answers(),
      metrics: deps.metrics,
      openApi: openApi(services.kinds),
    }),
  );
}

/** A connection that is kept alive would hold up the stop. */
function closeWhen(stopping: () => boolean): RequestHandler {
  return (_request, response, next) => {
    if (stopping()) response.setHeader("Connection", "close");
    next();
  };
}
