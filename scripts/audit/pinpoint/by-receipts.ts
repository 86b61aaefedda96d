import { parseHeader } from "../../../core/proofs/header.ts";
import { readChain } from "../headers/read.ts";
import type { LogRange, TimedLog } from "../log-range.ts";
import { createBloomCheck } from "./bloom.ts";
import type { Contract, FalseBlock, PinpointInput } from "./input.ts";
import { compareWithReceipts, journalledReceipts } from "./receipts.ts";

/** Blocks that are looked through, at most: it is a search for a name for what is known already. */
const most = 200_000;
const atOnce = 200;
const contracts = ["agencies", "ledger"] as const;

/**
 * Compares the logs of every block with its header's bloom, and with its receipts where there are events or there may be. Receipts are the node's word:
 * a node that lies here too is found out all the same, by the journal's head. undefined where nothing is found.
 */
export async function falseByReceipts(input: PinpointInput): Promise<FalseBlock | undefined> {
  const from = (input.steps[0]?.block ?? 0) + 1;
  const to = Math.min(input.to, from + most - 1);
  for await (const range of input.logs(from, to)) {
    for (let first = range.from; first <= range.to; first += atOnce) {
      const found = await firstFalse(input, range, first, Math.min(range.to, first + atOnce - 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function firstFalse(input: PinpointInput, { logs }: LogRange, first: number, last: number) {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const headers = await readChain(input.rpc, numbers, input.keccak);
  const mayHave = new Map(contracts.map((name) => [name, createBloomCheck(input.addresses[name], input.keccak)]));
  for (const { number, raw } of headers) {
    const { items } = parseHeader(raw);
    for (const contract of contracts) {
      const told = logs.filter(({ log }) => log.blockNumber === number && log.address === input.addresses[contract]);
      if (told.length === 0 && mayHave.get(contract)?.(items) !== true) continue;
      const found = await compareBlock(input, contract, number, told);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function compareBlock(
  input: PinpointInput,
  contract: Contract,
  block: number,
  told: readonly TimedLog[],
): Promise<FalseBlock | undefined> {
  const explanation = compareWithReceipts(told, await journalledReceipts(input, contract, block));
  return explanation && { contract, block, explanation, told: told.length };
}
