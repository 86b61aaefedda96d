import { HufuError } from "../../core/error.ts";
import { logTail } from "./geth-process.ts";
import { filesOf } from "./geth-settings.ts";
import { runningIn } from "./running.ts";
import { areLinked, readState, updateValidators, validatorIn, type ValidatorState } from "./state.ts";
import { callPeer, hangUp, peersOf, waitUntil } from "./validator-rpc.ts";

/** geth calls a peer again 35 seconds after it called it last. */
const LINK_MS = 90_000;
const CALL_MS = 2_000;
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
  const running = runningIn(folder);
  const { validators } = readState(folder);
  // Whom nobody hears of now, since it does not run, would otherwise be called as soon as it is back.
  for (const one of running)
    await hangUpOn(
      one,
      validators.filter((other) => other.island !== one.island),
    );
  for (const pair of pairsIn(running).filter(([one, other]) => !areLinked(one, other))) await untilHungUp(folder, pair);
}

async function hangUpOn(one: ValidatorState, others: readonly ValidatorState[]): Promise<void> {
  for (const other of others) await hangUp(one, other);
}

/** A call that was under way when both hung up goes through all the same, so they hang up until nobody is there. */
async function untilHungUp(folder: string, [one, other]: Pair): Promise<void> {
  await waitUntil(
    async () => {
      await hangUp(one, other);
      await hangUp(other, one);
      return !(await areConnected(one, other));
    },
    CUT_MS,
    () => sayPair(folder, [one, other], `still connected after ${CUT_MS / 1000} s`),
  );
}

/**
 * Connects all that run and may talk to each other, and waits until they do. The later of two calls, and the earlier only where that does not
 * help: whoever has called once may not do so again for half a minute, and then the other still can.
 */
export async function untilLinked(folder: string): Promise<void> {
  const pairs = pairsIn(runningIn(folder)).filter(([one, other]) => areLinked(one, other));
  await Promise.all(pairs.map((pair) => untilConnected(folder, pair)));
}

/** Two validators hang up and call each other again, upon which the one with the lighter branch looks at the other's. */
export async function reconnect(folder: string, one: ValidatorState, other: ValidatorState): Promise<void> {
  const pair: Pair = one.number < other.number ? [one, other] : [other, one];
  await untilHungUp(folder, pair);
  await untilConnected(folder, pair);
}

async function untilConnected(folder: string, [earlier, later]: Pair): Promise<void> {
  await callPeer(later, earlier);
  const begun = performance.now();
  let hasCalled = false;
  await waitUntil(
    async () => {
      if (await areConnected(earlier, later)) return true;
      if (!hasCalled && performance.now() - begun > CALL_MS) {
        hasCalled = true;
        await callPeer(earlier, later);
      }
      return false;
    },
    LINK_MS,
    () => sayPair(folder, [earlier, later], `not connected after ${LINK_MS / 1000} s`),
  );
}

/** All of `others` forget a validator. */
export async function hangUpAll(others: readonly ValidatorState[], validator: ValidatorState): Promise<void> {
  for (const other of others.filter(({ number }) => number !== validator.number)) await hangUp(other, validator);
}

type Pair = readonly [ValidatorState, ValidatorState];

async function areConnected(one: ValidatorState, other: ValidatorState): Promise<boolean> {
  return (await peersOf(one, [other])).length > 0;
}

function sayPair(folder: string, [one, other]: Pair, what: string): string {
  return `Validators ${one.number} and ${other.number} are ${what}; ${logTail(filesOf(folder, one))}`;
}

/** The earlier of two first. */
function pairsIn(validators: readonly ValidatorState[]): Pair[] {
  return validators.flatMap((one, index) => validators.slice(index + 1).map((other): Pair => [one, other]));
}
