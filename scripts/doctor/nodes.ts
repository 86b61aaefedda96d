import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { majorityOf } from "../../core/proofs/vote.ts";
import { readHead, type Block } from "../../server/chain/block.ts";
import { count, field } from "../../server/chain/quantity.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { readGenesisHash } from "../../server/chain/trust.ts";
import { found, type Finding } from "./finding.ts";

/** A node that answered. */
export interface SeenNode {
  readonly url: string;
  readonly rpc: Rpc;
  readonly chainId: number;
  readonly genesisHash: Hex;
  readonly head: Block;
}

/** The chain that is meant, by whoever says so: the trust bundle, else the data folder. */
export interface WantedChain {
  readonly chainId: number;
  readonly genesisHash: string;
}

export interface NodeInput {
  readonly url: string;
  readonly rpc: Rpc;
  readonly wanted: WantedChain | null;
  /** how many validators the chain has, 1 where it is one node's own; null: not known */
  readonly validators: number | null;
}

/** Asks a node which chain it holds and how far it is; `node` null: it gives no answer, or is of another chain. */
export async function examineNode(input: NodeInput): Promise<{ findings: Finding[]; node: SeenNode | null }> {
  const { url, rpc, wanted } = input;
  try {
    const chainId = count(await rpc.call("eth_chainId"), "the chain id");
    const genesisHash = await readGenesisHash(rpc);
    const isOther = wanted !== null && (wanted.chainId !== chainId || wanted.genesisHash !== genesisHash);
    if (isOther) {
      const params = { url, found: `${chainId} ${genesisHash}`, wanted: `${wanted.chainId} ${wanted.genesisHash}` };
      return { findings: [found("chain", "NODE_OTHER_CHAIN", params)], node: null };
    }
    const head = await readHead(rpc);
    const findings = [
      found("chain", "NODE_ANSWERS", { url, chainId, block: head.number }),
      ...(await syncing(input)),
      ...(input.validators === 1 ? [] : [await peers(input)]),
    ];
    return { findings, node: { url, rpc, chainId, genesisHash, head } };
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    return { findings: [found("chain", "NODE_SILENT", { url, why: error.message })], node: null };
  }
}

async function syncing({ url, rpc }: NodeInput): Promise<Finding[]> {
  const [answer] = await rpc.batch([{ method: "eth_syncing", params: [] }]);
  if (answer?.ok !== true || typeof answer.result !== "object" || answer.result === null) return [];
  const [block, of] = ["currentBlock", "highestBlock"].map((name) => String(field(answer.result, name)));
  return [found("chain", "NODE_SYNCING", { url, block: Number(block), of: Number(of) })];
}

/** One with fewer others than a majority has sits on the smaller side of a network that was cut, whatever blocks it shows. */
async function peers({ url, rpc, validators }: NodeInput): Promise<Finding> {
  const [answer] = await rpc.batch([{ method: "net_peerCount", params: [] }]);
  if (answer?.ok !== true) return found("chain", "PEERS_REFUSED", { url });
  const number = count(answer.result, "the number of peers");
  if (number === 0) return found("chain", "NODE_ALONE", { url });
  const isFew = validators !== null && number + 1 < majorityOf(validators);
  return found("chain", isFew ? "NODE_FEW_PEERS" : "NODE_PEERS", { url, peers: number, ...(isFew && { validators }) });
}
