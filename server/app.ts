import { availableParallelism } from "node:os";
import express, { type Express } from "express";
import type { Logger } from "pino";
import { Gauge, type Registry } from "prom-client";

import { HufuError } from "../core/error.ts";
import { builtInKinds, type KindRegistry } from "../core/kinds/registry.ts";
import { createKeccak } from "../core/ledger/keccak.ts";
import type { Config } from "./config.ts";
import { createAuthentication } from "./http/auth.ts";
import { createJsonReader } from "./http/body.ts";
import { errorHandler, notFound } from "./http/errors.ts";
import { createLimits } from "./http/limits.ts";
import { observe } from "./http/observe.ts";
import { openApi } from "./http/openapi.ts";
import type { BuiltAssets } from "./http/assets.ts";
import { createNotFoundPage, createPageRouter, type PageDeps } from "./http/page.ts";
import { createReadRouter } from "./http/reads.ts";
import { createRecordBatchRouter } from "./http/record-batches.ts";
import { securityHeaders } from "./http/security.ts";
import { createServiceRouter } from "./http/service.ts";
import { createVerificationRouter } from "./http/verifications.ts";
import { createWriteRouter } from "./http/writes.ts";
import { createAcceptor } from "./record/accept.ts";
import { createCertificateIssuer } from "./record/certificate.ts";
import { createDraftPool } from "./record/draft-pool.ts";
import { readLedgerFacts, type LedgerAddress } from "./record/ledger-facts.ts";
import type { LedgerReader } from "./record/ledger-reader.ts";
import { linksUnder } from "./record/links.ts";
import { createLookup, type Lookup } from "./record/lookup.ts";
import type { Progress } from "./record/progress.ts";
import { createVerifications, type Verifications } from "./record/verification.ts";
import { createKeyring } from "./store/keys.ts";
import type { Store } from "./store/open.ts";

/** All that the HTTP side of the gateway is given; it starts nothing that it is not told to. */
export interface AppDeps {
  config: Pick<Config, "publicUrl" | "backlog">;
  store: Store;
  /** the contracts that the gateway writes to */
  ledger: LedgerAddress;
  reader: LedgerReader;
  /** Resolves with true once the record with this digest is anchored, at once if it is; with false after `ms` milliseconds. */
  waitFor: (digest: string, ms: number) => Promise<boolean>;
  /** the content of trust.json */
  trust: () => Promise<unknown>;
  /** Asked on every write: it must cost nothing. */
  progress: () => Progress;
  logger: Logger;
  /** gets the metrics of HTTP and backlog; others may put theirs beside them */
  metrics: Registry;
  /** milliseconds of Unix time */
  clock: () => number;
  /** cryptographically secure */
  random: (bytes: number) => Uint8Array;
  /** milliseconds for the body of a single post; 30,000 if left out */
  bodyTimeoutMs?: number;
  kinds?: KindRegistry;
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
  const { store, progress, logger, metrics, clock, random, config } = deps;
  let stopping = false;
  const kinds = deps.kinds ?? builtInKinds;
  const tools = { kinds, keccak: await createKeccak() };
  const links = linksUnder(config.publicUrl);
  const acceptor = createAcceptor({ store, tools, clock, random });
  const pool = createDraftPool(kinds, availableParallelism());
  const authentication = createAuthentication({ keyring: createKeyring(store), clock });
  const limits = createLimits({ backlog: config.backlog, progress, stopping: () => stopping });
  const readJson = createJsonReader(deps.bodyTimeoutMs ?? 30_000);
  const viewing = { store, db: store.db, kinds, links, clock, progress };
  const lookup = createLookup(viewing);
  const by = config.publicUrl ?? "hufu";
  const issuing = { ...viewing, ledger: deps.ledger, keccak: tools.keccak, by };
  const certificates = createCertificateIssuer(issuing);
  const verifications = createVerifications({ ...issuing, certificates, reader: deps.reader });

  exposeProgress(metrics, progress);
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  app.use(observe(logger, metrics));
  app.use(securityHeaders());
  app.use((_request, response, next) => {
    if (stopping) response.setHeader("Connection", "close");
    next();
  });
  app.use(createWriteRouter({ authentication, readJson, limits, acceptor, lookup, waitFor: deps.waitFor, links }));
  app.use(createRecordBatchRouter({ authentication, limits, acceptor, lookup, pool, random, logger }));
  app.use(createReadRouter({ authentication, lookup, certificates }));
  app.use(createVerificationRouter(verifications, readJson));
  app.use(
    createServiceRouter({
      kinds,
      ledger: () => readLedgerFacts(store.db, deps.ledger, progress()),
      trust: deps.trust,
      progress,
      backlog: config.backlog,
      stopping: () => stopping,
      storeAnswers: () => answers(store),
      metrics,
      openApi: openApi(kinds),
    }),
  );
  if (deps.page) usePage(app, { assets: deps.page, publicUrl: config.publicUrl, kinds, lookup, verifications, logger });
  app.use(notFound());
  app.use(errorHandler(logger));
  return {
    express: app,
    stop() {
      stopping = true;
    },
    close: () => pool.close(),
  };
}

interface PageParts {
  assets: BuiltAssets;
  publicUrl: string | null;
  kinds: KindRegistry;
  lookup: Lookup;
  verifications: Verifications;
  logger: Logger;
}

/** The page asks what the API asks, as the public: it has no way of its own to a record. */
function usePage(app: Express, { lookup, verifications, logger, ...parts }: PageParts): void {
  const deps: PageDeps = {
    ...parts,
    byDigest: (digest) => lookup.find(digest, null).catch(undefinedIfUnknown),
    byDocumentNumber: async (kind, documentNumber) =>
      (await lookup.search({ kind, documentNumber }, { after: null, limit: PAGE_MATCHES }, null)).records,
    verify: (digest) => verifications.verify({ digest }),
    report: (error) => logger.error({ err: error }, "the page could not answer"),
  };
  app.use(createPageRouter(deps));
  app.use(createNotFoundPage(deps));
}

/** Records with one document number that the page lists at most. */
const PAGE_MATCHES = 50;

function undefinedIfUnknown(error: unknown): undefined {
  if (error instanceof HufuError && error.code === "RECORD_NOT_FOUND") return undefined;
  throw error;
}

async function answers(store: Store): Promise<boolean> {
  try {
    await store.db.selectFrom("meta").select("name").limit(1).execute();
    return true;
  } catch {
    return false;
  }
}

function exposeProgress(metrics: Registry, progress: () => Progress): void {
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      collect() {
        this.set(value());
      },
    });
  gauge("hufu_backlog_records", "Records accepted and not yet anchored", () => progress().backlog);
  gauge("hufu_head_block", "Newest block whose events were read", () => progress().head?.blockNumber ?? -1);
  gauge("hufu_saved_block", "Newest block in a saved dump of the embedded chain", () => progress().savedBlock ?? -1);
  gauge("hufu_chain_up", "1 while the chain answers", () => (progress().chainUp ? 1 : 0));
}
