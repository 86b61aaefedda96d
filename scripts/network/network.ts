import { randomInt } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { ownGateway } from "./gateway-folder.ts";
import { cliqueGenesis } from "./genesis.ts";
import { provideGeth } from "./geth-binary.ts";
import { initGeth } from "./geth-process.ts";
import { filesOf } from "./geth-settings.ts";
import { heal } from "./heal.ts";
import { createKeys } from "./keys.ts";
import { cutOff } from "./links.ts";
import { endValidator, startValidators } from "./processes.ts";
import { folderOf, readState, validatorIn, writeState, type NetworkState, type ValidatorState } from "./state.ts";
import { readStatus, type NetworkStatus } from "./status.ts";
import { rpcOf, urlOf } from "./validator-rpc.ts";
import { addValidator, removeValidator } from "./votes.ts";

/** A permissioned chain of several validators on this machine, each a process of its own that outlives whoever started it. */
export interface Network {
  /** absolute */
  readonly folder: string;
  /** What its folder says now: another program may have changed it. */
  state(): NetworkState;
  /** The address of a validator's JSON-RPC. It changes only if another program has taken the port while the validator did not run. */
  url(number: number): string;
  rpc(number: number): Rpc;
  /** Who runs, which block each has, who is connected with whom, who may sign. */
  status(): Promise<NetworkStatus>;
  /**
   * Starts those named, or all, that do not run. Resolves when they answer, are connected with all whom they may talk to, and blocks come,
   * unless too few signers run to make one. Throws CHAIN_FAILED with the end of the log of the one that failed.
   */
  start(...numbers: number[]): Promise<void>;
  /** Ends those named, or all, as an operator would. */
  stop(...numbers: number[]): Promise<void>;
  /** SIGKILL, as when a machine loses its power. */
  kill(...numbers: number[]): Promise<void>;
  /** Cuts those named off from all others, on both sides; with each other they stay connected. It holds until `heal`, restarts included. */
  cut(...numbers: number[]): Promise<void>;
  /**
   * Resolves when all that run are connected with each other again and blocks come. It can take up to 35 seconds, so long geth waits before
   * it calls a peer again, and more where both sides stand still on branches of equal weight, see stalemate.ts.
   */
  heal(): Promise<void>;
  /** Adds a validator by the votes of the others. Resolves with its number when all count it among the signers. */
  add(): Promise<number>;
  /** Removes a validator by votes, and ends it. Its folder stays; its number is not given again. */
  remove(number: number): Promise<void>;
}

export interface NewNetwork {
  /** of its own: empty, or not there yet */
  readonly folder: string;
  readonly validators: number;
  /** accounts that own a million ether in the genesis block; there is no way to fund others later. Asked when geth and an empty folder are there. */
  readonly funded: () => readonly Hex[];
  /** whether blocks have a base fee; true, if left out */
  readonly hasBaseFee?: boolean;
  /** hears what takes long */
  readonly say?: (line: string) => void;
  /** ends the building of geth, which is all that takes long, when it is aborted */
  readonly signal?: AbortSignal;
}

/**
 * Makes keys, ports and genesis block of a new network, which does not run yet. Throws CHAIN_BINARY_MISSING, INVALID_REQUEST, CHAIN_FAILED, and
 * the reason of `signal`; of the network nothing is left then, and a folder that was there stays.
 */
export async function createNetwork({
  validators: count,
  funded,
  hasBaseFee = true,
  say = silent,
  ...given
}: NewNetwork): Promise<Network> {
  const folder = resolve(given.folder);
  refuseFilled(folder);
  const binary = await provideGeth(say, given.signal);
  refuseFilled(folder); // geth may have been built for minutes
  const wasThere = existsSync(folder);
  try {
    makeFiles({ folder, count, funded: funded(), hasBaseFee, binary });
  } catch (error) {
    removeFiles(folder, count);
    if (!wasThere && existsSync(folder) && namesIn(folder).length === 0) rmdirSync(folder);
    throw error;
  }
  return openNetwork(folder, say);
}

