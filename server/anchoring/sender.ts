import { compareBytes, hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { topics } from "../../core/ledger/abi.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { Block } from "../chain/block.ts";
import type { Contracts } from "../chain/ledger-contracts.ts";
import type { Log } from "../chain/log.ts";
import { toQuantity } from "../chain/quantity.ts";
import { ethCall, statusOf, type StatusSlot } from "../chain/slots.ts";
import { resultOf, type Rpc } from "../chain/rpc.ts";
import type { Store } from "../store/open.ts";
import { anchorsDue, isDone, noteError, refuse, statusesDue, type StatusOrderDue } from "../store/outbox.ts";
import { anchorTransaction } from "./anchor-transaction.ts";
import type { AnchoringHooks } from "./hooks.ts";
import type { NonceBook, RelayerPool } from "./nonces.ts";
import type { Patience } from "./patience.ts";
import { rejectionOf, type Rejection } from "./rejection.ts";
import type { Signer } from "./signer.ts";
import { statusTransaction } from "./status-transaction.ts";
import type { Ready, Submission } from "./submission.ts";
import type { Transaction } from "./transaction.ts";

/** Takes what waits in the outbox, tries it on the newest block, and writes attempts of what would succeed. */
export interface Sender {
  /** `settled`: what rests on a record in this block or before it may be sent */
  turn(head: Block, settled: number, books: ReadonlyMap<string, NonceBook>): Promise<void>;
}

export interface SenderDeps {
  readonly store: Store;
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly signer: Signer;
  readonly contracts: Contracts;
  readonly ledger: Hex;
  readonly relayers: RelayerPool;
  readonly submission: Submission;
  readonly patience: Patience;
  /** seconds of block time in which an attempt counts */
  readonly attemptSeconds: number;
  /** settles orders by events of long ago; see the watcher */
  readonly search: (topicFilter: readonly (Hex | null)[]) => Promise<void>;
  readonly log: Log;
  readonly hooks: AnchoringHooks;
  /** milliseconds of Unix time */
  readonly now: () => number;
}

/** An order whose transaction is made, and the events that would show that it was done already. */
interface Prepared {
  readonly transaction: Transaction;
  readonly events: readonly (Hex | null)[];
}

/** Orders that are prepared in one turn: a turn stays short, so that the watcher's news are not late. */
const ORDERS_IN_A_TURN = 128;

export function createSender(deps: SenderDeps): Sender {
  const { store, rpc, patience } = deps;

  async function anchors(deadline: number, most: number): Promise<Prepared[]> {
    const due = await anchorsDue(store.db, most + patience.size());
    const orders = due.filter(({ id }) => patience.isDue(id)).slice(0, most);
    return each(orders, async (order) => {
      const events = [topics.Anchored, null, null, to0x(order.root)];
      return { transaction: await anchorTransaction(deps, order, deadline), events };
    });
  }

  async function statuses(deadline: number, most: number, settled: number): Promise<Prepared[]> {
    const due = await statusesDue(store.db, most + patience.size(), settled);
    const orders = due.filter(({ id }) => patience.isDue(id)).slice(0, most);
    const ledger = deps.contracts.ledger.interface;
    const calls = orders.map(({ leaf }) =>
      ethCall(deps.ledger, ledger.encodeFunctionData("statusOf", [leaf]), "latest"),
    );
    const answers = await rpc.batch(calls);
    const standing = new Map(
      orders.map(({ id }, index) => [id, statusOf(ledger, resultOf(answers[index], "eth_call"))]),
    );
    return each(orders, async (order) => {
      const events = [topics.StatusSet, to0x(order.leaf)];
      const status = standing.get(order.id) ?? null;
      if (isSetAlready(order, status)) {
        await meet(order.id, alreadySet, events);
        return null;
      }
      return { transaction: await statusTransaction(deps, order, status?.version ?? 0, deadline), events };
    });
  }

  /** One order that cannot be prepared, a signer that does not answer for instance, holds up no other. */
  async function each<T extends { id: number }>(
    orders: readonly T[],
    prepare: (order: T) => Promise<Prepared | null>,
  ): Promise<Prepared[]> {
    const prepared: Prepared[] = [];
    for (const order of orders) {
      try {
        const item = await prepare(order);
        if (item !== null) prepared.push(item);
      } catch (error) {
        const code = error instanceof HufuError ? error.code : "SIGNER_FAILED";
        const sentence = error instanceof Error ? error.message : "It could not be prepared.";
        await meet(order.id, { code, sentence, cure: "help" }, []);
      }
    }
    return prepared;
  }

  function isSetAlready({ effect, basis }: StatusOrderDue, status: StatusSlot | null): boolean {
    const hash = deps.keccak.hash(basis).subarray(0, 24);
    return status !== null && status.effect === effect && compareBytes(hexToBytes(status.basisHash), hash) === 0;
  }

  /** Tries each on the newest block with the gas that it would have, and gives what succeeds an account and a nonce. */
  async function simulate(prepared: readonly Prepared[], books: ReadonlyMap<string, NonceBook>): Promise<Ready[]> {
    const from = deps.relayers.choose(books)?.address;
    if (from === undefined || prepared.length === 0) return [];
    const calls = prepared.map(({ transaction: { to, data, gas } }) => ({
      method: "eth_call",
      params: [{ from, to, data, gas: toQuantity(gas) }, "latest"],
    }));
    const answers = await rpc.batch(calls);
    const ready: Ready[] = [];
    for (const [index, { transaction, events }] of prepared.entries()) {
      const answer = answers[index];
      if (answer?.ok === true) {
        const account = deps.relayers.choose(books);
        const nonce = account === null ? undefined : books.get(account.address)?.take();
        if (account === null || nonce === undefined) return ready;
        ready.push({ transaction, account, nonce });
      } else if (answer?.ok === false) {
        await meet(transaction.orderId, rejectionOf(answer.error, deps.contracts), events);
      }
    }
    return ready;
  }

  async function meet(orderId: number, rejection: Rejection, events: readonly (Hex | null)[]): Promise<void> {
    const { code, sentence, cure } = rejection;
    const times = patience.delay(orderId);
    // The first time, the watcher is about to read of it; after that, it may stand in a block that was read long ago.
    if ((cure === "there" || cure === "void") && times > 1) await deps.search(events);
    // One look may be at a node that is behind, or at a block that falls out: it has to stay so. What was found is done.
    if (cure !== "help" && (times < 3 || (await isDone(store.db, orderId)))) return;
    // What comes after a void order shall not wait for ever.
    const isFinal = cure === "never" || cure === "void";
    const level = isFinal ? "error" : "warn";
    const gist = isFinal ? "an order was refused for good" : "an order cannot be done now; it is tried again";
    deps.log(level, gist, { order: orderId, code, sentence });
    deps.hooks.alarm?.(code);
    const error = `${code}: ${sentence}`;
    await store.write((tx) => (isFinal ? refuse(tx, orderId, error) : noteError(tx, orderId, error)));
    if (isFinal) patience.clear(orderId);
  }

  return {
    async turn(head, settled, books) {
      // An idle chain's newest block may be old; the block that will hold this comes after the present.
      const deadline = Math.max(head.time, Math.floor(deps.now() / 1000)) + deps.attemptSeconds;
      const most = Math.min(ORDERS_IN_A_TURN, deps.relayers.room(books));
      if (most === 0) return;
      // Neither kind of order can keep the other out.
      const changes = await statuses(deadline, Math.ceil(most / 2), settled);
      const batches = await anchors(deadline, most - changes.length);
      await deps.submission.write(await simulate([...changes, ...batches], books), head);
    },
  };
}

const alreadySet: Rejection = { code: "ALREADY_SET", sentence: "The chain has this status already.", cure: "void" };
