import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { JsonObject } from "../../core/json/parse.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { ORDINARY_EPOCH } from "../../core/trust/genesis-config.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import { parseHeader } from "../../core/proofs/header.ts";
import { readHead } from "./block.ts";
import { consensusOf, consensusTypeOf, namedPeriod } from "./consensus.ts";
import { readHeaders } from "./header.ts";
import type { Rpc } from "./rpc.ts";

/** Blocks of which the shortest time between two is taken for the period, and how many there must be. */
const BLOCKS_LOOKED_AT = 50;
const BLOCKS_NEEDED = 4;

export interface ConsensusQuestion {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly sealer: Hex;
  /** the genesis file's `config`: it wins */
  readonly config: JsonObject | null;
  /** what was found out before */
  readonly known: Consensus | null;
}

/**
 * How a chain agrees on its blocks, by its newest header. What no header shows is taken from the genesis file, else it is what was found out before, else
 * the epoch is the ordinary one, and a Clique chain's period the shortest time between two of its newest blocks. null: it has too few of them for that.
 * Blocks can all come late, so that this is the longest that the period can be, and no more; a trust bundle says it of its ledger for good. Only the
 * genesis file tells it. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER.
 */
export async function askConsensus({
  rpc,
  keccak,
  sealer,
  config,
  known,
}: ConsensusQuestion): Promise<Consensus | null> {
  const head = await readHead(rpc);
  const [newest] = await readHeaders(rpc, [head.number], keccak);
  if (newest === undefined) throw new HufuError("INVARIANT", "one header for each block asked for");
  const header = parseHeader(newest.raw);
  const type = consensusTypeOf(header);
  if (type === "development") return { type, sealer };
  if (known?.type === type) return consensusOf(header, known, config);
  if (type === "qbft") return consensusOf(header, { type, epoch: ORDINARY_EPOCH }, config);
  // A file that names no period leaves it to the blocks, like no file.
  const period = namedPeriod(config) ?? (await seenPeriod(rpc, keccak, head.number));
  return period === null ? null : consensusOf(header, { type, epoch: ORDINARY_EPOCH, period }, config);
}

/** In seconds, the period or more; null where there are too few blocks. */
async function seenPeriod(rpc: Rpc, keccak: Keccak, head: number): Promise<number | null> {
  if (head < BLOCKS_NEEDED) return null;
  // The genesis block's time is older than the chain.
  const from = Math.max(1, head - BLOCKS_LOOKED_AT + 1);
  const numbers = Array.from({ length: head - from + 1 }, (_, index) => from + index);
  const times = (await readHeaders(rpc, numbers, keccak)).map(({ raw }) => parseHeader(raw).timestamp);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return Math.min(...gaps);
}
