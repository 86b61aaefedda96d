import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { to0x, utf8, type Hex } from "../../../core/bytes.ts";
import { plainHash, type BlockHeader } from "../../../core/proofs/header.ts";
import { publishTrust, type TrustBundle, type TrustFacts } from "../../../core/trust/bundle.ts";
import type { Finding } from "../../../scripts/doctor/finding.ts";
import type { SeenNode } from "../../../scripts/doctor/nodes.ts";
import { readHead } from "../../../server/chain/block.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import { createQbftNode } from "../../server/chain/qbft-node.ts";
import { fastTools } from "../../core/proofs/sealed-chain.ts";
import { contracts, qbftFacts } from "../../core/trust/sample.ts";

export const codesOf = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

export function findingOf(findings: readonly Finding[], code: Finding["code"]): Finding {
  const found = findings.find((finding) => finding.code === code);
  if (found === undefined) throw new Error(`${code} is not among ${codesOf(findings).join(", ")}`);
  return found;
}

export const cliqueHash = (block: BlockHeader): Hex => to0x(plainHash(block, fastTools.keccak));

/** A pretended node that answers some methods in a test's way; undefined: it refuses. */
export function answering(node: Rpc, answers: Readonly<Record<string, unknown>>): Rpc {
  return {
    call: node.call,
    async batch(calls) {
      const plain = await node.batch(calls);
      return plain.map((answer, index) => {
        const { method = "" } = calls[index] ?? {};
        return Object.hasOwn(answers, method) ? { ok: true as const, result: answers[method] } : answer;
      });
    },
  };
}

/** A node of these blocks, as the doctor saw it. */
export async function seen(
  blocks: readonly BlockHeader[],
  { url = "http://node.example", answers = {}, isClique = false } = {},
): Promise<SeenNode> {
  const node = createQbftNode(blocks);
  if (isClique) node.knows.hashOf = cliqueHash;
  const rpc = answering(node, answers);
  return {
    url,
    rpc,
    chainId: node.knows.chainId,
    genesisHash: node.knows.hashOf(blocks[0]!),
    head: await readHead(rpc),
  };
}

/** The bundle of the growing chain, with the code that pretended nodes have. */
export function bundleOf(changes: Partial<TrustFacts> = {}): TrustBundle {
  const codeHash = (address: Hex): Hex => to0x(fastTools.keccak.hash(utf8(address)));
  const hashed = {
    accessManager: { address: contracts.accessManager.address, codeHash: codeHash(contracts.accessManager.address) },
    agencies: { address: contracts.agencies.address, codeHash: codeHash(contracts.agencies.address) },
    ledger: { address: contracts.ledger.address, codeHash: codeHash(contracts.ledger.address) },
    p256Verifier: { address: contracts.p256Verifier.address, codeHash: codeHash(contracts.p256Verifier.address) },
  };
  return publishTrust({ ...qbftFacts(), contracts: hashed, ...changes });
}

/** A gateway that answers each path in a test's way; null: it is not there. */
export interface PretendedGateway {
  readonly url: string;
  readonly answers: Record<string, { status: number; body: unknown }>;
  /** seconds by which its clock is ahead */
  ahead: number;
  close(): Promise<void>;
}

export const readyChecks = { accepting: true, store: true, chain: true, backlog: true, signers: true };
export const readyChain = { state: "up", headAgeSeconds: 1, shortage: null };

export async function startPretendedGateway(): Promise<PretendedGateway> {
  const server = createServer((request, response) => {
    const { status, body } = gateway.answers[request.url ?? ""] ?? { status: 404, body: {} };
    response.setHeader("date", new Date(Date.now() + 1000 * gateway.ahead).toUTCString());
    response.writeHead(status);
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as: it listens on a port
  const gateway: PretendedGateway = {
    url: `http://127.0.0.1:${port}`,
    answers: {
      "/healthz": { status: 200, body: { alive: true } },
      "/readyz": { status: 200, body: { ready: true, checks: readyChecks, chain: readyChain } },
      "/metrics": { status: 200, body: "hufu_backlog_records 0\n" },
    },
    ahead: 0,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return gateway;
}
