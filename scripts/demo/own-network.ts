import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openAccounts, payersOf } from "../../server/chain/accounts.ts";
import { createNetwork, type Network } from "../network/network.ts";
import type { Run } from "./run-to-end.ts";

export interface OwnNetwork {
  /** of the network: empty, or not there yet */
  readonly folder: string;
  /** of the gateway whose accounts are to be funded */
  readonly data: string;
  readonly validators: number;
  /** hears what takes long */
  readonly say: (line: string) => void;
  readonly create?: typeof createNetwork;
}

/** Makes and starts a network that ends with the run. Throws CHAIN_BINARY_MISSING, CHAIN_FAILED. */
export async function startOwnNetwork(
  run: Run,
  { folder, data, validators, say, create = createNetwork }: OwnNetwork,
): Promise<Network> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const funded = payersOf(openAccounts({ data, password: null }));
  const making = create({ folder, validators, funded: () => funded, say, signal: run.signal });
  // Validators outlive whoever started them, and so does Go.
  run.atEnd(() => making.then(killAll, () => undefined));
  const network = await making;
  run.signal.throwIfAborted();
  await network.start();
  return network;
}

/** A start that is under way may begin another one while those that run are being killed. */
async function killAll(network: Network): Promise<void> {
  do await network.kill();
  while (network.state().validators.some(({ pid }) => pid !== null));
}

/** What a gateway is told of the network: all its nodes, and its genesis file. */
export function settingsFor(network: Network): Record<"HUFU_RPC" | "HUFU_GENESIS", string> {
  const urls = network.state().validators.map(({ number }) => network.url(number));
  return { HUFU_RPC: urls.join(","), HUFU_GENESIS: join(network.folder, "genesis.json") };
}
