import { HufuError } from "../../core/error.ts";
import { majorityOf } from "../../core/proofs/vote.ts";
import { provideGeth } from "./geth-binary.ts";
import { hangUpAll } from "./links.ts";
import type { NetworkContext } from "./context.ts";
import { endValidator, startValidators } from "./processes.ts";
import { runningIn } from "./running.ts";
import { readState, writeState, type ValidatorState } from "./state.ts";
import { rpcOf, signersAt, waitUntil } from "./validator-rpc.ts";

const VOTE_MS = 90_000;

interface Electorate {
  /** those of the mainland that run: who is cut off hears of no vote */
  readonly running: readonly ValidatorState[];
  /** those of them that may sign, and so vote */
  readonly voters: readonly ValidatorState[];
  readonly signers: readonly string[];
}

/** See `Network.add`. `join` makes the folder of the newcomer. */
export async function addValidator(
  context: NetworkContext,
  join: (number: number, binary: string) => ValidatorState,
): Promise<number> {
  const { folder, say } = context;
  await electorateOf(folder);
  const binary = await provideGeth(say);
  const { nextNumber: number } = readState(folder);
  const joined = join(number, binary);
  const state = readState(folder);
  writeState(folder, { ...state, nextNumber: number + 1, validators: [...state.validators, joined] });
  await startValidators(context, [joined]);
  say(`validator ${number} runs; the others vote on it`);
  await vote(folder, joined, true);
  return number;
}

/** See `Network.remove`. One that never got its votes is only ended and forgotten. */
export async function removeValidator({ folder, say }: NetworkContext, validator: ValidatorState): Promise<void> {
  const { signers } = await electorateOf(folder);
  if (signers.includes(validator.address)) {
    if (signers.length === 1) throw new HufuError("INVALID_REQUEST", "It is the only validator that there is.");
    say(`the validators vote on validator ${validator.number}`);
    await vote(folder, validator, false);
  }
  await endValidator(folder, validator, "SIGTERM");
  await hangUpAll(runningIn(folder), validator);
  const state = readState(folder);
  const validators = state.validators.filter(({ number }) => number !== validator.number);
  writeState(folder, { ...state, validators });
}

/** Throws CHAIN_FAILED where too few run to come to a majority. */
async function electorateOf(folder: string): Promise<Electorate> {
  const running = runningIn(folder).filter(({ island }) => island === 0);
  const [first] = running;
  if (first === undefined) throw new HufuError("CHAIN_FAILED", "No validator runs: start the network first.");
  const signers = await signersAt(first);
  const voters = running.filter(({ address }) => signers.includes(address));
  const needed = majorityOf(signers.length);
  if (voters.length >= needed) return { running, voters, signers };
  throw new HufuError(
    "CHAIN_FAILED",
    `${voters.length} of ${signers.length} validators run and are connected; ${needed} have to vote.`,
  );
}

/**
 * All that can vote do, each in the next block that it signs, and the others' votes count no more once a majority has come about. A validator that
 * kept its wish would vote again whenever somebody else decides otherwise, so all forget it at the end.
 */
async function vote(folder: string, subject: ValidatorState, isIn: boolean): Promise<void> {
  const electorate = await electorateOf(folder);
  const { address } = subject;
  const forget = electorate.voters.map((voter) => () => rpcOf(voter).call("clique_discard", address));
  await withEnding(() => decide(electorate, subject, isIn), forget);
}

async function decide(
  { running, voters }: Electorate,
  { address, number }: ValidatorState,
  isIn: boolean,
): Promise<void> {
  for (const voter of voters) await rpcOf(voter).call("clique_propose", address, isIn);
  for (const validator of running) {
    await waitUntil(
      async () => (await signersAt(validator)).includes(address) === isIn,
      VOTE_MS,
      () =>
        `After ${VOTE_MS / 1000} s, validator ${number} is ${isIn ? "not yet" : "still"} a signer for validator ${validator.number}.`,
    );
  }
}

/** Does all of `endings` at once after `work`, whatever became of it and becomes of the others. What `work` throws goes before what they throw. */
export async function withEnding(
  work: () => Promise<void>,
  endings: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const [done] = await Promise.allSettled([work()]);
  const ended = await Promise.allSettled(endings.map((end) => end()));
  const failed = [done, ...ended].find((each) => each.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
