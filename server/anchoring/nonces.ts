import type { Account } from "../chain/accounts.ts";
import type { Hex } from "../../core/bytes.ts";
import { count } from "../chain/quantity.ts";
import { resultOf, type Rpc } from "../chain/rpc.ts";

/** How many transactions of each account the newest block holds. */
export type NonceCounts = ReadonlyMap<string, number>;

/** Throws NODE_UNREACHABLE, NODE_REFUSED. */
export async function readNonces(rpc: Rpc, addresses: readonly Hex[]): Promise<NonceCounts> {
  const calls = addresses.map((address) => ({ method: "eth_getTransactionCount", params: [address, "latest"] }));
  const answers = await rpc.batch(calls);
  return new Map(
    addresses.map((address, index) => [address, count(resultOf(answers[index], "eth_getTransactionCount"), "a nonce")]),
  );
}

/** The nonces that an account may use now. */
export interface NonceBook {
  /** The smallest that is free: a gap is filled before anything is put behind it. */
  take(): number;
  inFlight(): number;
}

export function createNonceBook(next: number, taken: Iterable<number>): NonceBook {
  const used = new Set(taken);
  let candidate = next;
  return {
    take() {
      while (used.has(candidate)) candidate += 1;
      used.add(candidate);
      return candidate;
    },
    inFlight: () => used.size,
  };
}

/** Nodes keep only so many transactions of one account that wait. */
const MOST_IN_FLIGHT = 100;

/** How long a key whose transactions a node does not mine is left alone while there are others, in milliseconds. */
const QUARANTINE_MS = 300_000;

/** Chooses who carries the next transaction. Any relayer can carry any batch. */
export interface RelayerPool {
  /** null: all have as many transactions under way as nodes keep */
  choose(books: ReadonlyMap<string, NonceBook>): Account | null;
  /** How many transactions can be taken on now. */
  room(books: ReadonlyMap<string, NonceBook>): number;
  /** A transaction of this account was not mined in its time. */
  stuck(address: string): void;
  quarantined(): readonly string[];
}

export function createRelayerPool(relayers: readonly Account[], now: () => number): RelayerPool {
  const until = new Map<string, number>();
  const load = (books: ReadonlyMap<string, NonceBook>, { address }: Account): number =>
    books.get(address)?.inFlight() ?? 0;
  const isFree = ({ address }: Account): boolean => (until.get(address) ?? 0) <= now();
  return {
    choose(books) {
      const able = relayers.filter((relayer) => load(books, relayer) < MOST_IN_FLIGHT);
      const healthy = able.filter(isFree);
      const [best] = (healthy.length > 0 ? healthy : able).toSorted((a, b) => load(books, a) - load(books, b));
      return best ?? null;
    },
    room: (books) => relayers.reduce((sum, relayer) => sum + Math.max(0, MOST_IN_FLIGHT - load(books, relayer)), 0),
    stuck: (address) => until.set(address, now() + QUARANTINE_MS),
    quarantined: () => relayers.filter((relayer) => !isFree(relayer)).map(({ address }) => address),
  };
}
