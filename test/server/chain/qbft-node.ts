import { to0x, utf8, type Hex } from "../../../core/bytes.ts";
import { HufuError } from "../../../core/error.ts";
import type { RawLog } from "../../../core/ledger/events.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";
import type { Rpc, RpcAnswer, RpcCall } from "../../../server/chain/rpc.ts";
import { bytes18, encodeEvent, syntheticLog } from "../../core/ledger/synthetic.ts";
import { agencies, contracts, hashOf } from "../../core/trust/sample.ts";
import { blockJson } from "./block-json.ts";

/** What a test's node knows; a test changes it as it goes. */
export interface NodeKnows {
  chainId: number;
  /** from the genesis block to the head */
  blocks: readonly BlockHeader[];
  /** QBFT's, unless a test has other blocks */
  hashOf: (block: BlockHeader) => Hex;
  /** of the register */
  logs: readonly RawLog[];
  /** a contract without code */
  empty: Hex | null;
  /** blocks whose logs it gives at once */
  widest: number;
  isDown: boolean;
}

export interface QbftNode extends Rpc {
  readonly knows: NodeKnows;
  /** methods that were called, in their order */
  readonly asked: string[];
}

/** The register's log in block `number` that gives an agency its name. */
export function naming(number: number, uscc: string, name: string, event: "AgencyEnrolled" | "AgencyRenamed"): RawLog {
  const place = { block: number, index: 0, time: 1_780_000_000 + number };
  return syntheticLog(contracts.agencies.address, place, encodeEvent(event, [bytes18(uscc), name]));
}

/** Enrolments of the sample's agencies in block 2. */
export const enrolments: readonly RawLog[] = agencies.map(({ uscc, name }) => naming(2, uscc, name, "AgencyEnrolled"));

/** A node that holds a chain of headers, code for the sample's contracts, and the logs of their register. */
export function createQbftNode(blocks: readonly BlockHeader[]): QbftNode {
  const knows: NodeKnows = {
    ...{ chainId: 20_260_101, blocks, hashOf, logs: enrolments, empty: null, widest: Infinity, isDown: false },
  };
  const asked: string[] = [];
  async function batch(calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
    if (knows.isDown) throw new HufuError("NODE_UNREACHABLE", "it is down");
    return calls.map((call) => {
      asked.push(call.method);
      const result = answerOf(knows, call);
      if (result !== undefined) return { ok: true, result };
      return { ok: false, error: { code: -32_005, message: "refused", data: null } };
    });
  }
  return {
    ...{ knows, asked, batch },
    async call(method, ...params) {
      const [answer] = await batch([{ method, params }]);
      if (answer?.ok !== true) throw new HufuError("NODE_REFUSED", `${method} is refused`);
      return answer.result;
    },
  };
}

/** undefined: refused. */
export function answerOf(knows: NodeKnows, { method, params: [first] }: RpcCall): unknown {
  switch (method) {
    case "eth_chainId":
      return `0x${knows.chainId.toString(16)}`;
    case "eth_getBlockByNumber": {
      const block = first === "latest" ? knows.blocks.at(-1) : knows.blocks[Number(first)];
      return block === undefined ? null : blockJson(block, knows.hashOf(block));
    }
    case "eth_getCode":
      return first === knows.empty ? "0x" : to0x(utf8(String(first)));
    case "eth_getLogs":
      return logsOf(knows, first as Filter); // as: what logsBetween writes
    default:
      return undefined;
  }
}

interface Filter {
  readonly fromBlock: string;
  readonly toBlock: string;
  readonly topics: readonly (readonly string[])[];
}

function logsOf({ logs, widest }: NodeKnows, { fromBlock, toBlock, topics }: Filter): unknown {
  if (Number(toBlock) - Number(fromBlock) + 1 > widest) return undefined;
  return logs
    .filter((log) => log.blockNumber >= Number(fromBlock) && log.blockNumber <= Number(toBlock))
    .filter((log) => topics[0]?.includes(log.topics[0] ?? "") !== false)
    .map((log) => ({
      ...log,
      blockNumber: `0x${log.blockNumber.toString(16)}`,
      logIndex: `0x${log.logIndex.toString(16)}`,
      blockTimestamp: `0x${(log.blockTimestamp ?? 0).toString(16)}`,
    }));
}
