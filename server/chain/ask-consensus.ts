import { setTimeout as sleep } from "node:timers/promises";

import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { JsonObject } from "../../core/json/parse.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { ORDINARY_EPOCH } from "../../core/trust/genesis-config.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import { parseHeader } from "../../core/proofs/header.ts";
import { readHead } from "./block.ts";
import { consensusOf, consensusTypeOf } from "./consensus.ts";
import { readHeaders } from "./header.ts";
import type { Rpc } from "./rpc.ts";

/** Blocks whose times tell a period, and how many there must be; a chain that is only just beginning is waited for so long. */
const BLOCKS_LOOKED_AT = 50;
const BLOCKS_NEEDED = 4;
const WAIT_MS = 15_000;
const LOOK_EVERY_MS = 500;

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
 * the epoch is the ordinary one, and a Clique chain's period the shortest time between two of its newest blocks. Throws NODE_UNREACHABLE,
 * NODE_REFUSED, NODE_ANSWER.
 */
export async function askConsensus({ rpc, keccak, sealer, config, known }: ConsensusQuestion): Promise<Consensus> {
  const head = await readHead(rpc);
  const [newest] = await readHeaders(rpc, [head.number], keccak);
  if (newest === undefined) throw new HufuError("INVARIANT", "one header for each block asked for");
  const header = parseHeader(newest.raw);
  const type = consensusTypeOf(header);
  if (type === "development") return { type, sealer };
  if (known?.type === type) return consensusOf(header, known, config);
  if (type === "qbft") return consensusOf(header, { type, epoch: ORDINARY_EPOCH }, config);
  // A file that names no period leaves it to the blocks, like no file.
  return consensusOf(header, { type, epoch: ORDINARY_EPOCH, period: await seenPeriod(rpc, keccak) }, config);
}

/** In seconds; 0 where there are too few blocks to tell, as on a chain that makes them on demand. */
async function seenPeriod(rpc: Rpc, keccak: Keccak): Promise<number> {
  const deadline = performance.now() + WAIT_MS;
  let head = (await readHead(rpc)).number;
  while (head < BLOCKS_NEEDED && performance.now() < deadline) {
    await sleep(LOOK_EVERY_MS);
    head = (await readHead(rpc)).number;
  }
  // The genesis block's time is older than the chain.
  const from = Math.max(1, head - BLOCKS_LOOKED_AT + 1);
  const numbers = Array.from({ length: Math.max(0, head - from + 1) }, (_, index) => from + index);
  const times = (await readHeaders(rpc, numbers, keccak)).map(({ raw }) => parseHeader(raw).timestamp);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return gaps.length === 0 ? 0 : Math.min(...gaps);
}
