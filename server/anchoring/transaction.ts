import type { Hex } from "../../core/bytes.ts";

/** What an order asks of the chain, ready to be simulated and sent. */
export interface Transaction {
  readonly orderId: number;
  /** null: creates a contract */
  readonly to: Hex | null;
  readonly data: Hex;
  /** units of gas */
  readonly gas: number;
  /** seconds of block time after which it counts no more */
  readonly deadline: number;
  /** the agency's; null for a step of the setup */
  readonly signature: Hex | null;
}
