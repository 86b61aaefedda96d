import type { Keccak } from "../../../core/ledger/keccak.ts";
import { blockAt, blockOf } from "../../../server/chain/block.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import type { Progress } from "../progress.ts";
import type { AuditDivergence } from "../report.ts";
import type { AppendLog } from "../state/append-log.ts";
import { beforeGenesis, follow, isDivergence, type HeaderPosition, type HeaderRules } from "./chain.ts";
import type { HeaderFacts } from "./facts.ts";
import type { HeaderPool } from "./pool.ts";
import { readChain } from "./read.ts";

export interface AllHeadersInput {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly pool: HeaderPool;
  readonly rules: HeaderRules;
  /** the last block */
  readonly to: number;
  /** where the position is kept, if it is */
  readonly log: AppendLog | null;
  readonly progress: Progress;
  readonly signal: AbortSignal | undefined;
}

/** Headers in one request, requests under way at once, and headers after which the position is kept. */
const atOnce = 200;
const ahead = 4;
const keptAfter = 5_000;

/**
 * Reads every header from the genesis block on and checks its parent's hash and its seals, under the validators whom the votes give. Answers how
 * far it came, or the first header that is wrong.
 */
export async function followHeaders(input: AllHeadersInput): Promise<HeaderPosition | AuditDivergence> {
  const { rules, to, log, progress, signal } = input;
  let position = await keptPosition(input);
  let kept = position.number;
  const batches = readAhead(input, position.number + 1);
  for await (const facts of batches) {
    signal?.throwIfAborted();
    for (const each of facts) {
      const next = follow(position, each, rules);
      if (isDivergence(next)) return next;
      position = next;
    }
    progress.report("headers followed", position.number + 1, to + 1);
    if (position.number - kept < keptAfter && position.number < to) continue;
    await log?.append(position);
    kept = position.number;
  }
  return position;
}

/** In order; while one list is followed, the next ones are fetched and their seals recovered. */
async function* readAhead({ rpc, keccak, pool, to }: AllHeadersInput, from: number) {
  const turns: Promise<readonly HeaderFacts[]>[] = [];
  let next = from;
  async function read(first: number, last: number): Promise<readonly HeaderFacts[]> {
    const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const headers = await readChain(rpc, numbers, keccak);
    return pool.facts(headers.map(({ raw }) => raw));
  }
  function ask(): void {
    while (turns.length < ahead && next <= to) {
      const last = Math.min(to, next + atOnce - 1);
      const turn = read(next, last);
      turn.catch(() => undefined); // met at its turn
      turns.push(turn);
      next = last + 1;
    }
  }
  ask();
  for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
    const facts = await turn;
    ask();
    yield facts;
  }
}

/** The newest position that was kept and is still on the chain. */
async function keptPosition({ rpc, log, to }: AllHeadersInput): Promise<HeaderPosition> {
  for (let count = log?.count() ?? 0; log !== null && count > 0; count--) {
    const position = (await log.read(count - 1)) as HeaderPosition; // as: the record's checksum says that followHeaders wrote it
    const [answer] = await rpc.batch([blockAt(position.number)]);
    const isOnChain = position.number <= to && blockOf(answer)?.hash === position.hash;
    if (isOnChain) return position;
    await log.keep(count - 1);
  }
  return beforeGenesis;
}