/** The gateway's part may be there from an attempt that failed: its keystore is as good as a new one. */
function refuseFilled(folder: string): void {
  if (namesIn(folder).every((name) => name === ownGateway)) return;
  throw new HufuError("INVALID_REQUEST", `${folder} is not empty: a new network wants a folder of its own.`);
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Only what `makeFiles` writes. */
function removeFiles(folder: string, count: number): void {
  rmSync(genesisFile(folder), { force: true });
  for (let number = 1; number <= count; number++)
    rmSync(folderOf(folder, { number }), { recursive: true, force: true });
}

interface FilesInput {
  readonly folder: string;
  readonly count: number;
  readonly funded: readonly Hex[];
  readonly hasBaseFee: boolean;
  readonly binary: string;
}

/** network.json is written last: a folder without it holds no network. */
function makeFiles({ folder, count, funded, hasBaseFee, binary }: FilesInput): void {
  const validators = Array.from({ length: count }, (_, index) => newValidator(folder, index + 1));
  const chainId = randomInt(1_000_000, 2 ** 31);
  const signers = validators.map(({ address }) => address);
  const time = Math.floor(Date.now() / 1000);
  const genesis = cliqueGenesis({ chainId, signers, funded, time, hasBaseFee });
  writeFileSync(genesisFile(folder), `${JSON.stringify(genesis, null, 2)}\n`);
  for (const validator of validators) initGeth(binary, genesisFile(folder), filesOf(folder, validator));
  writeState(folder, { version: 1, engine: "geth", chainId, nextNumber: count + 1, validators });
}

/** Whether the blocks of the network in `folder` have a base fee. Throws INVALID_REQUEST where its genesis file is not one. */
export function hasBaseFee(folder: string): boolean {
  try {
    const genesis = z
      .looseObject({ config: z.object({}) })
      .parse(JSON.parse(readFileSync(genesisFile(folder), "utf8")));
    return "baseFeePerGas" in genesis;
  } catch (cause) {
    throw new HufuError("INVALID_REQUEST", `${genesisFile(folder)} is not what this program wrote.`, { cause });
  }
}

/** A network that `createNetwork` made. Throws INVALID_REQUEST where there is none. */
export function openNetwork(given: string, say: (line: string) => void = silent): Network {
  const folder = resolve(given);
  const context = { folder, say };
  const state = (): NetworkState => readState(folder);
  const named = (numbers: readonly number[]): readonly ValidatorState[] =>
    numbers.length === 0 ? state().validators : numbers.map((number) => validatorIn(state(), number));
  const endAll = async (numbers: readonly number[], how: "SIGTERM" | "SIGKILL"): Promise<void> => {
    await Promise.all(named(numbers).map((validator) => endValidator(folder, validator, how)));
  };
  state();
  return {
    folder,
    state,
    url: (number) => urlOf(validatorIn(state(), number)),
    rpc: (number) => rpcOf(validatorIn(state(), number)),
    status: () => readStatus(folder),
    start: (...numbers) => startValidators(context, named(numbers)),
    stop: (...numbers) => endAll(numbers, "SIGTERM"),
    kill: (...numbers) => endAll(numbers, "SIGKILL"),
    cut: (...numbers) => cutOff(folder, numbers),
    heal: () => heal(context),
    add: () => addValidator(context, (number, binary) => joinFolder(folder, number, binary)),
    remove: (number) => removeValidator(context, validatorIn(state(), number)),
  };
}

/** A validator that is in the folder, with the network's genesis block, and in no one's list of signers. */
function joinFolder(folder: string, number: number, binary: string): ValidatorState {
  const validator = newValidator(folder, number);
  initGeth(binary, genesisFile(folder), filesOf(folder, validator));
  return validator;
}

function newValidator(folder: string, number: number): ValidatorState {
  const files = filesOf(folder, { number });
  mkdirSync(files.data, { recursive: true, mode: 0o700 });
  return { number, ...createKeys(files), ports: { rpc: 0, peers: 0, engine: 0 }, pid: null, island: 0 };
}

function genesisFile(folder: string): string {
  return join(folder, "genesis.json");
}

function silent(): void {
  // nobody listens
}
