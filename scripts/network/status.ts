import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { readHead, type Block } from "../../server/chain/block.ts";
import { isGeth } from "./geth-process.ts";
import { filesOf } from "./geth-settings.ts";
import { readState, type ValidatorState } from "./state.ts";
import { peersOf, rpcOf, signersAt, urlOf } from "./validator-rpc.ts";

export interface ValidatorStatus {
  readonly number: number;
  readonly address: Hex;
  readonly state: "running" | "stopped" | "silent";
  readonly pid: number | null;
  readonly rpc: string;
  /** numbers of those with whom it is connected */
  readonly peers: readonly number[];
  /** its newest block; null: it does not answer */
  readonly head: Pick<Block, "number" | "hash" | "time"> | null;
  /** whether it may sign, by its own newest block, or by another's where it does not answer; null: nobody answers */
  readonly isSigner: boolean | null;
  readonly island: number;
}

export interface NetworkStatus {
  readonly engine: "geth";
  readonly chainId: number;
  readonly folder: string;
  /** by the validator with the newest block; ascending */
  readonly signers: readonly Hex[];
  readonly height: number | null;
  /** seconds since the newest block, by this machine's clock; null: nobody answers */
  readonly ageSeconds: number | null;
  /** whether the newest block is as young as it should be */
  readonly isMakingBlocks: boolean;
  readonly validators: readonly ValidatorStatus[];
}

/** A chain of one block a second whose newest block is older stands still. */
const OLD_SECONDS = 10;

/** Asks each validator that runs. Throws INVALID_REQUEST where the folder holds no network. */
export async function readStatus(folder: string): Promise<NetworkStatus> {
  const { engine, chainId, validators } = readState(folder);
  const asked = await Promise.all(validators.map((validator) => ask(folder, validator, validators)));
  const newest = asked.reduce<Asked | null>(
    (best, each) => ((each.head?.number ?? -1) > (best?.head?.number ?? -1) ? each : best),
    null,
  );
  const ageSeconds = newest?.head ? Math.max(0, Math.floor(Date.now() / 1000) - newest.head.time) : null;
  return {
    ...{ engine, chainId, folder, signers: newest?.signers ?? [], height: newest?.head?.number ?? null, ageSeconds },
    isMakingBlocks: ageSeconds !== null && ageSeconds < OLD_SECONDS,
    validators: asked.map(({ signers, ...status }) => ({
      ...status,
      isSigner: (signers ?? newest?.signers)?.includes(status.address) ?? null,
    })),
  };
}

type Asked = Omit<ValidatorStatus, "isSigner"> & { readonly signers: readonly Hex[] | null };

async function ask(folder: string, validator: ValidatorState, all: readonly ValidatorState[]): Promise<Asked> {
  const { number, address, island, pid } = validator;
  const isRunning = isGeth(pid, filesOf(folder, validator));
  const known = { number, address, island, rpc: urlOf(validator), pid: isRunning ? pid : null };
  const nothing = { peers: [], head: null, signers: null };
  if (!isRunning) return { ...known, ...nothing, state: "stopped" };
  try {
    const { number: height, hash, time } = await readHead(rpcOf(validator));
    const peers = (await peersOf(validator, all)).map((peer) => peer.number);
    const signers = await signersAt(validator);
    return { ...known, state: "running", peers, head: { number: height, hash, time }, signers };
  } catch (error) {
    if (error instanceof HufuError && error.code === "NODE_UNREACHABLE")
      return { ...known, ...nothing, state: "silent" };
    throw error;
  }
}
