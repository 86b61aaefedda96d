import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { hexToBytes, to0x, type Hex } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { scalarBytes } from "../../../core/proofs/rlp.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import { qbftBlockHash } from "../../../core/proofs/qbft-extra.ts";
import type { Transition } from "../../../core/proofs/validators.ts";
import { majorityOf } from "../../../core/proofs/vote.ts";
import { nobody, qbftValidators, sealQbft, type Signatory } from "../../core/proofs/sealed-chain.ts";
import { headerJson } from "../../../scripts/bench/header-json.ts";

/**
 * A node of a QBFT chain as a client sees it: a proxy before a real development node that gives every block new headers, sealed by the keys of test
 * validators. State, logs and times stay, so that proofs are those of a real node.
 */
export interface ResealedNode {
  readonly url: string;
  /** the set that seals the next block */
  validators(): readonly Signatory[];
  /** who of the set seals a block that is not sealed yet; all, unless a test has it otherwise */
  sealersOf: (validators: readonly Signatory[]) => readonly Signatory[];
  /** Has a majority vote in the coming blocks, one in each; the set changes after the last of them. */
  propose(subject: Signatory, direction: "add" | "drop"): void;
  /** every change of validators whose first block is sealed */
  transitions(): readonly Transition[];
  header(number: number): Promise<BlockHeader>;
  /** changes what it answers; for a node that lies */
  lie: (method: string, result: unknown) => unknown;
  close(): Promise<void>;
}

export interface ResealedNodeOptions {
  /** the node behind, asked for each request */
  readonly upstream: () => string;
  /** of the genesis block; four, if left out */
  readonly validators?: readonly Signatory[];
  /** blocks as before London: their headers have no base fee */
  readonly isBeforeLondon?: boolean;
  /** why it will not do a call; null: it does */
  readonly refuse?: (method: string, params: readonly unknown[]) => string | null;
}

type Json = Record<string, unknown>;
interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}
interface Ballot {
  readonly subject: Signatory;
  readonly direction: "add" | "drop";
  readonly votes: BlockHeader[];
}
interface SealedBlock {
  readonly header: BlockHeader;
  readonly hash: Hex;
}

