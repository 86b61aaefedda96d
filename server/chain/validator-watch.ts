import { to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { parseHeader } from "../../core/proofs/header.ts";
import type { TrustedTransition } from "../../core/trust/bundle.ts";
import { blockAt, blockOf, readHead } from "./block.ts";
import { beginCount, countHeader, type VoteRules } from "./changes.ts";
import { readHeaders, type RawHeader } from "./header.ts";
import { badAnswer, chainMoved } from "./quantity.ts";
import type { Rpc } from "./rpc.ts";
import { firstValidators, readChange, unsettledBlocks } from "./transition.ts";
import { readFollowed, writeFollowed, type Followed } from "./validator-file.ts";

/** Who may seal blocks, and the headers that prove how it came to that. */
export interface Validators {
  /** of the next block: lower case, ascending */
  readonly addresses: readonly Hex[];
  readonly transitions: readonly TrustedTransition[];
}

/** Follows the validators of a chain from header to header, as the votes in them say; no node is asked for its opinion. */
export interface ValidatorWatch {
  /**
   * Reads on, a few hundred headers at most. Answers whether it has come to the newest. Throws NODE_UNREACHABLE, also where the node is behind what
   * was read, and then nothing of it is given up; NODE_REFUSED, NODE_ANSWER, NODE_MOVED.
   */
  turn(): Promise<boolean>;
  /** null: the headers were not all read yet, or have to be read anew because the chain went another way below what was settled */
  now(): Validators | null;
  /** the newest block that was read; -1: none */
  reached(): number;
}

export interface ValidatorWatchDeps extends VoteRules {
  readonly rpc: Rpc;
  readonly genesisHash: Hex;
  /** where it is kept how far the headers were read; a file that is lost is made again */
  readonly file: string;
}

const HEADERS_IN_A_TURN = 400;
/** A block this far below the head stays where it is, under any consensus. */
const SETTLED = 64;
/** Blocks after which the file is written again. */
const SAVE_EVERY = 1_000;

export function createValidatorWatch(deps: ValidatorWatchDeps): ValidatorWatch {
  const { rpc, keccak, consensus, genesisHash, file } = deps;
  /** of each turn that is not settled yet, oldest first: where reading goes on if the chain went another way */
  let states: Followed[] = [];
  let settled = readFollowed(file, genesisHash);
  let saved = settled;
  let hasCaughtUp = false;

  async function begin(): Promise<Followed> {
    const [genesis] = await readHeaders(rpc, [0], keccak);
    if (genesis?.hash !== genesisHash) throw badAnswer("its genesis block is another");
    const count = beginCount(firstValidators(parseHeader(genesis.raw), consensus));
    return { number: 0, hash: genesisHash, count, transitions: [] };
  }

  /** The newest state whose block is on the chain. */
  async function current(): Promise<Followed> {
    for (let state = states.at(-1); state !== undefined; state = states.at(-1)) {
      if (await isOnChain(rpc, state)) return state;
      states.pop();
    }
    if (settled !== null && (await isOnChain(rpc, settled))) return settled;
    settled = await begin();
    hasCaughtUp = false;
    return settled;
  }

  async function read(from: Followed, to: number): Promise<Followed> {
    const numbers = Array.from({ length: to - from.number }, (_, index) => from.number + 1 + index);
    let { count, transitions } = from;
    let last: Pick<RawHeader, "number" | "hash"> = from;
    for (const header of await readHeaders(rpc, numbers, keccak)) {
      const parsed = parseHeader(header.raw);
      if (to0x(parsed.parentHash) !== last.hash) throw chainMoved();
      const next = countHeader(count, parsed, deps);
      if (next.change !== null) transitions = [...transitions, await readChange(next.change, deps)];
      count = next.count;
      last = header;
    }
    return { number: last.number, hash: last.hash, count, transitions };
  }

  function settle(head: number): void {
    const index = states.findLastIndex(({ number }) => number <= head - SETTLED);
    settled = states[index] ?? settled;
    states = states.slice(index + 1);
    if (settled === null) return;
    const isDue = saved === null || settled.number >= saved.number + SAVE_EVERY;
    if (!isDue && settled.transitions.length === saved?.transitions.length) return;
    writeFollowed(file, genesisHash, settled);
    saved = settled;
  }

  return {
    async turn() {
      const state = await current();
      const head = (await readHead(rpc)).number;
      // The head may be another node's than the one that has the state's block.
      if (head < state.number) throw nodeBehind(state.number);
      const last = head - unsettledBlocks(consensus, state.count.tally.validators.length);
      const to = Math.min(last, state.number + HEADERS_IN_A_TURN);
      if (to > state.number) states.push(await read(state, to));
      settle(head);
      hasCaughtUp ||= to >= last;
      return to >= last;
    },
    reached: () => (states.at(-1) ?? settled)?.number ?? -1,
    now() {
      const state = states.at(-1) ?? settled;
      if (!hasCaughtUp || state === null) return null;
      return { addresses: state.count.tally.validators, transitions: state.transitions };
    },
  };
}

/** Throws NODE_UNREACHABLE where the node has no block at that height: it says nothing of which way the chain went. */
async function isOnChain(rpc: Rpc, { number, hash }: Followed): Promise<boolean> {
  const [answer] = await rpc.batch([blockAt(number)]);
  const block = blockOf(answer);
  if (block === null) throw nodeBehind(number);
  return block.hash === hash;
}

function nodeBehind(number: number): HufuError {
  return new HufuError("NODE_UNREACHABLE", `The chain's node is behind: it has no block ${number} yet.`);
}

/** The validators of a chain that has some. Throws NODE_UNREACHABLE while its headers are still being read. */
export function validatorsOf(chain: { readonly validators: () => Validators | null }): Validators {
  const validators = chain.validators();
  if (validators !== null) return validators;
  const sentence = "The headers that say who the chain's validators are were not all read yet: ask again in a while.";
  throw new HufuError("NODE_UNREACHABLE", sentence);
}
