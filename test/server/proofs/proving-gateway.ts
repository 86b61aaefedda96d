import { randomBytes } from "node:crypto";
import pino from "pino";
import { Registry } from "prom-client";
import { expect } from "chai";

import { bytesToBase64 } from "../../../core/base64.ts";
import { parseCertificate, type Certificate } from "../../../core/certificate/certificate.ts";
import type { JsonObject } from "../../../core/json/parse.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { followTrust } from "../../../core/trust/anchor.ts";
import type { TrustBundle, TrustFacts } from "../../../core/trust/bundle.ts";
import { verifyCertificate, type Verification } from "../../../core/verify/verify.ts";
import { deploymentBlock } from "../../../server/anchoring/enrolment.ts";
import { createApp } from "../../../server/app.ts";
import { createRpc, type Rpc } from "../../../server/chain/rpc.ts";
import { readGenesisHash, readTrust } from "../../../server/chain/trust.ts";
import { listen } from "../../../server/http/listen.ts";
import { createDevelopmentSeal } from "../../../server/proofs/development-seal.ts";
import { createProver, type Prover } from "../../../server/proofs/prover.ts";
import type { Sealing } from "../../../server/proofs/sealed-block.ts";
import { allScopes, issueKey } from "../../../server/store/keys.ts";
import { fastTools as tools } from "../../core/proofs/sealed-chain.ts";
import { credit, market, openDesk, type Desk } from "../anchoring/desk.ts";
import { statusContent } from "../samples.ts";
import { startResealedNode, type ResealedNode } from "./resealed-node.ts";

/** A gateway on a real chain: the embedded one, or the same behind a node whose blocks QBFT validators seal. */
export interface ProvingGateway {
  readonly desk: Desk;
  /** null: the embedded chain, which its gateway seals */
  readonly node: ResealedNode | null;
  readonly rpc: Rpc;
  readonly prover: Prover;
  readonly url: string;
  /** as of now */
  trust(): Promise<TrustBundle>;
  call(
    method: string,
    path: string,
    body?: unknown,
    agency?: string,
  ): Promise<{ status: number; headers: Headers; body: any }>; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests read answers as a client without types does
  /** Posts a penalty of the market's office; resolves with its digest once all is anchored. */
  post(content: JsonObject, more?: object): Promise<string>;
  /** Decides on a record, as the market's office or as `agency`; resolves with the decision's digest once it is on the chain. */
  decide(digest: string, effect: string, reason: string, more?: JsonObject): Promise<string>;
  certificate(digest: string, agency?: string): Promise<Certificate>;
  /** As somebody does who holds this bundle, left out: the newest, and asks nobody. */
  verify(certificate: Certificate, bundle?: TrustBundle): Promise<Verification>;
  close(): Promise<void>;
}

const publishers = [{ name: "a test", role: "gateway", validator: null, url: null }] as const;

const qbft = { type: "qbft", epoch: 30_000 } as const;

/** `nodeOf` may give another node to put before the desk's own. */
export async function startProvingGateway(
  chain: "embedded" | "qbft",
  nodeOf: (desk: Desk) => Promise<ResealedNode> = ({ chain }) => startResealedNode({ upstream: () => chain.url() }),
): Promise<ProvingGateway> {
  const desk = await openDesk({ idle: true });
  const node = chain === "qbft" ? await nodeOf(desk) : null;
  const rpc = node === null ? desk.chain.rpc : createRpc({ url: () => node.url, timeoutMs: 10_000 });
  await desk.restart({ wrapRpc: () => rpc, ...(node !== null && { consensus: qbft, isEmbedded: false }) });
  const anchoring = desk.anchoring();
  await anchoring.ready();
  const { addresses } = anchoring;
  const genesisHash = await readGenesisHash(rpc);
  const { keccak } = desk;
  const { chainId } = desk.chain;
  const { sealer } = desk.accounts;
  const sealing: Sealing =
    node === null
      ? { type: "development", seal: createDevelopmentSeal({ sealer, chainId, keccak }) }
      : { type: "qbft" };
  const prover = createProver({ rpc, keccak, ledger: addresses.ledger, sealing });

  async function trust(): Promise<TrustBundle> {
    const consensus: TrustFacts["consensus"] = node === null ? { type: "development", sealer: sealer.address } : qbft;
    const transitions = (node?.transitions() ?? []).map(({ votes, next }) => ({
      votes: votes.map(bytesToBase64),
      next: next && bytesToBase64(next),
    }));
    const deployed = (await deploymentBlock(desk.store)) ?? 0;
    const facts = { chainId, consensus, transitions, checkpoints: [], deploymentBlock: deployed, publishers };
    return readTrust({ rpc, keccak, addresses, config: null, facts });
  }

  const app = await createApp({
    config: { publicUrl: null, backlog: 1_000 },
    store: desk.store,
    ledger: { chainId, genesisHash, address: addresses.ledger, agencies: addresses.agencies },
    prover,
    trust,
    waitFor: (digest, ms) => anchoring.waitFor(digest, ms),
    progress: () => anchoring.progress(),
    logger: pino({ level: "silent" }),
    metrics: new Registry(),
    clock: Date.now,
    random: randomBytes,
  });
  const server = await listen(app.express, "127.0.0.1", 0);
  const newKey = (agency: string): Promise<string> =>
    desk.store.write((tx) =>
      issueKey(tx, { agency, scopes: allScopes, createdAt: Date.now(), expiresAt: null, random: randomBytes(32) }),
    );
  const keys = new Map([
    [market, await newKey(market)],
    [credit, await newKey(credit)],
  ]);
  let serial = 0;

  const gateway: ProvingGateway = {
    ...{ desk, node, rpc, prover, trust },
    url: `http://127.0.0.1:${server.port}`,
    async call(method, path, body, agency) {
      const headers = {
        ...(body !== undefined && { "content-type": "application/json", prefer: "wait=30" }),
        ...(agency !== undefined && { authorization: `Bearer ${keys.get(agency) ?? ""}` }),
      };
      const response = await fetch(`${gateway.url}${path}`, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    async post(content, more = {}) {
      const record = { kind: "credit-penalty", recordId: `P-${++serial}`, content, ...more };
      const answer = await gateway.call("POST", "/v1/records", record, market);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      await desk.settled();
      return answer.body.digest;
    },
    async decide(digest, effect, reason, more = {}) {
      const content = { ...statusContent(effect, reason, market), ...more };
      const answer = await gateway.call("POST", `/v1/records/${digest}/status`, content, market);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      await desk.settled();
      return answer.body.digest;
    },
    async certificate(digest, agency) {
      const answer = await gateway.call("GET", `/v1/records/${digest}/certificate`, undefined, agency);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      return parseCertificate(answer.body);
    },
    async verify(certificate, bundle) {
      const believed = bundle ?? (await trust());
      const trusted = { bundle: believed, state: followTrust(believed, tools), broughtBy: "holder" } as const;
      return verifyCertificate({ certificate, kinds: builtInKinds, ...tools, trusted });
    },
    async close() {
      await server.drain(1_000);
      await app.close();
      await desk.close();
      await node?.close();
    },
  };
  return gateway;
}
