import { HufuError } from "../../core/error.ts";
import { logTail } from "./geth-process.ts";
import { filesOf } from "./geth-settings.ts";
import { runningIn } from "./running.ts";
import { areLinked, readState, updateValidators, validatorIn, type ValidatorState } from "./state.ts";
import { connect, hangUp, peersOf, waitUntil } from "./validator-rpc.ts";

/** geth calls a peer again 35 seconds after it called it last. */
const LINK_MS = 90_000;
const CUT_MS = 20_000;

/** Makes an island of those named, see `Network.cut`. */
export async function cutOff(folder: string, numbers: readonly number[]): Promise<void> {
  const before = readState(folder);
  const cut = new Set(numbers.map((number) => validatorIn(before, number).number));
  if (cut.size === 0 || cut.size === before.validators.length)
    throw new HufuError(
      "INVALID_REQUEST",
      "Name the validators to cut off from the others: one at least, and not all.",
    );
  const island = Math.max(...before.validators.map((validator) => validator.island)) + 1;
  updateValidators(folder, (validator) => (cut.has(validator.number) ? { island } : {}));
  const pairs = pairsIn(runningIn(folder)).filter(([one, other]) => !areLinked(one, other));
  for (const [one, other] of pairs) {
    await hangUp(one, other);
    await hangUp(other, one);
  }
  await untilPairs(folder, pairs, { connected: false, withinMs: CUT_MS });
}

/** See `Network.heal`. */
export async function heal(folder: string): Promise<void> {
  updateValidators(folder, () => ({ island: 0 }));
  await untilLinked(folder);
}

/** Connects all that run and may talk to each other, and waits until they do. */
export async function untilLinked(folder: string): Promise<void> {
  const pairs = pairsIn(runningIn(folder)).filter(([one, other]) => areLinked(one, other));
  for (const [one, other] of pairs) await connect(one, other);
  await untilPairs(folder, pairs, { connected: true, withinMs: LINK_MS });
}

/** All of `others` forget a validator. */
export async function hangUpAll(others: readonly ValidatorState[], validator: ValidatorState): Promise<void> {
  for (const other of others.filter(({ number }) => number !== validator.number)) await hangUp(other, validator);
}

type Pair = readonly [ValidatorState, ValidatorState];

async function untilPairs(
  folder: string,
  pairs: readonly Pair[],
  { connected, withinMs }: { connected: boolean; withinMs: number },
): Promise<void> {
  for (const [one, other] of pairs) {
    const areConnected = async (): Promise<boolean> => (await peersOf(one, [other])).length > 0;
    await waitUntil(
      async () => (await areConnected()) === connected,
      withinMs,
      () => {
        const state = connected ? "not connected" : "still connected";
        return `Validators ${one.number} and ${other.number} are ${state} after ${withinMs / 1000} s; ${logTail(filesOf(folder, one))}`;
      },
    );
  }
}

function pairsIn(validators: readonly ValidatorState[]): Pair[] {
  return validators.flatMap((one, index) => validators.slice(index + 1).map((other): Pair => [one, other]));
}
