import type { Hex } from "../../../core/bytes.ts";
import { journalSlot } from "../../../core/ledger/slots.ts";
import { hexData, toQuantity } from "../../../server/chain/quantity.ts";
import type { TimedLog } from "../log-range.ts";
import { explainBlock } from "./explain-block.ts";
import type { Step } from "./head-trail.ts";
import type { Contract, FalseBlock, PinpointInput } from "./input.ts";
import { headAfter } from "./journal.ts";
import { journalledReceipts } from "./receipts.ts";

/**
 * Compares the heads of the replay with those of the node's own state, block by block, as far as the node keeps it. undefined where they agree. Throws
 * where it does not keep it.
 */
export async function falseByState(input: PinpointInput): Promise<FalseBlock | undefined> {
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
  const receipts = await journalledReceipts(input, contract, block).catch(() => null);
  const explanation = explainBlock({ before, after, told, receipts, keccak: input.keccak });
  return { contract, block, explanation, told: told.length };
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
