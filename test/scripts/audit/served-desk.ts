import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { pino } from "pino";
import { Registry } from "prom-client";
import { createApp } from "../../../server/app.ts";
import { openTrust } from "../../../server/desk/trust-file.ts";
import { listen } from "../../../server/http/listen.ts";
import { createProver } from "../../../server/proofs/prover.ts";
import { sealingOf } from "../../../server/proofs/sealing.ts";
import { allScopes, issueKey } from "../../../server/store/keys.ts";
import type { Store } from "../../../server/store/open.ts";
import type { TrustBundle } from "../../../core/trust/bundle.ts";
import { market, trustedChainOf, type Desk } from "../../server/anchoring/desk.ts";

/** A desk's store as its gateway serves it. */
export interface ServedDesk {
  readonly url: string;
  readonly trust: TrustBundle;
  /** A request in the name of the market authority; `body` goes as JSON. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
  close(): Promise<void>;
}

/** Serves `store` beside the anchoring that runs on `desk`. */
export async function serveDesk(desk: Desk, store: Store): Promise<ServedDesk> {
  const { keccak, accounts } = desk;
  const { addresses } = desk.anchoring();
  const chain = await trustedChainOf(desk);
  const { rpc, chainId, genesisHash } = chain;
  const file = join(desk.folder, "trust.json");
  const trust = openTrust({ file, store, chain, keccak, addresses, now: () => performance.now() });
  const app = await createApp({
    config: { publicUrl: null, backlog: 1000 },
    store,
    ledger: { chainId, genesisHash, address: addresses.ledger, agencies: addresses.agencies },
    prover: createProver({
      ...{ rpc, keccak, ledger: addresses.ledger },
      sealing: sealingOf(chain, { sealer: accounts.sealer, keccak }),
    }),
    waitFor: (digest, ms) => desk.anchoring().waitFor(digest, ms),
    trust,
    progress: () => desk.anchoring().progress(),
    logger: pino({ level: "silent" }),
    metrics: new Registry(),
    clock: Date.now,
    random: randomBytes,
  });
  const server = await listen(app.express, "127.0.0.1", 0);
  const terms = { agency: market, scopes: allScopes, createdAt: Date.now(), expiresAt: null, random: randomBytes(32) };
  const key = await store.write((tx) => issueKey(tx, terms));
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    trust: await trust(),
    async call(method, path, body) {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      const answer = await fetch(url + path, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      // as: every answer of these routes is a JSON object
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    async close() {
      await server.drain(1000);
      await app.close();
    },
  };
}
