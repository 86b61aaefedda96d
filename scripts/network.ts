import type { Hex } from "../core/bytes.ts";
import { HufuError, type ErrorCode } from "../core/error.ts";
import { parseConfig } from "../server/config.ts";
import { runBesu, type Trial, type TrialGateway } from "./network/besu.ts";
import { gatewayFolder } from "./network/gateway-folder.ts";
import { createNetwork, hasBaseFee, openNetwork, type Network } from "./network/network.ts";
import { readOptions, type Options } from "./network/options.ts";
import { canPay, payersIn, poorOn } from "./network/payers.ts";
import { sayNext, sayStatus } from "./network/say.ts";
import { hasNetwork } from "./network/state.ts";

const exitCodes = { done: 0, failed: 1, unusable: 2 } as const;
const unusable: readonly ErrorCode[] = ["INVALID_REQUEST", "INVALID_CONFIGURATION", "CHAIN_BINARY_MISSING"];
const usual = 4;
const usualFolder = "network-data";

const options = readOptions(process.argv.slice(2));
const say = (line: string): void => console.error(`[network] ${line}`);

try {
  process.exitCode = options.engine === "besu" ? besu(options) : await run(options);
} catch (error) {
  const isUnusable = error instanceof HufuError && unusable.includes(error.code);
  process.exitCode = isUnusable ? exitCodes.unusable : exitCodes.failed;
  console.error(error instanceof HufuError ? error.message : error);
}

function besu({ folder, json, fund, ...others }: Options): number {
  const made = runBesu({ ...others, ...(folder !== undefined && { trial: trialIn(folder, fund) }) });
  console.log(json === true ? JSON.stringify(made.document, null, 2) : made.text);
  return exitCodes.done;
}

/** Of Besu, for the gateway that a network of geth would be for: it takes the transactions of no other accounts. */
function trialIn(folder: string, fund: readonly Hex[]): Trial {
  const gateway = (): TrialGateway => {
    const { data, password } = gatewayOn(folder);
    return { data, accounts: [...payersIn(data, password), ...fund] };
  };
  return { folder, gateway };
}

async function run({ action, numbers, folder = usualFolder, json }: Options): Promise<number> {
  const isWhole = action === "start" && numbers.length === 0;
  const gateway = isWhole ? gatewayOn(folder) : null;
  const network = gateway === null ? openNetwork(folder, say) : await created(folder, gateway);
  await act(network);
  const next = gateway === null ? null : { data: gateway.data, canPay: await checkFunds(network, gateway) };
  const status = await network.status();
  console.log(
    json === true ? JSON.stringify(status, null, 2) : sayStatus(status) + (next ? sayNext(status, next) : ""),
  );
  return action !== "status" || status.isMakingBlocks ? exitCodes.done : exitCodes.failed;
}

async function act(network: Network): Promise<void> {
  const { action, numbers } = options;
  const [first = 0] = numbers;
  switch (action) {
    case "start":
      say(numbers.length === 0 ? "starting the validators ..." : `starting validator ${numbers.join(", ")} ...`);
      return network.start(...numbers);
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

interface Gateway {
  readonly data: string;
  readonly password: string | null;
}

/** The gateway that a whole network is for. */
function gatewayOn(folder: string): Gateway {
  const { data, keystorePassword: password } = parseConfig(process.env);
  return { data: gatewayFolder({ folder, named: options.data, usual: data }), password };
}

/** The network of the folder, made if there is none. */
async function created(folder: string, { data, password }: Gateway): Promise<Network> {
  const { validators, baseFee, fund } = options;
  if (!hasNetwork(folder)) {
    say(`making a network of ${validators ?? usual} validators in ${folder}, for a gateway in ${data} ...`);
    const funded = (): Hex[] => [...payersIn(data, password), ...fund];
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

/** Whether the gateway can pay. A network that is there already may have been made for another one: throws INVALID_REQUEST where this one, or an account, was named. */
async function checkFunds(network: Network, { data, password }: Gateway): Promise<boolean> {
  const named = options.data === undefined ? [] : payersIn(data, password);
  const [poor] = await poorOn(network, [...named, ...options.fund]);
  if (poor === undefined) return canPay(network, data, password);
  throw new HufuError(
    "INVALID_REQUEST",
    `${poor} owns nothing on this network, which was made without it: only the genesis block funds accounts. Name another --folder.`,
  );
}
