import type { Hex } from "../../../core/bytes.ts";
import type { Keccak } from "../../../core/ledger/keccak.ts";
import { journalSlot } from "../../../core/ledger/slots.ts";
import { topics } from "../../../core/ledger/abi.ts";
import { logsOf } from "../../../server/chain/block.ts";
import { field, hexData, toQuantity } from "../../../server/chain/quantity.ts";
import type { Rpc } from "../../../server/chain/rpc.ts";
import type { LogRange, TimedLog } from "../log-range.ts";
import { divergence, type AuditDivergence } from "../report.ts";
import { explainBlock, type Explanation } from "./explain-block.ts";
import type { Heads, Step } from "./head-trail.ts";
import { headAfter } from "./journal.ts";

export interface PinpointInput {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly addresses: { readonly ledger: Hex; readonly agencies: Hex };
  /** the first is before the first event, and beyond doubt; then as far as was replayed */
  readonly steps: readonly Step[];
  /** the node's logs of these blocks, once more */
  readonly logs: (from: number, to: number) => AsyncGenerator<LogRange, void, undefined>;
  /** the last block that may be looked at: that of `because` */
  readonly to: number;
  /** what showed that the logs are not the chain's */
  readonly because: AuditDivergence;
}

type Contract = keyof Heads;

/**
 * Looks for the first block whose logs are not those that the chain's own state was made by, and says what is wrong with them. Answers `because` as it is
 * where the node does not keep the state of so old a block, or the state agrees with the logs: then the events themselves break the rule.
 */
export async function pinpoint(input: PinpointInput): Promise<AuditDivergence> {
  try {
    return (await firstFalse(input)) ?? input.because;
  } catch {
    return input.because; // a node that does not answer now has been named already for what it did before
  }
}

async function firstFalse(input: PinpointInput): Promise<AuditDivergence | undefined> {
  const { steps, to } = input;
  const [seed] = steps;
  if (seed === undefined) return undefined;
  const differs = async (step: Step): Promise<boolean> => (await falseContract(input, step)) !== undefined;
  const index = await firstWhere(1, steps.length, async (at) => {
    const step = steps[at];
    return step === undefined || differs(step);
  });
  const good = steps[index - 1];
  if (good === undefined) return undefined;
  const window = await readWindow(input, good, steps[index]?.block ?? to);
  const block = await firstWhere(good.block + 1, window.to + 1, (at) => differs(headsAt(input, good, window, at)));
  if (block > window.to) return undefined;
  const contract = await falseContract(input, headsAt(input, good, window, block));
  if (contract === undefined) return undefined;
  const before = headsAt(input, good, window, block - 1)[contract];
  const after = await stateHead(input, contract, block);
  const told = window.logs.filter(({ log }) => log.blockNumber === block && log.address === input.addresses[contract]);
  const receipts = await receiptsOf(input, contract, block, told);
  const explanation = explainBlock({ before, after, told, receipts, keccak: input.keccak });
  return describe(explanation, contract, block, input.because, told.length);
}

/** The least number from `low` on for which `holds`; `high` where there is none. What holds for one holds for all after it. */
async function firstWhere(low: number, high: number, holds: (at: number) => Promise<boolean>): Promise<number> {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (await holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

async function falseContract(input: PinpointInput, step: Step): Promise<Contract | undefined> {
  for (const contract of ["agencies", "ledger"] as const)
    if ((await stateHead(input, contract, step.block)) !== step[contract]) return contract;
  return undefined;
}

/** By the node's own state; a contract that is not there yet is about to begin with its seed. */
async function stateHead({ rpc, addresses, steps }: PinpointInput, contract: Contract, block: number): Promise<Hex> {
  const word = hexData(
    await rpc.call("eth_getStorageAt", addresses[contract], journalSlot, toQuantity(block)),
    "a storage slot",
  );
  const [seed] = steps;
  return seed !== undefined && /^0x0*$/.test(word) ? seed[contract] : word;
}

interface Window {
  readonly to: number;
  readonly logs: readonly TimedLog[];
}

async function readWindow({ logs }: PinpointInput, { block }: Step, to: number): Promise<Window> {
  const all: TimedLog[] = [];
  for await (const range of logs(block + 1, to)) all.push(...range.logs);
  return { to, logs: all };
}

/** The heads after `block` by the window's logs. */
function headsAt({ addresses, keccak }: PinpointInput, good: Step, { logs }: Window, block: number): Step {
  const of = (contract: Contract): Hex => {
    const own = logs.filter(({ log }) => log.blockNumber <= block && log.address === addresses[contract]);
    return headAfter(good[contract], own, keccak);
  };
  return { block, hash: null, ledger: of("ledger"), agencies: of("agencies") };
}

/** The contract's logs by the receipts of the block; null where the node does not give them. */
async function receiptsOf(
  { rpc, addresses }: PinpointInput,
  contract: Contract,
  block: number,
  told: readonly TimedLog[],
): Promise<TimedLog[] | null> {
  const [answer] = await rpc.batch([{ method: "eth_getBlockReceipts", params: [toQuantity(block)] }]);
  const blockTime = told[0]?.blockTime;
  if (answer?.ok !== true || !Array.isArray(answer.result) || blockTime === undefined) return null;
  const journalled: readonly string[] = Object.values(topics);
  return answer.result
    .flatMap((receipt: unknown) => logsOf({ ok: true, result: field(receipt, "logs") }))
    .filter((log) => log.address === addresses[contract] && journalled.includes(log.topics[0] ?? ""))
    .map((log) => ({ log, blockTime }));
}

const titles: Readonly<Record<Explanation["code"], string>> = {
  EVENT_HIDDEN: "The node hides an event",
  EVENT_ADDED: "The node tells of an event that never was",
  EVENT_CHANGED: "The node tells of an event otherwise than it was, or hides one",
  EVENTS_REORDERED: "The node tells events in another order than they had",
};

function describe(
  { code, log }: Explanation,
  contract: Contract,
  block: number,
  because: AuditDivergence,
  told: number,
): AuditDivergence {
  const place = log === undefined ? {} : { transaction: log.log.transactionHash, logIndex: log.log.logIndex };
  const found = `${told} events of the contract in its answer`;
  const names = { contract, block, ...place, shownBy: because.code };
  return divergence(code, titles[code], "the events that the contract's journal was made of", found, names);
}
