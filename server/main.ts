import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { join } from "node:path";
import pino, { type Logger } from "pino";
import { Registry } from "prom-client";

import { builtInKinds } from "../core/kinds/registry.ts";
import { createKeccak } from "../core/ledger/keccak.ts";
import { HufuError } from "../core/error.ts";
import type { TrustBundle } from "../core/trust/bundle.ts";
import { createAnchoring, type Anchoring } from "./anchoring/anchoring.ts";
import { anchoringMetrics } from "./anchoring/metrics.ts";
import { createApp, type App } from "./app.ts";
import { readArguments } from "./arguments.ts";
import { openAccounts, type Accounts } from "./chain/accounts.ts";
import type { Chain } from "./chain/chain.ts";
import { loadContracts } from "./chain/ledger-contracts.ts";
import type { Log } from "./chain/log.ts";
import { parseConfig, type Config } from "./config.ts";
import { readAgencyPlan, type AgencyPlan } from "./desk/agency-plan.ts";
import { ensureApiKeys } from "./desk/api-keys.ts";
import { readyBanner } from "./desk/banner.ts";
import { startChain, untilReady } from "./desk/chain-start.ts";
import { openTrust } from "./desk/trust-file.ts";
import { replaceFile } from "./chain/replace-file.ts";
import { readAssets } from "./http/assets.ts";
import { listen, type Listening } from "./http/listen.ts";
import { createProver } from "./proofs/prover.ts";
import { sealingOf } from "./proofs/sealing.ts";
import { openStore, type Store } from "./store/open.ts";

const DRAIN_MS = 10_000;
/** stderr, in blocks and at least twice a second: a write for each request would cost more than the request. The rest is flushed at exit. */
const LOG_TARGET = { dest: 2, sync: false, minLength: 4_096, periodicFlush: 500 };

/** Things that were started, newest last; they are ended in the opposite order. */
type Endings = (() => Promise<void>)[];

async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2), (text) => process.stdout.write(text));
  if (given === null) return;
  const config = parseConfig({ ...process.env, ...given });
  const logger = pino({ level: config.logLevel, base: null }, pino.destination(LOG_TARGET));
  const endings: Endings = [];
  const started = start(config, logger, endings);
  const isEnding = endOnSignal(started, endings, logger);
  try {
    await started;
  } catch (error) {
    if (isEnding()) return;
    await endAll(endings, logger);
    throw error;
  }
}

async function start(config: Config, logger: Logger, endings: Endings): Promise<void> {
  const store = await openStore(config.data);
  endings.push(() => store.close());
  let handler: RequestListener = starting;
  const server = await listen((request, response) => handler(request, response), config.host, config.port);
  const url = config.publicUrl ?? `http://${config.host}:${server.port}`;
  endings.push(() => server.drain(DRAIN_MS));

  const agencies = readAgencyPlan(config.agencies);
  say("opening the keystore");
  const accounts = openAccounts({ data: config.data, password: config.keystorePassword });
  const isEmbedded = config.rpc.length === 0;
  const waiting = new AbortController();
  endings.push(() => {
    waiting.abort();
    return Promise.resolve();
  });
  const chain = await startChain({
    ...{ config, store, accounts, say, log: logOf(logger) },
    ...{ path: process.env["PATH"] ?? "", signal: waiting.signal },
  });
  endings.push(() => chain.stop());
  const metrics = new Registry();
  const anchoring = await startAnchoring({ config, store, accounts, chain, agencies, logger, metrics });
  endings.push(() => anchoring.stop());
  say("contracts and agencies: deploying and enrolling what is not there yet");
  await untilReady(anchoring, { chain, store, isEmbedded });
  const keysFile = await ensureApiKeys({ store, data: config.data, agencies, clock: Date.now, random: randomBytes });
  const trustFile = join(config.data, "trust.json");
  const trust = openTrust({
    ...{ file: trustFile, store, chain, addresses: anchoring.addresses },
    ...{ keccak: await createKeccak(), now: () => performance.now() },
  });
  await trust().catch((error: unknown) => {
    if (isEmbedded) throw error;
    logger.warn({ err: error }, "there is no trust bundle yet; it is made when somebody asks for it");
  });

  const app = await startApp({ config, store, accounts, anchoring, chain, trust, logger, metrics });
  endings.push(() => app.close());
  endings.push(() => drain(app, server));
  handler = app.express;
  const gatewayFile = join(config.data, "gateway.json");
  // `rpc`: the node that is asked now. `nodes`: all that may be asked once it does not answer; what follows a `?` in them stands in no other file.
  const whereabouts = { url, rpc: chain.url(), nodes: isEmbedded ? [chain.url()] : config.rpc };
  replaceFile(gatewayFile, `${JSON.stringify(whereabouts, null, 2)}\n`);
  console.log(
    readyBanner({
      ...{ url, rpc: chain.url(), keysFile, trustFile, gatewayFile, cwd: process.cwd() },
      ...{ agency: agencies[0]?.uscc ?? "", isEmbedded },
    }),
  );
}

