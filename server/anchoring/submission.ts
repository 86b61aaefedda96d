import { keccak256 } from "ethers";

import { hexToBytes, type Hex } from "../../core/bytes.ts";
import type { Account } from "../chain/accounts.ts";
import type { Block } from "../chain/block.ts";
import { raised, type Prices, type Pricing } from "../chain/gas.ts";
import { hexData } from "../chain/quantity.ts";
import { insertAttempts, type NewAttempt } from "../store/attempts.ts";
import type { Store } from "../store/open.ts";
import type { Transaction } from "./transaction.ts";

/** A transaction that was simulated, with who carries it. */
export interface Ready {
  readonly transaction: Transaction;
  readonly account: Account;
  readonly nonce: number;
}

/** Makes attempts of transactions: a price and a signature for each, all written before any can be handed to a node. */
export interface Submission {
  write(ready: readonly Ready[], head: Block): Promise<void>;
}

export function createSubmission(deps: {
  store: Store;
  chainId: number;
  prices: Prices;
  now: () => number;
  givenUp: (relayer: string, nonce: number) => number;
}): Submission {
  async function sign({ transaction, account, nonce }: Ready, price: Pricing): Promise<NewAttempt> {
    const fees = raised(price, deps.givenUp(account.address, nonce));
    const { to, data, gas } = transaction;
    const raw = await account.wallet.signTransaction({
      ...fees,
      chainId: deps.chainId,
      nonce,
      gasLimit: gas,
      to,
      data,
    });
    const rawTransaction = hexToBytes(raw);
    return {
      orderId: transaction.orderId,
      deadline: transaction.deadline,
      relayer: account.address,
      nonce,
      signature: transaction.signature === null ? null : hexToBytes(transaction.signature),
      rawTransaction,
      transactionHash: hexToBytes(hashOf(raw)),
      createdAt: deps.now(),
    };
  }

  return {
    async write(ready, head) {
      if (ready.length === 0) return;
      const price = await deps.prices.after(head);
      const attempts: NewAttempt[] = [];
      for (const item of ready) attempts.push(await sign(item, price));
      await deps.store.write((tx) => insertAttempts(tx, attempts));
    },
  };
}

function hashOf(raw: string): Hex {
  return hexData(keccak256(raw), "a transaction's hash", 32);
}
