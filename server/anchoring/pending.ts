import { to0x } from "../../core/bytes.ts";
import { isAnyPrice } from "../chain/gas.ts";
import type { Log } from "../chain/log.ts";
import { NO_ANSWER, type Rpc, type RpcFailure } from "../chain/rpc.ts";
import { abandonAttempts, pendingAttempts, rawTransactions, type PendingAttempt } from "../store/attempts.ts";
import type { Store } from "../store/open.ts";
import { noteError } from "../store/outbox.ts";
import type { AnchoringHooks } from "./hooks.ts";
import { createNonceBook, type NonceBook, type NonceCounts } from "./nonces.ts";
import { isTooLarge, TOO_LARGE } from "./rejection.ts";

/** Attempts that were written and not settled: what becomes of them, and handing them to the node. */
export interface PendingAttempts {
  /**
   * Gives up what can no longer be mined, so that its order is tried again, and answers the nonces that are left. `before`:
   * nonces as they were before the watcher last read; what they cover and the watcher did not settle has failed.
   */
  review(input: { before: NonceCounts; now: NonceCounts; headTime: number }): Promise<Map<string, NonceBook>>;
  /** Hands over whatever was never handed over, or long ago. The one way by which a transaction leaves, in recovery as in daily work. */
  broadcast(now: NonceCounts): Promise<void>;
  /** How often a transaction with this nonce was given up before it was mined, or refused because it offered too little to take the place of one. */
  givenUp(relayer: string, nonce: number): number;
  /** A transaction fell out of the chain with its block: nodes have it among those that wait, and another in its place has to offer more. */
  fellOut(relayer: string, nonce: number): void;
}

const HAND_OVER_AGAIN_MS = 5_000;

const tooLarge =
  "the node does not take a transaction of this size, which needs higher limits of the nodes; if it carries a batch, a lower HUFU_BATCH_SIZE makes the next ones smaller";

