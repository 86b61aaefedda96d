import { writeFileSync } from "node:fs";
import { HufuError } from "../../core/error.ts";
import { toQuantity } from "../../server/chain/quantity.ts";
import { provideGeth } from "./geth-binary.ts";
import { isGeth, killGeth, logTail, spawnGeth, stopGeth } from "./geth-process.ts";
import { filesOf, gethArguments, gethConfig } from "./geth-settings.ts";
import type { NetworkContext } from "./context.ts";
import { untilCaughtUp } from "./catch-up.ts";
import { hangUpAll, untilLinked } from "./links.ts";
import { freePort } from "./ports.ts";
import { untilNewBlock } from "./progress.ts";
import { runningIn } from "./running.ts";
import { readState, updateValidators, type NetworkState, type ValidatorState } from "./state.ts";
import { rpcOf, waitUntil } from "./validator-rpc.ts";

const ANSWER_MS = 60_000;

/** Starts those of `wanted` that do not run, see `Network.start`. */
export async function startValidators(context: NetworkContext, wanted: readonly ValidatorState[]): Promise<void> {
  const { folder, say } = context;
  const running = new Set(runningIn(folder).map(({ number }) => number));
  const numbers = wanted.map(({ number }) => number).filter((number) => !running.has(number));
  if (numbers.length > 0) {
    const binary = await provideGeth(say);
    const state = await settlePorts(folder, numbers);
    const pids = new Map(numbers.map((number) => [number, spawnIn(folder, state, number, binary)]));
    updateValidators(folder, ({ number, pid }) => ({ pid: pids.get(number) ?? pid }));
  }
  const state = readState(folder);
  const started = state.validators.filter(({ number }) => wanted.some((each) => each.number === number));
  await Promise.all(started.map((validator) => untilAnswering(folder, state, validator)));
  await untilLinked(folder);
  await untilCaughtUp(folder, started);
  await Promise.all(started.map(startSigning));
  await untilNewBlock(context, started);
}

/** From then on it takes and passes on transactions that offer no tip, which geth's own settings cannot say. */
async function startSigning(validator: ValidatorState): Promise<void> {
  const rpc = rpcOf(validator);
  await rpc.call("miner_setGasPrice", "0x0");
  await rpc.call("miner_start");
}

/** The process of a validator of the folder; those it may talk to stand in its settings. */
function spawnIn(folder: string, state: NetworkState, number: number, binary: string): number {
  const validator = state.validators.find((each) => each.number === number);
  if (validator === undefined) throw new HufuError("INVARIANT", `validator ${number} is gone`);
  const files = filesOf(folder, validator);
  writeFileSync(files.config, gethConfig(validator, state));
  return spawnGeth(binary, gethArguments(files, validator, state), files);
}

/** Ports stay as they are unless another program has taken one; then whoever runs has to forget the old one first. */
async function settlePorts(folder: string, numbers: readonly number[]): Promise<NetworkState> {
  const before = readState(folder);
  const chosen = new Map<number, ValidatorState["ports"]>();
  const taken = new Set(
    before.validators.flatMap(({ number, ports }) => (numbers.includes(number) ? [] : Object.values(ports))),
  );
  const take = async (wanted: number): Promise<number> => {
    const port = await freePort(wanted, taken);
    taken.add(port);
    return port;
  };
  for (const { number, ports } of before.validators.filter((each) => numbers.includes(each.number))) {
    chosen.set(number, {
      rpc: await take(ports.rpc),
      peers: await take(ports.peers),
      engine: await take(ports.engine),
    });
  }
  const moved = before.validators.filter(
    ({ number, ports }) => chosen.has(number) && ports.peers !== 0 && ports.peers !== chosen.get(number)?.peers,
  );
  for (const validator of moved) await hangUpAll(runningIn(folder), validator);
  return updateValidators(folder, ({ number, ports }) => ({ ports: chosen.get(number) ?? ports }));
}

async function untilAnswering(folder: string, { chainId }: NetworkState, validator: ValidatorState): Promise<void> {
  const files = filesOf(folder, validator);
  const why = (what: string): string => `Validator ${validator.number} ${what}; ${logTail(files)}`;
  await waitUntil(
    async () => {
      if (!isGeth(validator.pid, files)) throw new HufuError("CHAIN_FAILED", why("ended"));
      return (await rpcOf(validator).call("eth_chainId")) === toQuantity(chainId);
    },
    ANSWER_MS,
    () => why(`has not answered for ${ANSWER_MS / 1000} s`),
  );
}

/** Ends a validator that runs; of one that does not, only that is noted. */
export async function endValidator(
  folder: string,
  validator: ValidatorState,
  how: "SIGTERM" | "SIGKILL",
): Promise<void> {
  const files = filesOf(folder, validator);
  if (isGeth(validator.pid, files)) await (how === "SIGTERM" ? stopGeth : killGeth)(validator.pid, files);
  updateValidators(folder, ({ number, pid }) => ({ pid: number === validator.number ? null : pid }));
}
