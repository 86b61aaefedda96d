import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { openAccounts, payersOf } from "../../server/chain/accounts.ts";
import { quantity } from "../../server/chain/quantity.ts";
import type { Network } from "./network.ts";

/** The accounts that pay for a gateway in `data`, whose keystore is made if there is none. `password` as for `openAccounts`. Throws KEYSTORE_UNREADABLE. */
export function payersIn(data: string, password: string | null): Hex[] {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  return payersOf(openAccounts({ data, password }));
}

/** Those of `accounts` that own nothing on a network that runs, in their order. */
export async function poorOn(network: Network, accounts: readonly Hex[]): Promise<Hex[]> {
  const [first = { number: 1 }] = network.state().validators;
  const rpc = network.rpc(first.number);
  const poor: Hex[] = [];
  for (const address of accounts)
    if (quantity(await rpc.call("eth_getBalance", address, "latest"), "a balance") === 0n) poor.push(address);
  return poor;
}

/** Whether a gateway in `data` can pay on a network that runs; false too where there is no keystore, which is not made, or it does not open. */
export async function canPay(network: Network, data: string, password: string | null): Promise<boolean> {
  if (!existsSync(join(data, "keystore.json"))) return false;
  try {
    return (await poorOn(network, payersIn(data, password))).length === 0;
  } catch (error) {
    if (error instanceof HufuError && error.code === "KEYSTORE_UNREADABLE") return false;
    throw error;
  }
}
