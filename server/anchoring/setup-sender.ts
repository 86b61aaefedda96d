import { hexToBytes, to0x } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Account } from "../chain/accounts.ts";
import { blockAt, blockOf, type Block } from "../chain/block.ts";
import { decodeRevert, type ContractAddresses, type Contracts } from "../chain/ledger-contracts.ts";
import type { Log } from "../chain/log.ts";
import { count, field, hexData, quantity } from "../chain/quantity.ts";
import type { Rpc, RpcAnswer } from "../chain/rpc.ts";
import {
  FOUNDATION_PHASE,
  isTrue,
  parseStep,
  probeCall,
  type SetupAccount,
  type SetupStep,
} from "../chain/setup-step.ts";
import { markMined, triedTransactions } from "../store/attempts.ts";
import type { Store } from "../store/open.ts";
import { markDone, noteError, openSetupOrders, type Order, type Place } from "../store/outbox.ts";
import type { AnchoringHooks } from "./hooks.ts";
import type { NonceBook } from "./nonces.ts";
import type { Patience } from "./patience.ts";
import { rejectionOf } from "./rejection.ts";
import type { Ready, Submission } from "./submission.ts";

/** Makes true of the chain what the setup asks, phase by phase. It always asks the chain first. */
export interface SetupSender {
  /** Answers whether anything is still to be done that others have to wait for. */
  turn(head: Block, books: ReadonlyMap<string, NonceBook>): Promise<boolean>;
}

export interface SetupSenderDeps {
  readonly store: Store;
  readonly rpc: Rpc;
  readonly contracts: Contracts;
  readonly addresses: ContractAddresses;
  readonly accounts: Readonly<Record<SetupAccount, Account>>;
  readonly submission: Submission;
  readonly patience: Patience;
  readonly attemptSeconds: number;
  readonly log: Log;
  readonly hooks: AnchoringHooks;
  readonly now: () => number;
}

interface OpenStep {
  readonly order: Order;
  readonly step: SetupStep;
}

