import type { Block } from "./block.ts";
import { quantity } from "./quantity.ts";
import type { Rpc } from "./rpc.ts";

/** How a chain wants its transactions: with which type, and for which price, in wei a unit of gas. */
export type Pricing =
  | { readonly type: 0; readonly gasPrice: bigint }
  | { readonly type: 2; readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint };

/** At which price transactions go out. */
export interface Prices {
  /** Of those for the blocks after `head`. */
  after(head: Pick<Block, "baseFee">): Promise<Pricing>;
  /**
   * Hears why a node did not take a transaction: one that takes no price but 0 is offered nothing else, whatever it suggests, until one refuses 0. Answers
   * false where the same was said already of transactions with the same prices.
   */
  refused(message: string): boolean;
}

/** `configured`: see {@link priceOf}. */
export function createPrices(rpc: Rpc, configured: bigint | null): Prices {
  let isFree = false;
  let isHeard = false;
  return {
    async after(head) {
      isHeard = false;
      return priceOf(head, isFree ? 0n : await askGasPrice(rpc), configured);
    },
    refused(message) {
      if (isTooCheap(message)) isFree = false;
      if (!isAnyPrice(message)) return true;
      isFree = true;
      const isNews = !isHeard;
      isHeard = true;
      return isNews;
    },
  };
}

/** Whether a node refuses a transaction because it has a price at all: GoQuorum's words. */
export function isAnyPrice(message: string): boolean {
  return /gas ?price not 0/i.test(message);
}

/** Whether a node wants a higher price, of any transaction: geth's and GoQuorum's words, Besu's, Nethermind's. */
function isTooCheap(message: string): boolean {
  return (
    /underpriced|(?:price|fee|tip) ?too ?low|below (?:configured )?minimum|less than block base fee/i.test(message) &&
    !/replacement/i.test(message)
  );
}

/** What the node says that it takes: 0 on a chain without a price; null if it does not say. */
export async function askGasPrice(rpc: Rpc): Promise<bigint | null> {
  const [answer] = await rpc.batch([{ method: "eth_gasPrice", params: [] }]);
  return answer?.ok === true ? quantity(answer.result, "the gas price") : null;
}

/**
 * Decides from what the chain shows; neither a tip nor a balance is assumed.
 * - no base fee in its blocks (GoQuorum): legacy, the price the node names, 0 unless it names one: any other is refused there;
 * - base fee 0 (Besu with `zeroBaseFee`): fees of the price that the node names, 0 where it names none;
 * - a base fee (Clique under London, development nodes): twice the base fee for the blocks to come, and what the node asks
 *   above the base fee as tip.
 * `configured` is an operator's price and wins over what the node says.
 */
export function priceOf(head: Pick<Block, "baseFee">, asked: bigint | null, configured: bigint | null): Pricing {
  const price = configured ?? asked ?? 0n;
  if (head.baseFee === null) return { type: 0, gasPrice: price };
  const tip = price > head.baseFee ? price - head.baseFee : 0n;
  return { type: 2, maxFeePerGas: 2n * head.baseFee + tip, maxPriorityFeePerGas: tip };
}

/**
 * The price of a transaction that takes the place of the `times`-th with its nonce: nodes want a tenth more than the one before, of fee and
 * tip, and of few wei at least one more. On a chain without price nothing can be added, and nothing is.
 */
export function raised(price: Pricing, times: number): Pricing {
  const more = (fee: bigint): bigint => {
    let offered = fee;
    for (let time = 0; time < times; time++) offered = (offered * 5n + 3n) / 4n;
    return offered;
  };
  if (price.type === 0) return { type: 0, gasPrice: more(price.gasPrice) };
  return { type: 2, maxFeePerGas: more(price.maxFeePerGas), maxPriorityFeePerGas: more(price.maxPriorityFeePerGas) };
}
