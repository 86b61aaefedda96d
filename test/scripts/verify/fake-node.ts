import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { base64ToBytes } from "../../../core/base64.ts";
import { to0x } from "../../../core/bytes.ts";
import type { Certificate } from "../../../core/certificate/certificate.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { parseHeader, plainHash } from "../../../core/proofs/header.ts";

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

const fields = [
  ...["parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "difficulty"],
  ...["number", "gasLimit", "gasUsed", "timestamp", "extraData", "mixHash", "nonce", "baseFeePerGas"],
];
const quantities = ["difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas"];

/** A node whose newest blocks are those of a certificate without links, and whose state is the one that it proves. */
export async function startFakeNode(certificate: Certificate): Promise<{ url: string; close(): void }> {
  const { block, nodes, account, slots } = certificate.proof;
  const blocks = [block.header, ...block.following].map(blockOf);
  const at = (places: readonly number[]): string[] => places.map((place) => to0x(base64ToBytes(nodes[place]!)));
  const answers: Record<string, (params: readonly unknown[]) => unknown> = {
    eth_chainId: () => `0x${certificate.ledger.chainId.toString(16)}`,
    eth_getBlockByNumber: ([which]) =>
      which === "latest" ? blocks.at(-1) : blocks.find((one) => one["number"] === which),
    eth_getProof: () => ({
      ...{ nonce: `0x${account.nonce.toString(16)}`, balance: account.balance, codeHash: account.codeHash },
      ...{ storageHash: account.storageRoot, accountProof: at(account.nodes) },
      storageProof: slots
        .flatMap(({ batch, status }) => [batch, status])
        .map((slot) => ({ value: `0x${BigInt(slot.value).toString(16)}`, proof: at(slot.nodes) })),
    }),
  };
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const calls = body as Call[]; // as: the verifier sends lists of calls
      response.end(JSON.stringify(calls.map(({ id, method, params }) => ({ id, result: answers[method]?.(params) }))));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as: it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function blockOf(raw: string): Record<string, string> {
  const header = parseHeader(base64ToBytes(raw));
  const entries = fields.map((name, index): [string, string] => {
    const item = to0x(header.items[index]!);
    return [name, quantities.includes(name) ? `0x${BigInt(item === "0x" ? 0 : item).toString(16)}` : item];
  });
  return { ...Object.fromEntries(entries), hash: to0x(plainHash(header, keccak)) };
}