export function createSetupSender(deps: SetupSenderDeps): SetupSender {
  const { store, rpc } = deps;

  /**
   * Where the effect of an order, which the chain shows, stands: in the block of one of its transactions, else an earlier one or another order's brought
   * it, and `head` has it. null: not known yet. What stands above `head`, to which the chain was read, or beside it, would not be missed if its block
   * fell out; and a node may show what a block changed a moment before it has the block.
   */
  async function placeOf({ order, step }: OpenStep, head: Block): Promise<Place | null> {
    for (const transactionHash of await triedTransactions(store.db, order.id)) {
      const receipt = await rpc.call("eth_getTransactionReceipt", to0x(transactionHash));
      if (receipt === null || !isDeed(receipt, step)) continue;
      const number = count(field(receipt, "blockNumber"), "a receipt's block");
      const [answer, newest] = await rpc.batch([blockAt(number), blockAt(head.number)]);
      const block = blockOf(answer);
      const isRead = number <= head.number && blockOf(newest)?.hash === head.hash;
      if (!isRead || block?.hash !== hexData(field(receipt, "blockHash"), "a block's hash", 32)) return null;
      return { ...placeIn(block), transactionHash };
    }
    // What is under way has a receipt at one of the next turns, or is given up.
    if (order.state !== "waiting") return null;
    const [asOfHead, newest] = await rpc.batch([probeCall(step.probe, head.number), blockAt(head.number)]);
    const isThere = asOfHead?.ok === true && isTrue(step.probe, asOfHead) && blockOf(newest)?.hash === head.hash;
    return isThere ? { ...placeIn(head), transactionHash: null } : null;
  }

  async function settle(open: OpenStep, head: Block): Promise<void> {
    const { order, step } = open;
    const place = await placeOf(open, head);
    if (place === null) return;
    await store.write(async (tx) => {
      await markDone(tx, order.id, place);
      if (place.transactionHash !== null) await markMined(tx, place.transactionHash);
    });
    deps.patience.clear(order.id);
    deps.log("debug", "a step of the setup is on the chain", { step: step.step, block: place.blockNumber });
  }

  async function estimate({ from, to, data }: Pick<SetupStep, "from" | "to" | "data">): Promise<RpcAnswer | undefined> {
    const request = { from: deps.accounts[from].address, ...(to === null ? {} : { to }), data };
    const [answer] = await rpc.batch([{ method: "eth_estimateGas", params: [request] }]);
    return answer;
  }

  /** A change that the register takes only after a delay is announced first; then it waits, and nobody has to wait for it. */
  async function prepare({ order, step }: OpenStep, books: ReadonlyMap<string, NonceBook>): Promise<Ready | null> {
    const answer = await estimate(step);
    if (answer?.ok === true) return ready(order, step, answer.result, books);
    const refusal = refusalOf(answer, deps.contracts);
    if (refusal === "AccessManagerNotReady") {
      deps.patience.delay(order.id);
      await store.write((tx) =>
        noteError(tx, order.id, `${refusal}: It is announced, and waits for the registrar's delay.`),
      );
      return null;
    }
    const isUnannounced = refusal === "AccessManagerNotScheduled" || refusal === "AccessManagerExpired";
    const announcement = isUnannounced ? announcementOf(step, deps) : step;
    const again = isUnannounced ? await estimate(announcement) : answer;
    if (again?.ok === true) return ready(order, announcement, again.result, books);
    await complain(order, again);
    return null;
  }

  function ready(
    order: Order,
    step: Pick<SetupStep, "from" | "to" | "data">,
    estimated: unknown,
    books: ReadonlyMap<string, NonceBook>,
  ): Ready {
    const account = deps.accounts[step.from];
    const gas = Math.ceil(count(estimated, "an estimate of gas") * 1.3);
    const nonce = books.get(account.address)?.take();
    if (nonce === undefined) throw new HufuError("INVARIANT", `the nonces of the ${step.from} were not read`);
    const deadline = Math.floor(deps.now() / 1000) + deps.attemptSeconds;
    return {
      transaction: { orderId: order.id, to: step.to, data: step.data, gas, deadline, signature: null },
      account,
      nonce,
    };
  }

  async function complain(order: Order, answer: RpcAnswer | undefined): Promise<void> {
    const failure = answer?.ok === false ? answer.error : { code: 0, message: "no answer", data: null };
    const { code, sentence } = rejectionOf(failure, deps.contracts);
    deps.patience.delay(order.id);
    deps.log("warn", "a step of the setup cannot be done now; it is tried again", { order: order.id, code, sentence });
    deps.hooks.alarm?.(code);
    await store.write((tx) => noteError(tx, order.id, `${code}: ${sentence}`));
  }

  return {
    async turn(head, books) {
      const open = (await openSetupOrders(store.db)).map((order) => ({ order, step: parseStep(order.payload) }));
      if (open.length === 0) return false;
      const pressing = open.filter(({ order, step }) => isFoundation(step) || !deps.patience.isStubborn(order.id));
      const phase = Math.min(...pressing.map(({ step }) => step.phase));
      const steps = open.filter((item) => item.step.phase === phase || !pressing.includes(item));
      const answers = await rpc.batch(steps.map(({ step }) => probeCall(step.probe)));
      const ready: Ready[] = [];
      for (const [index, item] of steps.entries()) {
        if (isTrue(item.step.probe, answers[index])) await settle(item, head);
        else if (item.order.state === "waiting" && deps.patience.isDue(item.order.id)) {
          const transaction = await prepare(item, books);
          if (transaction !== null) ready.push(transaction);
        }
      }
      await deps.submission.write(ready, head);
      return pressing.length > 0;
    },
  };
}

/** Whether a receipt is of what a step asks for, and went through: an order's transactions may also only announce it. */
function isDeed(receipt: unknown, { to }: SetupStep): boolean {
  const went = field(receipt, "to") ?? null;
  return (
    (went === null ? null : hexData(went, "a receipt's recipient", 20)) === to &&
    quantity(field(receipt, "status"), "a receipt's status") === 1n
  );
}

/** The call that announces a step's; from the next second on it counts after the registrar's delay. */
function announcementOf(
  { from, to, data }: SetupStep,
  { contracts, addresses }: Pick<SetupSenderDeps, "contracts" | "addresses">,
): Pick<SetupStep, "from" | "to" | "data"> {
  const call = contracts.accessManager.interface.encodeFunctionData("schedule", [to, data, 0]);
  return { from, to: addresses.accessManager, data: hexData(call, "a call") };
}

/** The contract's error by name; null where there is none. */
function refusalOf(answer: RpcAnswer | undefined, contracts: Contracts): string | null {
  const data = answer?.ok === false ? answer.error.data : null;
  return data === null ? null : (decodeRevert(data, contracts)?.name ?? null);
}

/** Without contracts and a registrar nothing can be written; without one agency's right all others can. */
function isFoundation(step: SetupStep): boolean {
  return step.phase <= FOUNDATION_PHASE;
}

function placeIn(block: Block): { blockNumber: number; blockHash: Uint8Array; blockTime: number } {
  return { blockNumber: block.number, blockHash: hexToBytes(block.hash), blockTime: block.time * 1000 };
}
