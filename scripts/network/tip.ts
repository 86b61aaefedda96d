import { latestBlock } from "../../server/chain/block.ts";
import { count, field, quantity } from "../../server/chain/quantity.ts";
import { resultOf } from "../../server/chain/rpc.ts";
import type { ValidatorState } from "./state.ts";
import { rpcOf } from "./validator-rpc.ts";

/** The newest block of a validator. */
export interface Tip {
  readonly validator: ValidatorState;
  readonly number: number;
  readonly hash: string;
  /** of its whole branch: 2 for each block that was signed in turn, 1 for each other */
  readonly weight: bigint;
}

/** Throws NODE_UNREACHABLE. */
export async function tipOf(validator: ValidatorState): Promise<Tip> {
  const block = resultOf((await rpcOf(validator).batch([latestBlock]))[0], latestBlock.method);
  return {
    validator,
    number: count(field(block, "number"), "a block's number"),
    hash: String(field(block, "hash")),
    weight: quantity(field(block, "totalDifficulty"), "a branch's weight"),
  };
}
