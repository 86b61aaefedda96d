import { HufuError } from "../../core/error.ts";
import { parseHeader, type BlockHeader } from "../../core/proofs/header.ts";
import type { TrustState } from "../../core/trust/anchor.ts";
import { overridesOf } from "../../core/trust/genesis-config.ts";
import { readCheckpoints } from "../../server/chain/checkpoints.ts";
import { consensusOf } from "../../server/chain/consensus.ts";
import { readHeaders } from "../../server/chain/header.ts";
import { count } from "../../server/chain/quantity.ts";
import type { TrustInput } from "../../server/chain/trust.ts";
import type { MakeInput } from "./make.ts";
import { readTransitions } from "./transitions.ts";

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
  const checkpoints = await readCheckpoints({
    ...{ rpc, keccak, head, before: from.checkpoints.map(({ blockNumber }) => blockNumber) },
    ...(input.checkpointEvery !== undefined && { every: input.checkpointEvery }),
  });
  return { ...base, consensus, transitions, checkpoints };
}

async function readTwo({ rpc, keccak }: MakeInput, ...numbers: [number, number]): Promise<[BlockHeader, BlockHeader]> {
  const [one, other] = await readHeaders(rpc, numbers, keccak);
  if (one === undefined || other === undefined) throw new HufuError("INVARIANT", "a header for each number");
  return [parseHeader(one.raw), parseHeader(other.raw)];
}
