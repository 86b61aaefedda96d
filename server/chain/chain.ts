import type { Hex } from "../../core/bytes.ts";
import type { JsonObject } from "../../core/json/parse.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import type { Rpc } from "./rpc.ts";
import type { Validators } from "./validator-watch.ts";

/** The chain that a gateway writes to: its own development chain, or one whose validators others run. */
export interface Chain {
  readonly chainId: number;
  readonly genesisHash: Hex;
  readonly consensus: Consensus;
  /** the genesis file's `config`; null where it is not known */
  readonly genesisConfig: JsonObject | null;
  readonly rpc: Rpc;
  /** where its node is reached now */
  url(): string;
  /** The newest block that a dump on disk holds; null: the chain keeps its blocks itself. */
  savedBlock(): number | null;
  /** Who seals its blocks; null where nobody does, or while the headers that say so are still being read. */
  validators(): Validators | null;
  /** Resolves when the headers that say who its validators are were all read, at once where there are none, or after `ms`. */
  followed(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** What a data folder remembers of its chain. */
export type KnownChain = Pick<Chain, "chainId" | "genesisHash" | "consensus">;
