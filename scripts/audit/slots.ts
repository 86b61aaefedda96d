import type { Hex } from "../../core/bytes.ts";
import type { Replay } from "../../core/ledger/replay.ts";
import { batchSlot, batchWord, journalSlot, statusSlot, statusWord } from "../../core/ledger/slots.ts";
import { hexData, toQuantity } from "../../server/chain/quantity.ts";
import { resultOf } from "../../server/chain/rpc.ts";
import type { Progress } from "./progress.ts";
import { notItsState, proveSlots, type ProveSlotsInput, type SlotWord } from "./prove-slots.ts";
import { divergence, type AuditCode, type AuditDivergence } from "./report.ts";
import { addressesIn } from "./trust.ts";

/** A storage slot, what it must hold by the events, and whom it concerns. */
interface Expectation extends SlotWord {
  readonly contract: "ledger" | "agencies";
  readonly code: AuditCode;
  readonly what: string;
  readonly names: AuditDivergence["names"];
}

export interface SlotsInput extends ProveSlotsInput {
  /** up to the block of `state` */
  readonly replay: Replay;
  readonly progress: Progress;
}

/** Storage reads in one turn. */
const atOnce = 1000;

/**
 * Whether both journal heads, every root's slot and every status' slot hold what the events say, in that block's state. Of a slot that the node tells
 * otherwise its proof decides: throws what {@link proveSlots} throws.
 */
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

async function firstDifference(input: SlotsInput, turn: readonly Expectation[]) {
  const tag = toQuantity(input.state.block.number);
  const addresses = addressesIn(input.trust);
  const answers = await input.rpc.batch(
    turn.map(({ contract, slot }) => ({ method: "eth_getStorageAt", params: [addresses[contract], slot, tag] })),
  );
  for (const [index, expectation] of turn.entries()) {
    const stored = hexData(resultOf(answers[index], "eth_getStorageAt"), "a storage slot");
    const isAsExpected = BigInt(stored === "0x" ? 0 : stored) === BigInt(expectation.word);
    if (!isAsExpected) return judged(input, expectation, stored);
  }
  return undefined;
}

async function judged(input: SlotsInput, { contract, slot, word, code, what, names }: Expectation, stored: Hex) {
  const [proven = stored] = await proveSlots(input, contract, [slot]);
  if (proven !== word) return divergence(code, what, word, proven, names);
  return notItsState(divergence(code, what, word, stored, names));
}

function* expectations({ replay, keccak }: SlotsInput): Generator<Expectation> {
  const heads = replay.heads();
  const what = "A journal's head is not that of its events";
  for (const contract of ["ledger", "agencies"] as const) {
    const head = { slot: journalSlot, word: heads[contract], what, names: { contract } };
    yield { contract, code: "JOURNAL_HEAD_DIFFERS", ...head };
  }
  const contract = "ledger";
  for (const batch of replay.batches()) {
    const { root, agency, blockNumber } = batch;
    const place = {
      slot: batchSlot(root, keccak),
      word: batchWord(batch),
      names: { root, agency, block: blockNumber },
    };
    yield { contract, code: "BATCH_SLOT_DIFFERS", what: "A batch's slot is not what its event says", ...place };
  }
  for (const [leaf, status] of replay.statuses()) {
    const { digest, agency, blockNumber } = status;
    const names = { leaf, digest, agency, block: blockNumber };
    const place = { slot: statusSlot(leaf, keccak), word: statusWord(status, keccak), names };
    yield { contract, code: "STATUS_SLOT_DIFFERS", what: "A status' slot is not what its event says", ...place };
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
