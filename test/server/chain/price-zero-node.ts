import { Transaction } from "ethers";

import type { Hex } from "../../../core/bytes.ts";
import type { EmbeddedChain } from "../../../server/chain/embedded.ts";
import { startResealedNode, type ResealedNode } from "../proofs/resealed-node.ts";

/** A node of four QBFT validators that take no price but 0, as GoQuorum's do: blocks without a base fee, legacy transactions, accounts that own nothing. */
export interface PriceZeroNode extends ResealedNode {
  /** the sentences of its refusals */
  readonly refused: string[];
  /** what it answers to eth_gasPrice */
  suggested: Hex;
}

/** Stands before a real node, whose base fee falls to 0 and whose `payers` lose all that they own. */
export async function startPriceZeroNode(chain: EmbeddedChain, payers: readonly Hex[]): Promise<PriceZeroNode> {
  // It stays 0 from there: blocks are far from half full.
  await chain.rpc.call("anvil_setNextBlockBaseFeePerGas", "0x0");
  for (const payer of payers) await chain.rpc.call("anvil_setBalance", payer, "0x0");
  const refused: string[] = [];
  const refuse = (method: string, params: readonly unknown[]): string | null => {
    const why = refusalOf(method, params);
    if (why !== null) refused.push(why);
    return why;
  };
  const node = await startResealedNode({ upstream: () => chain.url(), isBeforeLondon: true, refuse });
  const zero: PriceZeroNode = Object.assign(node, { refused, suggested: "0x0" as const });
  zero.lie = (method, result) => (method === "eth_gasPrice" ? zero.suggested : result);
  return zero;
}

/** What such a node says to a call that it does not do; null: it does it. */
export function refusalOf(method: string, [first]: readonly unknown[]): string | null {
  if (method === "eth_feeHistory" || method === "eth_maxPriorityFeePerGas")
    return `the method ${method} does not exist/is not available`;
  if (method !== "eth_sendRawTransaction") return null;
  const { type, gasPrice } = Transaction.from(String(first));
  if (type !== 0) return "transaction type not supported";
  return gasPrice === 0n ? null : "Gas price not 0";
}
