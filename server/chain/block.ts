import type { Hex } from "../../core/bytes.ts";
import type { RawLog } from "../../core/ledger/events.ts";
import { badAnswer, count, field, hexData, quantity, toQuantity } from "./quantity.ts";
import { resultOf, type Rpc, type RpcAnswer, type RpcCall } from "./rpc.ts";

export interface Block {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** seconds of Unix time, by its proposer's clock */
  readonly time: number;
  /** wei; null on a chain whose blocks have none */
  readonly baseFee: bigint | null;
}

export const latestBlock: RpcCall = { method: "eth_getBlockByNumber", params: ["latest", false] };

export function blockAt(number: number): RpcCall {
  return { method: "eth_getBlockByNumber", params: [toQuantity(number), false] };
}

/** null: the node has no such block. Throws NODE_REFUSED, NODE_ANSWER. */
export function blockOf(answer: RpcAnswer | undefined): Block | null {
  // Some nodes answer a height above their head with an error instead of null.
  if (answer?.ok === false && /out ?of ?range|not found|unknown block/i.test(answer.error.message)) return null;
  const value = resultOf(answer, "eth_getBlockByNumber");
  if (value === null) return null;
  const baseFee = field(value, "baseFeePerGas");
  return {
    number: count(field(value, "number"), "a block's number"),
    hash: hexData(field(value, "hash"), "a block's hash", 32),
    parentHash: hexData(field(value, "parentHash"), "a parent's hash", 32),
    time: count(field(value, "timestamp"), "a block's time"),
    baseFee: baseFee === undefined || baseFee === null ? null : quantity(baseFee, "a base fee"),
  };
}

/** The newest block. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER. */
export async function readHead(rpc: Rpc): Promise<Block> {
  const [answer] = await rpc.batch([latestBlock]);
  const head = blockOf(answer);
  if (head === null) throw badAnswer("it has no newest block");
  return head;
}

/** Logs of `addresses` in the blocks from `from` to `to`, both included; `topics` as in eth_getLogs. */
export function logsBetween(from: number, to: number, addresses: readonly Hex[], topics: readonly unknown[]): RpcCall {
  return {
    method: "eth_getLogs",
    params: [{ fromBlock: toQuantity(from), toBlock: toQuantity(to), address: addresses, topics }],
  };
}

/** Throws NODE_REFUSED, NODE_ANSWER. */
export function logsOf(answer: RpcAnswer | undefined): RawLog[] {
  const value = resultOf(answer, "eth_getLogs");
  if (!Array.isArray(value)) throw badAnswer("its logs are no list");
  return value.map((item: unknown) => logOf(item));
}

function logOf(item: unknown): RawLog {
  const topics = field(item, "topics");
  if (!Array.isArray(topics)) throw badAnswer("a log's topics are no list");
  // A batch's data has tens of thousands of digits: whoever decodes it reads them, and once is enough.
  const data = field(item, "data");
  if (typeof data !== "string") throw badAnswer("a log's data is no text");
  const blockTimestamp = field(item, "blockTimestamp");
  return {
    address: hexData(field(item, "address"), "a log's address", 20),
    topics: topics.map((topic: unknown) => hexData(topic, "a topic", 32)),
    data,
    blockNumber: count(field(item, "blockNumber"), "a log's block"),
    blockHash: hexData(field(item, "blockHash"), "a log's block hash", 32),
    transactionHash: hexData(field(item, "transactionHash"), "a log's transaction", 32),
    logIndex: count(field(item, "logIndex"), "a log's index"),
    ...(typeof blockTimestamp === "string" ? { blockTimestamp: count(blockTimestamp, "a log's time") } : {}),
  };
}
