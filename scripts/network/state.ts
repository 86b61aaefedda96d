import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { replaceFile } from "../../server/chain/replace-file.ts";

/** 0: not chosen yet, which the first start does */
const port = z.number().int().min(0).max(65_535);

const validatorState = z.strictObject({
  /** 1, 2, …; also the name of its folder; never given again */
  number: z.number().int().positive(),
  /** under which it signs blocks; lower case */
  address: z.custom<Hex>((value) => typeof value === "string" && /^0x[0-9a-f]{40}$/.test(value), "is no address"),
  /** its public key among peers: 128 hexadecimal digits */
  nodeId: z.string().regex(/^[0-9a-f]{128}$/),
  /** on the loopback interface: JSON-RPC, peers, and the engine API that geth opens whether it is wanted or not */
  ports: z.strictObject({ rpc: port, peers: port, engine: port }),
  /** of its process when it was started last; null: it was stopped */
  pid: z.number().int().positive().nullable(),
  /** validators of one island talk to each other and to nobody else; 0: the mainland */
  island: z.number().int().nonnegative(),
});

const networkState = z.strictObject({
  version: z.literal(1),
  engine: z.literal("geth"),
  chainId: z.number().int().positive(),
  nextNumber: z.number().int().positive(),
  validators: z.array(validatorState),
});

export type ValidatorState = Readonly<z.infer<typeof validatorState>>;

/** What a network's folder knows of it. Who may sign and which block is the newest stands on the chain alone. */
export type NetworkState = Readonly<Omit<z.infer<typeof networkState>, "validators">> & {
  readonly validators: readonly ValidatorState[];
};

export function hasNetwork(folder: string): boolean {
  return existsSync(fileIn(folder));
}

/** Throws INVALID_REQUEST where the folder holds no network, or one of another version. */
export function readState(folder: string): NetworkState {
  if (!hasNetwork(folder))
    throw new HufuError("INVALID_REQUEST", `${folder} holds no network: start one with "npm run network".`);
  try {
    return networkState.parse(JSON.parse(readFileSync(fileIn(folder), "utf8")));
  } catch (cause) {
    throw new HufuError("INVALID_REQUEST", `${fileIn(folder)} is not what this program wrote.`, { cause });
  }
}

/** After a crash the file is the old or the new one, whole. */
export function writeState(folder: string, state: NetworkState): void {
  replaceFile(fileIn(folder), `${JSON.stringify(state, null, 2)}\n`);
}

/** Changes what the folder knows of some validators; of the others it keeps what it knows by now. */
export function updateValidators(
  folder: string,
  change: (validator: ValidatorState) => Partial<ValidatorState>,
): NetworkState {
  const state = readState(folder);
  const changed = { ...state, validators: state.validators.map((each) => ({ ...each, ...change(each) })) };
  writeState(folder, changed);
  return changed;
}

/** Throws INVALID_REQUEST where there is none of that number. */
export function validatorIn(state: NetworkState, number: number): ValidatorState {
  const found = state.validators.find((validator) => validator.number === number);
  if (found !== undefined) return found;
  const known = state.validators.map((validator) => validator.number).join(", ");
  throw new HufuError("INVALID_REQUEST", `There is no validator ${number}; there are ${known}.`);
}

/** Whether two validators may talk to each other. */
export function areLinked(one: ValidatorState, other: ValidatorState): boolean {
  return one.number !== other.number && one.island === other.island;
}

export function folderOf(folder: string, { number }: Pick<ValidatorState, "number">): string {
  return join(folder, `validator-${number}`);
}

function fileIn(folder: string): string {
  return join(folder, "network.json");
}
