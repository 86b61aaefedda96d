import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { Registry } from "prom-client";

import { effectCode } from "../../core/ledger/effect.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { createApp, type AppDeps } from "../../server/app.ts";
import { listen } from "../../server/http/listen.ts";
import { createProver } from "../../server/proofs/prover.ts";
import type { Progress } from "../../server/record/progress.ts";
import { saveAgency } from "../../server/store/agencies.ts";
import { allScopes, issueKey, type Scope } from "../../server/store/keys.ts";
import { openStore, type Store } from "../../server/store/open.ts";
import { createPretendedLedger, type PretendedLedger } from "./anchor.ts";
import { CHAIN_ID, ledgerAddress } from "./pretended-chain.ts";
import { land, market, overseer } from "./samples.ts";

/** What tests turn while a gateway runs. */
export interface Knobs {
  /** milliseconds */
  now: number;
  progress: Progress;
  waitFor: AppDeps["waitFor"];
}

export interface Gateway {
  url: string;
  store: Store;
  ledger: PretendedLedger;
  knobs: Knobs;
  /** API keys with every scope */
  keys: Record<"market" | "land" | "overseer", string>;
  newKey(agency: string, scopes: readonly Scope[], expiresAt?: number): Promise<string>;
  /** Sends a request; a body that is no string goes as JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** all lines of the log */
  log: string[];
  /** what main does on SIGTERM */
  stop(): void;
  close(): Promise<void>;
}

export interface CallOptions {
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** `body` is parsed JSON where there is some. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests read answers as a client without types does
}

/** Nothing waits, and nothing was read yet. */
export const quietProgress: Progress = {
  ...{ backlog: 0, head: null, savedBlock: null, chainUp: true, isStandingStill: false, headAgeSeconds: null },
  ...{ consensus: "development", endorsement: null, shortage: null },
};

/** Noon of 24 November 2026 in Shenzhen. */
const NOON = Date.UTC(2026, 10, 24, 4);

/** A gateway with a store of its own and a ledger on a pretended chain, on a port of its own. `wrap` stands between it and its store. */
export async function startGateway(
  overrides: Partial<AppDeps> = {},
  wrap = (store: Store): Store => store,
): Promise<Gateway> {
  const folder = mkdtempSync(join(tmpdir(), "hufu-gateway-"));
  const store = await openStore(folder);
  const ledger = await createPretendedLedger(store);
  const { rpc, sealing } = ledger.chain;
  const trust = ledger.chain.trust(enrolled.map(({ uscc, name }) => ({ uscc, name })));
  const knobs: Knobs = {
    now: NOON,
    progress: quietProgress,
    waitFor: () => Promise.resolve(false),
  };
  const log: string[] = [];
  const app = await createApp({
    config: { publicUrl: null, backlog: 1_000 },
    store: wrap(store),
    ledger: {
      chainId: CHAIN_ID,
      genesisHash: trust.genesis.hash,
      address: ledgerAddress,
      agencies: trust.contracts.agencies.address,
    },
    prover: createProver({ rpc, keccak: nobleKeccak, ledger: ledgerAddress, sealing }),
    waitFor: (digest, ms) => knobs.waitFor(digest, ms),
    trust: () => Promise.resolve(trust),
    progress: () => knobs.progress,
    logger: pino({ level: "trace" }, { write: (line: string) => log.push(line) }),
    metrics: new Registry(),
    clock: () => knobs.now,
    random: randomBytes,
    ...overrides,
  });
  await enrol(store);
  const server = await listen(app.express, "127.0.0.1", 0);
  const newKey = (agency: string, scopes: readonly Scope[], expiresAt?: number): Promise<string> => {
    const terms = { agency, scopes, createdAt: NOON, expiresAt: expiresAt ?? null, random: randomBytes(32) };
    return store.write((tx) => issueKey(tx, terms));
  };
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    store,
    ledger,
    knobs,
    log,
    newKey,
    keys: {
      market: await newKey(market, allScopes),
      land: await newKey(land, allScopes),
      overseer: await newKey(overseer, allScopes),
    },
    call: (method, path, options) => call(url + path, method, options),
    stop: () => app.stop(),
    async close() {
      await server.drain(1_000);
      await app.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const everyKind = 0b11110;
const overseen = (1 << effectCode("IN_FORCE")) | (1 << effectCode("ANNOTATED")) | (1 << effectCode("ENDED"));
/** By code, ascending. */
const enrolled = [
  { uscc: market, name: "坪山示例市场监管局（虚构）", kinds: 0b10110, oversight: {} },
  { uscc: land, name: "坪山示例土地整备事务中心（虚构）", kinds: everyKind, oversight: {} },
  { uscc: overseer, name: "坪山示例公共信用中心（虚构）", kinds: everyKind, oversight: { [market]: overseen } },
].toSorted((one, other) => (one.uscc < other.uscc ? -1 : 1));

async function enrol(store: Store): Promise<void> {
  for (const agency of enrolled) await store.write((tx) => saveAgency(tx, { ...agency, signer: new Uint8Array(20) }));
}

async function call(url: string, method: string, { key, body, headers = {} }: CallOptions = {}): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /^application\/(problem\+)?json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}