export async function startResealedNode(options: ResealedNodeOptions): Promise<ResealedNode> {
  const blocks: SealedBlock[] = [];
  /** the node's own hashes, and those of the blocks that took their places */
  const [toSealed, toOwn] = [new Map<string, Hex>(), new Map<string, Hex>()];
  const transitions: Transition[] = [];
  let set = options.validators ?? qbftValidators(4);
  let ballot: Ballot | null = null;
  let sealing: Promise<unknown> = Promise.resolve();

  async function ask(calls: readonly Omit<Call, "id">[]): Promise<Json[]> {
    const body = JSON.stringify(calls.map((call, id) => ({ jsonrpc: "2.0", id, ...call })));
    const request = { method: "POST", headers: { "content-type": "application/json" }, body };
    const answers = (await (await fetch(options.upstream(), request)).json()) as Json[];
    return answers.toSorted((one, other) => Number(one["id"]) - Number(other["id"]));
  }

  /** Seals what the node has made since; one after the other, for each header names its parent. */
  function catchUp(): Promise<unknown> {
    sealing = sealing
      .catch(() => undefined)
      .then(async () => {
        const [answer] = await ask([{ method: "eth_blockNumber", params: [] }]);
        const head = Number(answer?.["result"]);
        for (let from = blocks.length; from <= head; from = blocks.length) {
          const numbers = Array.from({ length: Math.min(100, head - from + 1) }, (_, index) => from + index);
          const answers = await ask(
            numbers.map((number) => ({ method: "eth_getBlockByNumber", params: [`0x${number.toString(16)}`, false] })),
          );
          for (const { result } of answers) sealBlock(result as Json);
        }
      });
    return sealing;
  }

  function sealBlock(own: Json): void {
    const number = blocks.length;
    const isFirst = ballot !== null && ballot.votes.length === majorityOf(set.length);
    const decided = isFirst ? ballot : null;
    if (decided !== null) changeSet(decided);
    const voter = ballot === null ? undefined : set[ballot.votes.length];
    const header = sealQbft({
      validators: set,
      signers: number === 0 ? [] : [...node.sealersOf(set)],
      vote: voter && ballot ? { subject: ballot.subject.address, direction: ballot.direction } : null,
      fields: {
        number,
        coinbase: number === 0 ? nobody : (voter ?? set[number % set.length]!).address,
        parentHash: hexToBytes(blocks.at(-1)?.hash ?? `0x${"00".repeat(32)}`),
        stateRoot: hexToBytes(String(own["stateRoot"])),
        timestamp: Number(own["timestamp"]),
        later: options.isBeforeLondon === true ? [] : [scalarBytes(BigInt(String(own["baseFeePerGas"])))],
      },
    });
    if (voter && ballot) ballot.votes.push(header);
    if (decided !== null) transitions.push({ votes: decided.votes.map(({ raw }) => raw), next: header.raw });
    const hash = to0x(qbftBlockHash(header, nobleKeccak));
    blocks.push({ header, hash });
    toSealed.set(String(own["hash"]), hash);
    toOwn.set(hash, String(own["hash"]) as Hex);
  }

  function changeSet({ subject, direction }: Ballot): void {
    const others = set.filter(({ address }) => address !== subject.address);
    const changed = direction === "add" ? [...others, subject] : others;
    set = changed.toSorted((one, other) => (one.address < other.address ? -1 : 1));
    ballot = null;
  }

  async function answer({ id, method, params }: Call): Promise<Json> {
    const refusal = options.refuse?.(method, params) ?? null;
    if (refusal !== null) return { jsonrpc: "2.0", id, error: { code: -32_000, message: refusal } };
    const [own] = await ask([{ method, params: exchange(params, toOwn) as unknown[] }]);
    await catchUp();
    const raw = method === "debug_getRawHeader" ? to0x(blocks[Number(params[0])]!.header.raw) : undefined;
    if (raw !== undefined) return { jsonrpc: "2.0", id, result: raw };
    if (own !== undefined && "result" in own)
      return { jsonrpc: "2.0", id, result: node.lie(method, sealed(own["result"])) };
    return { ...own, id };
  }

  function sealed(result: unknown): unknown {
    const exchanged = exchange(result, toSealed);
    const isBlock = typeof exchanged === "object" && exchanged !== null && "stateRoot" in exchanged;
    return isBlock ? withHeader(exchanged, blocks[Number((exchanged as Json)["number"])]!) : exchanged;
  }

  const server = createServer((request, response) => {
    void (async () => {
      const body: unknown = JSON.parse(await text(request));
      const answers = Array.isArray(body)
        ? await Promise.all((body as Call[]).map(answer))
        : await answer(body as Call);
      response.setHeader("content-type", "application/json").end(JSON.stringify(answers));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const node: ResealedNode = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    validators: () => set,
    sealersOf: (validators) => validators,
    propose: (subject, direction) => (ballot = { subject, direction, votes: [] }),
    transitions: () => transitions,
    lie: (_method, result) => result,
    async header(number) {
      await catchUp();
      return blocks[number]!.header;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return node;
}

/** The same value with every hash that `hashes` knows exchanged. */
function exchange(value: unknown, hashes: ReadonlyMap<string, Hex>): unknown {
  if (typeof value === "string") return value.length === 66 ? (hashes.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((item: unknown) => exchange(item, hashes));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, exchange(inner, hashes)]));
}

const newer = new Set([
  "baseFeePerGas",
  "withdrawalsRoot",
  "blobGasUsed",
  "excessBlobGas",
  "parentBeaconBlockRoot",
  "requestsHash",
]);

function withHeader(block: object, { header, hash }: SealedBlock): Json {
  return {
    ...Object.fromEntries(Object.entries(block).filter(([name]) => !newer.has(name))),
    ...headerJson(header, hash),
  };
}