export function createPendingAttempts(deps: {
  store: Store;
  rpc: Rpc;
  log: Log;
  hooks: AnchoringHooks;
  /** milliseconds that only ever go forward */
  now: () => number;
  stuck: (relayer: string) => void;
  /** why the node did not take a transaction; answers whether somebody has to hear of it */
  refused: (message: string) => boolean;
  /** the order shall not be tried again at once */
  troubled: (orderId: number) => void;
}): PendingAttempts {
  const handedOver = new Map<number, number>();
  const replaced = new Map<string, number>();
  /** nonces of which one was given up, with an alarm, and none was refused since */
  const alarmed = new Set<string>();

  function judge(attempts: readonly PendingAttempt[], before: number, now: number, headTime: number): PendingAttempt[] {
    const dead: PendingAttempt[] = [];
    let next = now;
    for (const attempt of attempts) {
      if (attempt.nonce < Math.min(before, now)) dead.push(attempt);
      else if (attempt.nonce >= now) {
        const expired = attempt.deadline < headTime;
        // Behind a gap nothing is ever mined; the gap is filled by whatever is sent next.
        if (expired || attempt.nonce > next) {
          dead.push(attempt);
          giveUp(attempt.relayer, attempt.nonce);
        } else next = attempt.nonce + 1;
        if (expired) complain(attempt);
      }
    }
    return dead;
  }

  function givenUp(relayer: string, nonce: number): number {
    return replaced.get(`${relayer}/${nonce}`) ?? 0;
  }

  function giveUp(relayer: string, nonce: number): void {
    alarmed.add(`${relayer}/${nonce}`);
    offerMore(relayer, nonce);
  }

  function offerMore(relayer: string, nonce: number): void {
    replaced.set(`${relayer}/${nonce}`, givenUp(relayer, nonce) + 1);
  }

  function complain({ relayer, nonce, orderId }: PendingAttempt): void {
    deps.stuck(relayer);
    deps.log("warn", "a transaction was not mined before its deadline; another takes its place", {
      relayer,
      nonce,
      order: orderId,
    });
    deps.hooks.alarm?.("ATTEMPT_EXPIRED");
  }

  /**
   * A transaction that the node would not take (no money, no room, a price of yesterday) is given up at once, so that those behind it are not
   * held up until its deadline; another relayer tries next. Should the node have it all the same, the watcher reads of it.
   */
  async function refused(attempt: PendingAttempt, message: string): Promise<void> {
    const { orderId, relayer, nonce } = attempt;
    if (isUnderpriced(message)) {
      offerMore(relayer, nonce);
      if (alarmed.delete(`${relayer}/${nonce}`)) {
        await outlasted(attempt, message);
        return;
      }
    }
    const isNews = deps.refused(message);
    const isLarge = isTooLarge(message);
    const gist = isLarge ? tooLarge : "the node did not take a transaction; another takes its place";
    deps.log(isNews ? "warn" : "debug", gist, { order: orderId, relayer, nonce, message: message.slice(0, 300) });
    if (isNews) deps.hooks.alarm?.(isLarge ? TOO_LARGE : "TRANSACTION_REFUSED");
    // Of too large a transaction, and of a price where none is taken, no relayer is the reason, and no other would be of use.
    if (!isLarge && !isAnyPrice(message)) deps.stuck(relayer);
    deps.troubled(orderId);
    await abandon(attempt, `${isLarge ? TOO_LARGE : "NODE_REFUSED"}: ${message.slice(0, 300)}`);
  }

  /**
   * The nodes still have the transaction that was given up before it, for which there was an alarm, and this one offers too little to take its place; on
   * a chain without price nothing ever does. It is mined yet, or another relayer carries the order. Once for each that was given up: if it stays so,
   * every further refusal is an alarm, for no attempt lasts until its deadline then.
   */
  async function outlasted(attempt: PendingAttempt, message: string): Promise<void> {
    const { orderId, relayer, nonce } = attempt;
    deps.log("info", "the node keeps an earlier transaction of this nonce", { order: orderId, relayer, nonce });
    deps.stuck(relayer);
    deps.troubled(orderId);
    await abandon(attempt, `NODE_REFUSED: ${message.slice(0, 300)}`);
  }

  async function abandon(attempt: PendingAttempt, why: string): Promise<void> {
    await deps.store.write(async (tx) => {
      await abandonAttempts(tx, [attempt]);
      await noteError(tx, attempt.orderId, why);
    });
  }

  return {
    givenUp,
    fellOut: giveUp,
    async review({ before, now, headTime }) {
      const byAccount = Map.groupBy(await pendingAttempts(deps.store.db), ({ relayer }) => relayer);
      const books = new Map<string, NonceBook>();
      const dead: PendingAttempt[] = [];
      for (const [address, next] of now) {
        const attempts = byAccount.get(address) ?? [];
        for (let below = next - 1; replaced.delete(`${address}/${below}`); below--)
          alarmed.delete(`${address}/${below}`);
        const lost = judge(attempts, before.get(address) ?? 0, next, headTime);
        dead.push(...lost);
        const left = attempts.filter((attempt) => !lost.includes(attempt)).map(({ nonce }) => nonce);
        books.set(address, createNonceBook(next, left));
      }
      // Of a key that is used no longer: nobody counts its nonces, so only time ends them.
      for (const [address, attempts] of byAccount)
        if (!now.has(address)) dead.push(...attempts.filter(({ deadline }) => deadline < headTime));
      if (dead.length > 0) await deps.store.write((tx) => abandonAttempts(tx, dead));
      return books;
    },
    async broadcast(now) {
      const at = deps.now();
      const pending = await pendingAttempts(deps.store.db);
      const ids = new Set(pending.map(({ id }) => id));
      for (const id of handedOver.keys()) if (!ids.has(id)) handedOver.delete(id);
      const due = pending.filter(
        ({ id, relayer, nonce }) =>
          nonce >= (now.get(relayer) ?? 0) && (handedOver.get(id) ?? -Infinity) + HAND_OVER_AGAIN_MS <= at,
      );
      const raw = new Map(
        (
          await rawTransactions(
            deps.store.db,
            due.map(({ id }) => id),
          )
        ).map((row) => [row.id, row.rawTransaction]),
      );
      const calls = due.map(({ id }) => ({
        method: "eth_sendRawTransaction",
        params: [to0x(raw.get(id) ?? new Uint8Array())],
      }));
      const answers = await deps.rpc.batch(calls);
      for (const [index, attempt] of due.entries()) {
        const answer = answers[index];
        if (!handedOver.has(attempt.id)) deps.hooks.sent?.();
        handedOver.set(attempt.id, at);
        if (answer?.ok === false && !isUndecided(answer.error)) await refused(attempt, answer.error.message);
      }
    },
  };
}

/** The node has this very transaction, or has mined one with its nonce, or has not answered: the next review says which. */
function isUndecided({ code, message }: RpcFailure): boolean {
  return (
    code === NO_ANSWER || /already ?(?:known|imported|exists|in)|known ?transaction|nonce ?too ?low/i.test(message)
  );
}

function isUnderpriced(message: string): boolean {
  return /replacement transaction underpriced/i.test(message);
}
