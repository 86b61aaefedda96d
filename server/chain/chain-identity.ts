import { HufuError } from "../../core/error.ts";
import { blockAt, blockOf } from "./block.ts";
import type { Chain } from "./chain.ts";
import { badAnswer, count } from "./quantity.ts";
import { resultOf, type Rpc } from "./rpc.ts";

/** What tells a chain from every other. */
export type ChainIdentity = Pick<Chain, "chainId" | "genesisHash">;

/** Of the chain that a node holds, in one request. A node that cannot say it is of no more use than one that is down: throws NODE_UNREACHABLE. */
export async function readIdentity(rpc: Rpc): Promise<ChainIdentity> {
  const [id, block] = await rpc.batch([{ method: "eth_chainId", params: [] }, blockAt(0)]);
  try {
    const genesis = blockOf(block);
    if (genesis === null) throw badAnswer("it has no genesis block");
    return { chainId: count(resultOf(id, "eth_chainId"), "the chain id"), genesisHash: genesis.hash };
  } catch (cause) {
    throw new HufuError("NODE_UNREACHABLE", "The chain's node does not say which chain it holds.", { cause });
  }
}

export function isSameChain(one: ChainIdentity, other: ChainIdentity): boolean {
  return one.chainId === other.chainId && one.genesisHash === other.genesisHash;
}
