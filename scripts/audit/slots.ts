import type { Hex } from "../../core/bytes.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import type { Replay } from "../../core/ledger/replay.ts";
import { batchSlot, batchWord, journalSlot, statusSlot, statusWord } from "../../core/ledger/slots.ts";
import { hexData, toQuantity } from "../../server/chain/quantity.ts";
import { resultOf, type Rpc } from "../../server/chain/rpc.ts";
import type { Progress } from "./progress.ts";
import { divergence, type AuditCode, type AuditDivergence } from "./report.ts";
import { addressesIn, type Trust } from "./trust.ts";

/** A storage slot, what it must hold by the events, and whom it concerns. */
interface Expectation {
  readonly address: Hex;
  readonly slot: Hex;
  readonly word: Hex;
  readonly code: AuditCode;
  readonly what: string;
  readonly names: AuditDivergence["names"];
}

export interface SlotsInput {
  readonly rpc: Rpc;
  readonly trust: Trust;
  readonly replay: Replay;
  readonly keccak: Keccak;
  /** the block up to which was replayed */
  readonly block: number;
  readonly progress: Progress;
}

/** Storage reads in one turn. */
const atOnce = 1000;

/** Whether both journal heads, every root's slot and every status' slot hold what the events say, in that block's state. */
export async function compareSlots(input: SlotsInput): Promise<AuditDivergence | undefined> {
  const { replay, progress } = input;
  const all = replay.batches().length + replay.statuses().size + 2;
  let done = 0;
  for (const turn of inTurns(expectations(input), atOnce)) {
    const found = await firstDifference(input, turn);
    if (found !== undefined) return found;
    done += turn.length;
    progress.report("compared with the chain's state", done, all);
  }
  return undefined;
}

async function firstDifference({ rpc, block }: SlotsInput, turn: readonly Expectation[]) {
  const tag = toQuantity(block);
  const calls = turn.map(({ address, slot }) => ({ method: "eth_getStorageAt", params: [address, slot, tag] }));
  const answers = await rpc.batch(calls);
  for (const [index, { word, code, what, names }] of turn.entries()) {
    const stored = hexData(resultOf(answers[index], "eth_getStorageAt"), "a storage slot");
    if (BigInt(stored === "0x" ? 0 : stored) !== BigInt(word)) return divergence(code, what, word, stored, names);
  }
  return undefined;
}

function* expectations({ trust, replay, keccak }: SlotsInput): Generator<Expectation> {
  const { ledger, agencies } = addressesIn(trust);
  const heads = replay.heads();
  const what = "A journal's head is not that of its events";
  for (const [contract, address] of [
    ["ledger", ledger],
    ["agencies", agencies],
  ] as const) {
    const head = { slot: journalSlot, word: heads[contract], what, names: { contract } };
    yield { address, code: "JOURNAL_HEAD_DIFFERS", ...head };
  }
  for (const batch of replay.batches()) {
    const { root, agency, blockNumber } = batch;
    const place = {
      slot: batchSlot(root, keccak),
      word: batchWord(batch),
      names: { root, agency, block: blockNumber },
    };
    yield { address: ledger, code: "BATCH_SLOT_DIFFERS", what: "A batch's slot is not what its event says", ...place };
  }
  for (const [leaf, status] of replay.statuses()) {
    const { digest, agency, blockNumber } = status;
    const names = { leaf, digest, agency, block: blockNumber };
    const place = { slot: statusSlot(leaf, keccak), word: statusWord(status, keccak), names };
    yield { address: ledger, code: "STATUS_SLOT_DIFFERS", what: "A status' slot is not what its event says", ...place };
  }
}

function* inTurns<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let turn: T[] = [];
  for (const item of items) {
    turn.push(item);
    if (turn.length < size) continue;
    yield turn;
    turn = [];
  }
  if (turn.length > 0) yield turn;
}
