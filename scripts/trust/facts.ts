import { HufuError } from "../../core/error.ts";
import type { JsonObject } from "../../core/json/parse.ts";
import { parseHeader, type BlockHeader } from "../../core/proofs/header.ts";
import type { TrustState } from "../../core/trust/anchor.ts";
import type { Checkpoint } from "../../core/trust/bundle.ts";
import { overridesOf } from "../../core/trust/genesis-config.ts";
import { readHeaders } from "../../server/chain/header.ts";
import { count } from "../../server/chain/quantity.ts";
import type { TrustInput } from "../../server/chain/trust.ts";
import { consensusOf } from "./consensus.ts";
import type { MakeInput } from "./make.ts";
import { readTransitions } from "./transitions.ts";

const CHECKPOINT_EVERY = 100_000;
/** A block this far below the head stays where it is, under any consensus. */
const SETTLED = 64;

/** What a bundle has beside genesis header, code and names: chain, consensus, validators, checkpoints. `state` is where `from` leads. */
export async function readFacts(input: MakeInput, state: TrustState, head: number): Promise<TrustInput["facts"]> {
  const { rpc, from, config, tell, keccak, recover } = input;
  const chainId = count(await rpc.call("eth_chainId"), "the chain id");
  const [genesis, newest] = await readTwo(input, 0, head);
  const consensus = consensusOf(newest, from.consensus, config);
  const base = { chainId, deploymentBlock: from.deploymentBlock, publishers: from.publishers };
  if (consensus.type === "development") return { ...base, consensus, transitions: [], checkpoints: [] };
  const overrides = config === null ? [] : overridesOf(config, consensus, chainId);
  const transitions = await readTransitions({
    ...{ rpc, keccak, recover, consensus, genesis, head, tell, before: from, state },
    overrides: overrides.filter(({ block }) => block <= head),
  });
  return { ...base, consensus, transitions, checkpoints: await readCheckpoints(input, head) };
}

/** The heights of the old bundle's, and each full number of blocks up to what is settled, with the hashes that the node has there. */
async function readCheckpoints(input: MakeInput, head: number): Promise<Checkpoint[]> {
  const { rpc, keccak, from, checkpointEvery = CHECKPOINT_EVERY } = input;
  const numbers = new Set(from.checkpoints.map(({ blockNumber }) => blockNumber));
  for (let number = checkpointEvery; number <= head - SETTLED; number += checkpointEvery) numbers.add(number);
  const ascending = [...numbers].sort((a, b) => a - b);
  const headers = ascending.length === 0 ? [] : await readHeaders(rpc, ascending, keccak);
  return headers.map(({ number, hash }) => ({ blockNumber: number, blockHash: hash }));
}

async function readTwo({ rpc, keccak }: MakeInput, ...numbers: [number, number]): Promise<[BlockHeader, BlockHeader]> {
  const [one, other] = await readHeaders(rpc, numbers, keccak);
  if (one === undefined || other === undefined) throw new HufuError("INVARIANT", "a header for each number");
  return [parseHeader(one.raw), parseHeader(other.raw)];
}

/** The `config` of a genesis file; a file that is only that counts too. Throws INVALID_REQUEST. */
export function configIn(file: string, value: JsonObject): JsonObject {
  const config = value["config"] ?? (Object.hasOwn(value, "chainId") ? value : null);
  if (typeof config === "object" && config !== null && !Array.isArray(config)) return config as JsonObject; // as: no list
  throw new HufuError("INVALID_REQUEST", `${file} is no genesis file: it has no "config".`);
}
