import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import pino from "pino";
import { Registry } from "prom-client";

import { createApp } from "../../server/app.ts";
import { listen, type Listening } from "../../server/http/listen.ts";
import { saveAgency } from "../../server/store/agencies.ts";
import { allScopes, issueKey } from "../../server/store/keys.ts";
import { openStore } from "../../server/store/open.ts";

/** One side of the HTTP bench, in a process of its own: prints {"port","key"} when it listens, ends when its input ends. */
const agency = "11440310XX0001011N";

/** The least that a gateway in Express could do: parse JSON and send it back. */
async function echo(): Promise<Listening> {
  const app = express();
  app.use(express.json({ limit: "1mb" }));
  app.post("/v1/records", (request, response) => void response.json(request.body));
  return listen(app, "127.0.0.1", 0);
}

/** The whole gateway, store and log included, on a folder of its own; nothing is anchored meanwhile. */
async function gateway(folder: string): Promise<{ server: Listening; key: string }> {
  const store = await openStore(folder);
  const row = { uscc: agency, name: "an agency", kinds: 2, oversight: {}, signer: new Uint8Array(20) };
  await store.write((tx) => saveAgency(tx, row));
  const terms = { agency, scopes: allScopes, createdAt: Date.now(), expiresAt: null, random: randomBytes(32) };
  const key = await store.write((tx) => issueKey(tx, terms));
  const noLedger = (): Promise<never> => Promise.reject(new Error("there is no ledger here"));
  const word = (length: number): `0x${string}` => `0x${"00".repeat(length)}`;
  const app = await createApp({
    config: { publicUrl: null, backlog: Number.MAX_SAFE_INTEGER },
    store,
    ledger: { chainId: 1, genesisHash: word(32), address: word(20), agencies: word(20) },
    prover: { newest: noLedger, prove: noLedger },
    waitFor: () => Promise.resolve(false),
    trust: noLedger,
    progress: () => ({
      ...{ backlog: 0, head: null, savedBlock: null, chainUp: true, isStandingStill: false, headAgeSeconds: null },
      ...{ consensus: "development", endorsement: null, shortage: null },
    }),
    logger: pino({ level: "info", base: null }, pino.destination(join(folder, "log"))),
    metrics: new Registry(),
    clock: Date.now,
    random: randomBytes,
  });
  return { server: await listen(app.express, "127.0.0.1", 0), key };
}

const folder = mkdtempSync(join(tmpdir(), "hufu-bench-"));
const { server, key } = process.argv[2] === "echo" ? { server: await echo(), key: "none" } : await gateway(folder);
console.log(JSON.stringify({ port: server.port, key }));
process.stdin.resume().on("end", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
