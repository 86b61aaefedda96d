import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { justice, market, type FilledLedger, type HeldRecord } from "./filled-ledger.ts";

/** What a gateway would answer of the filled ledger; a test changes it before it asks. */
export interface FakeGateway {
  readonly url: string;
  readonly views: Map<string, Record<string, unknown>>;
  facts: Record<string, unknown>;
  /** answers so many requests with this status first */
  busy: { status: number; times: number };
  close(): Promise<void>;
}

/** A gateway that holds a table of answers. */
export async function startFakeGateway(ledger: FilledLedger): Promise<FakeGateway> {
  const { chain, records } = ledger;
  const { chainId, genesis, contracts } = chain.trust;
  const views = new Map<string, Record<string, unknown>>();
  for (const record of records) views.set(record.digest, await viewOf(ledger, record));
  const state = {
    views,
    busy: { status: 503, times: 0 },
    facts: {
      ledger: { chainId, genesisHash: genesis.hash, address: contracts.ledger.address },
      records: { accepted: records.length, anchored: records.length, backlog: 0 },
      batches: 3,
      statuses: 2,
    },
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    if (state.busy.times-- > 0) return void response.writeHead(state.busy.status, { "retry-after": "0" }).end("{}");
    const digest = /^\/v1\/records\/([0-9a-f]{64})$/.exec(path)?.[1];
    answer(response, path === "/v1/ledger" ? gateway.facts : views.get(digest ?? ""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // as: it listens on a port
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const gateway: FakeGateway = Object.assign(state, { url: `http://127.0.0.1:${port}`, close });
  return gateway;
}

function answer(response: ServerResponse, value: unknown): void {
  response.writeHead(value === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(value ?? {}));
}

async function viewOf(ledger: FilledLedger, record: HeldRecord): Promise<Record<string, unknown>> {
  const { agency, kind, digest, recordId, root, blockNumber } = record;
  return {
    digest,
    agency: { uscc: agency, name: "a name" },
    kind: kind.kind,
    recordId,
    status: await statusOf(ledger, record),
    anchor: { root, blockNumber },
  };
}

async function statusOf({ chain, withdrawn, superseded, decision, successor }: FilledLedger, record: HeldRecord) {
  const head = Number(await chain.rpc.call("eth_blockNumber"));
  const set = async (effect: string, actor: string, basis: string, block: number) => {
    const found = await chain.rpc.call("eth_getBlockByNumber", `0x${block.toString(16)}`, false);
    const { timestamp } = found as { timestamp: string }; // as: a block has its time
    const since = new Date(1000 * Number(timestamp)).toISOString();
    return { effect, version: 1, since, actor: { uscc: actor, name: null }, basis };
  };
  if (record === withdrawn) return set("WITHDRAWN", justice, decision.digest, head - 1);
  if (record === superseded) return set("SUPERSEDED", market, successor.digest, head);
  return { effect: "IN_FORCE", version: 0, since: null, actor: null, basis: null };
}
