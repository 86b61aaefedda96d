import { mkdirSync } from "node:fs";
import type { Hex } from "../core/bytes.ts";
import { HufuError } from "../core/error.ts";
import { openAccounts, payersOf } from "../server/chain/accounts.ts";
import { quantity } from "../server/chain/quantity.ts";
import { createNetwork, hasBaseFee, openNetwork, type Network } from "./network/network.ts";
import { readOptions, type Options } from "./network/options.ts";
import { sayNext, sayStatus } from "./network/say.ts";
import { hasNetwork } from "./network/state.ts";
import { runBesu } from "./network/besu.ts";

const exitCodes = { done: 0, failed: 1, unusable: 2 } as const;
const usual = 4;
const usualFolder = "network-data";

const options = readOptions(process.argv.slice(2));
const say = (line: string): void => console.error(`[network] ${line}`);

try {
  process.exitCode = options.engine === "besu" ? besu(options) : await run(options);
} catch (error) {
  const isUnusable =
    error instanceof HufuError && (error.code === "INVALID_REQUEST" || error.code === "CHAIN_BINARY_MISSING");
  process.exitCode = isUnusable ? exitCodes.unusable : exitCodes.failed;
  console.error(error instanceof HufuError ? error.message : error);
}

function besu({ folder, json, ...others }: Options): number {
  const made = runBesu({ ...others, accounts: payingAccounts(), ...(folder === undefined ? {} : { trial: folder }) });
  console.log(json === true ? JSON.stringify(made.document, null, 2) : made.text);
  return exitCodes.done;
}

async function run({ action, numbers, folder = usualFolder, data, json }: Options): Promise<number> {
  const network = action === "start" && numbers.length === 0 ? await created() : openNetwork(folder, say);
  await act(network);
  const status = await network.status();
  const next = action === "start" && numbers.length === 0 ? sayNext(status, data) : "";
  console.log(json === true ? JSON.stringify(status, null, 2) : sayStatus(status) + next);
  return action !== "status" || status.isMakingBlocks ? exitCodes.done : exitCodes.failed;
}

async function act(network: Network): Promise<void> {
  const { action, numbers } = options;
  const [first = 0] = numbers;
  switch (action) {
    case "start":
      say(numbers.length === 0 ? "starting the validators ..." : `starting validator ${numbers.join(", ")} ...`);
      await network.start(...numbers);
      if (numbers.length === 0) await checkFunds(network);
      return;
    case "status":
      return;
    case "add":
      await network.add();
      return;
    case "remove":
      return network.remove(first);
    default:
      return network[action](...numbers);
  }
}

/** The network of the folder, made if there is none. */
async function created(): Promise<Network> {
  const { folder = usualFolder, validators, baseFee } = options;
  if (!hasNetwork(folder)) {
    say(`making a network of ${validators ?? usual} validators in ${folder} ...`);
    const funded = payingAccounts();
    return createNetwork({ folder, validators: validators ?? usual, funded, hasBaseFee: baseFee, say });
  }
  const network = openNetwork(folder, say);
  const { length } = network.state().validators;
  if (validators !== undefined && validators !== length)
    throw new HufuError(
      "INVALID_REQUEST",
      `${folder} holds a network of ${length} validators: add and remove them, or name another --folder.`,
    );
  if (!baseFee && hasBaseFee(folder))
    throw new HufuError(
      "INVALID_REQUEST",
      `${folder} holds a network whose blocks have a base fee: name another --folder.`,
    );
  return network;
}

/** The accounts that pay: those of the gateway's keystore, and whoever is named. */
function payingAccounts(): Hex[] {
  const { data, fund } = options;
  if (data === undefined) return [...fund];
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const accounts = openAccounts({ data, password: process.env["HUFU_KEYSTORE_PASSWORD"] || null });
  return [...payersOf(accounts), ...fund];
}

/** A network that is there already may have been made for another gateway. */
async function checkFunds(network: Network): Promise<void> {
  const [first = { number: 1 }] = network.state().validators;
  const rpc = network.rpc(first.number);
  for (const address of payingAccounts()) {
    const balance = quantity(await rpc.call("eth_getBalance", address, "latest"), "a balance");
    if (balance > 0n) continue;
    throw new HufuError(
      "INVALID_REQUEST",
      `${address} owns nothing on this network, which was made without it: only the genesis block funds accounts. Name another --folder.`,
    );
  }
}