interface AnchoringParts {
  readonly config: Config;
  readonly store: Store;
  readonly accounts: Accounts;
  readonly chain: Chain;
  readonly agencies: readonly AgencyPlan[];
  readonly logger: Logger;
  readonly metrics: Registry;
}

async function startAnchoring({ chain, logger, metrics, ...parts }: AnchoringParts): Promise<Anchoring> {
  const anchoring = await createAnchoring({
    ...parts,
    ...chain,
    isEmbedded: parts.config.rpc.length === 0,
    keccak: await createKeccak(),
    contracts: loadContracts(),
    log: logOf(logger),
    hooks: anchoringMetrics(metrics),
  });
  anchoring.start();
  return anchoring;
}

interface AppParts {
  readonly config: Config;
  readonly store: Store;
  readonly accounts: Accounts;
  readonly anchoring: Anchoring;
  readonly chain: Chain;
  readonly trust: () => Promise<TrustBundle>;
  readonly logger: Logger;
  readonly metrics: Registry;
}

async function startApp(parts: AppParts): Promise<App> {
  const { config, store, accounts, anchoring, chain, trust, logger, metrics } = parts;
  const { addresses } = anchoring;
  const { chainId, genesisHash, rpc } = chain;
  const keccak = await createKeccak();
  const sealing = sealingOf(chain, { sealer: accounts.sealer, keccak });
  return createApp({
    config,
    store,
    ledger: { chainId, genesisHash, address: addresses.ledger, agencies: addresses.agencies },
    prover: createProver({ rpc, keccak, ledger: addresses.ledger, sealing }),
    waitFor: (digest, ms) => anchoring.waitFor(digest, ms),
    trust,
    progress: () => anchoring.progress(),
    logger,
    metrics,
    clock: Date.now,
    random: randomBytes,
    kinds: builtInKinds,
    page: readAssets(join(import.meta.dirname, "..", "build", "web")),
  });
}

/** Before the ledger is there. */
function starting(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "2" });
  response.end("Hufu is starting. 正在启动。\n");
}

async function drain(app: App, server: Listening): Promise<void> {
  app.stop();
  await server.drain(DRAIN_MS);
}

/**
 * The first SIGTERM or SIGINT drains; the second one ends at once, which loses nothing that was accepted. What a start that is under way still
 * begins, its chain for one, is ended too. Answers whether a signal came.
 */
function endOnSignal(started: Promise<void>, endings: Endings, logger: Logger): () => boolean {
  let ending = false;
  const endEverything = async (): Promise<void> => {
    await endAll(endings, logger);
    await started.catch(() => undefined);
    await endAll(endings, logger);
    process.exit(0);
  };
  const end = (): void => {
    if (ending) process.exit(130);
    ending = true;
    say("stopping: finishing what is under way (once more to stop at once)");
    void endEverything();
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  return () => ending;
}

async function endAll(endings: Endings, logger: Logger): Promise<void> {
  for (let end = endings.pop(); end; end = endings.pop()) {
    await end().catch((error: unknown) => {
      logger.error({ err: error }, "a part of the gateway did not end as it should");
    });
  }
}

function logOf(logger: Logger): Log {
  return (level, sentence, { error, ...details } = {}) => {
    logger[level]({ ...details, ...(error !== undefined && { err: error }) }, sentence);
  };
}

function say(sentence: string): void {
  console.error(`[start] ${sentence}`);
}

/** One sentence for what a person can mend; everything else is ours, with its stack. */
function sentenceOf(error: unknown): string {
  if (error instanceof HufuError) return error.message;
  if (error instanceof Error && "code" in error && "port" in error) {
    const where = `port ${String(error.port)}`;
    if (error.code === "EADDRINUSE") return `${where} is in use: stop what listens there, or set PORT to another one.`;
    if (error.code === "EACCES") return `${where} may not be used by this user: set PORT to one above 1023.`;
  }
  if (error instanceof Error && "code" in error && error.code === "EADDRNOTAVAIL")
    return "HUFU_HOST is no address of this machine: set it to one that is, such as 127.0.0.1.";
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await main();
} catch (error) {
  console.error(`\nHufu cannot start: ${sentenceOf(error)}`);
  process.exit(1);
}
