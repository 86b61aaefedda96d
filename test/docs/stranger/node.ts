import type { Bundle } from "./bundle.ts";
import { keccak256 } from "./hash.ts";
import { hexOf, readHeader, type Header } from "./header.ts";
import { topics, type Log } from "./logs.ts";
import { createReplay } from "./replay.ts";
import { bytesOf as itemBytes, decode, encode, isItems, numberBytes, type Item } from "./rlp.ts";
import { blockHash, sealedBy, type Trusted } from "./seals.ts";
import { headSlot } from "./storage.ts";
import { lookUp } from "./trie.ts";
import { majorityOf } from "./validators.ts";

type NodeLog = Omit<Log, "blockNumber" | "logIndex"> & { readonly blockNumber: string; readonly logIndex: string };
type Block = Readonly<Record<string, unknown>> & { readonly hash: string; readonly timestamp: string };

interface Proof {
  readonly accountProof: readonly string[];
  readonly storageProof: readonly { readonly proof: readonly string[] }[];
}

/** What JSON-RPC calls the items of a header, in the order of the RLP; the last six are those of later forks. */
const names = [
  ..."parentHash sha3Uncles miner stateRoot transactionsRoot receiptsRoot logsBloom difficulty number gasLimit gasUsed timestamp extraData mixHash nonce".split(
    " ",
  ),
  ..."baseFeePerGas withdrawalsRoot blobGasUsed excessBlobGas parentBeaconBlockRoot requestsHash".split(" "),
];
const numbers = new Set(
  "difficulty number gasLimit gasUsed timestamp baseFeePerGas blobGasUsed excessBlobGas".split(" "),
);

/** The replay of a node's ledger by the page's seven steps, without the last. Throws where a step fails. */
export async function replayNode(url: string, { bundle: trust, sets }: Trusted) {
  const { ledger, agencies } = trust.contracts;
  const call = async <T>(method: string, ...params: readonly unknown[]): Promise<T> => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    return ((await response.json()) as { result: T }).result; // as: JSON-RPC says what each method gives
  };
  const blockAt = (number: number): Promise<Block> => call("eth_getBlockByNumber", quantity(number), false);

  same("chain", await call<string>("eth_chainId"), quantity(trust.chainId));
  same("genesis", (await blockAt(0)).hash, trust.genesis.hash);
  for (const { address, codeHash } of [ledger, agencies])
    same("code", hexOf(keccak256(bytesOf(await call<string>("eth_getCode", address, "latest")))), codeHash);
  const newest = sets.at(-1)?.validators ?? [];
  const depth = trust.consensus.type === "clique" ? majorityOf(newest.length) - 1 : 0;
  const last = Number(await call<string>("eth_blockNumber")) - depth;
  const replay = createReplay({ chainId: trust.chainId, ledger: ledger.address, agencies: agencies.address });
  const range = { fromBlock: quantity(trust.deploymentBlock), toBlock: quantity(last) };
  const query = { ...range, address: [ledger.address, agencies.address], topics: [topics] };
  const logs = await call<NodeLog[]>("eth_getLogs", query);
  for (const log of logs) {
    const place = { blockNumber: Number(log.blockNumber), logIndex: Number(log.logIndex) };
    const { timestamp } = await blockAt(place.blockNumber);
    same(`rule at block ${place.blockNumber}`, replay.take({ ...log, ...place }, Number(timestamp)), undefined);
  }

  const blocks = await Promise.all(Array.from({ length: depth + 1 }, (_, i) => blockAt(last + i)));
  const [raw = "", ...following] = blocks.map((block) => rawHeader(block, trust));
  const header = readHeader(raw);
  same("block", header.number, last);
  if (trust.consensus.type !== "development")
    same("seals", sealedBy({ header: raw, following, seal: null }, { bundle: trust, sets }), "sealed");
  for (const [head, { address, codeHash }] of [
    [replay.heads.ledger, ledger],
    [replay.heads.agencies, agencies],
  ] as const) {
    const proof = await call<Proof>("eth_getProof", address, [headSlot], quantity(last));
    same(`head of ${address}`, headUnder(header, address, codeHash, proof), head);
  }
  return {
    ...replay,
    events: logs.length,
    asOf: { blockNumber: last, stateRoot: hexOf(header.stateRoot) },
    storage: (address: string, slot: string) => call<string>("eth_getStorageAt", address, slot, quantity(last)),
  };
}

/** The base64 of a header's RLP, from what a node says of its block. Throws where it does not hash to the block's hash. */
function rawHeader(block: Block, trust: Bundle): string {
  const items = names.flatMap((name): Item[] => {
    const value = block[name];
    if (typeof value !== "string") return [];
    return [numbers.has(name) ? numberBytes(BigInt(value)) : bytesOf(value)];
  });
  const raw = encode(items).toString("base64");
  same("block's hash", hexOf(blockHash(readHeader(raw), trust)), block.hash);
  return raw;
}

/** What is proven to stand in slot 0 of an account with this code. */
function headUnder({ stateRoot }: Header, address: string, codeHash: string, proof: Proof): string {
  const account = lookUp(stateRoot, keccak256(bytesOf(address)), proof.accountProof.map(bytesOf));
  if (account === null) throw new Error(`no account ${address}`);
  const items = decode(account);
  const [, , storageRoot, code] = isItems(items) ? items : [];
  same("code hash", hexOf(itemBytes(code, 32)), codeHash);
  const nodes = (proof.storageProof[0]?.proof ?? []).map(bytesOf);
  const value = lookUp(itemBytes(storageRoot, 32), keccak256(bytesOf(headSlot)), nodes);
  return `0x${(value === null ? "" : itemBytes(decode(value)).toString("hex")).padStart(64, "0")}`;
}

function same<T>(what: string, found: T, wanted: T): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)} instead of ${String(wanted)}`);
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`;
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.slice(2), "hex");
}
