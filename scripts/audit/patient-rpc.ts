import { setTimeout as sleepFor } from "node:timers/promises";
import { HufuError } from "../../core/error.ts";
import { NO_ANSWER, type Rpc } from "../../server/chain/rpc.ts";
import { faultCodeOf, auditFault } from "./fault.ts";

export interface Patience {
  /** milliseconds before the second, third ... attempt where the node gives no answer, or half of one */
  readonly pauses: readonly number[];
  /** how often a node that says "too fast" or "busy" is asked again, as late as it says */
  readonly turns: number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** hears of every longer wait, in a sentence */
  readonly tell: (sentence: string) => void;
}

const longestWait = 60_000;
const worthTelling = 2_000;

export const ordinaryPatience: Patience = {
  pauses: [250, 1000, 4000],
  turns: 30,
  sleep: sleepFor,
  tell: () => undefined,
};

/**
 * A node that is asked again while it gives no answer: an audit reads alone, so whatever it asks may be asked again. After the last attempt
 * it throws what was wrong by name: NODE_TOO_FAST, NODE_BUSY, NODE_SLOW, NODE_TRUNCATED, or NODE_UNREACHABLE for the rest. While the node asks
 * for a pause, nothing else is sent to it either.
 */
export function createPatientRpc(rpc: Rpc, patience: Partial<Patience> = {}): Rpc {
  const { pauses, turns, sleep, tell } = { ...ordinaryPatience, ...patience };
  let gate: Promise<unknown> = Promise.resolve();

  async function again<T>(attempt: () => Promise<T>): Promise<T> {
    let [failed, refused] = [0, 0];
    for (;;) {
      await gate;
      try {
        return await attempt();
      } catch (error) {
        const fault = namedFault(error);
        const { cause, code } = fault;
        const hasToWait = code === "NODE_TOO_FAST" || code === "NODE_BUSY";
        const pause = hasToWait ? (refused++ < turns ? waitOf(cause, refused) : undefined) : pauses[failed++];
        if (pause === undefined) throw fault.error;
        if (pause >= worthTelling) tell(`${fault.error.message} It is asked again in ${Math.ceil(pause / 1000)} s.`);
        if (hasToWait) gate = sleep(pause);
        else await sleep(pause);
      }
    }
  }

  return {
    call: (method, ...params) => again(() => rpc.call(method, ...params)),
    batch: (calls) =>
      again(async () => {
        const answers = await rpc.batch(calls);
        const missing = answers.filter((answer) => !answer.ok && answer.error.code === NO_ANSWER).length;
        if (missing === 0) return answers;
        throw auditFault("NODE_TRUNCATED", `The node left out ${missing} of ${answers.length} answers.`);
      }),
  };
}

interface NamedFault {
  readonly code: string;
  readonly error: HufuError;
  readonly cause: unknown;
}

/** What was wrong, by name. Throws what no second attempt can mend. */
function namedFault(error: unknown): NamedFault {
  if (!(error instanceof HufuError) || error.code !== "NODE_UNREACHABLE") throw error;
  const { cause } = error;
  const status = typeof cause === "object" && cause !== null && "status" in cause ? cause.status : undefined;
  const named = (fault: HufuError): NamedFault => ({ code: faultCodeOf(fault), error: fault, cause });
  if (status === 429) {
    return named(auditFault("NODE_TOO_FAST", "The node answers that it is asked too fast (HTTP status 429).", cause));
  }
  if (status === 502 || status === 503 || status === 504) {
    return named(auditFault("NODE_BUSY", `The node answers that it is busy (HTTP status ${status}).`, cause));
  }
  if (isNamed(cause, "TimeoutError")) {
    return named(auditFault("NODE_SLOW", "The node is too slow: no whole answer came in time.", cause));
  }
  if (isNamed(cause, "SyntaxError") || (cause instanceof TypeError && cause.message === "terminated")) {
    return named(auditFault("NODE_TRUNCATED", "The node's answer ends in its middle.", cause));
  }
  return named(error);
}

function isNamed(cause: unknown, name: string): boolean {
  return cause instanceof Error && cause.name === name;
}

/** Milliseconds: what Retry-After says, in seconds or as a date, and else twice as long each time. */
function waitOf(cause: unknown, turn: number): number {
  const said = typeof cause === "object" && cause !== null && "retryAfter" in cause ? cause.retryAfter : null;
  const ordinary = 1000 * 2 ** Math.min(turn - 1, 6);
  if (typeof said !== "string") return Math.min(longestWait, ordinary);
  const seconds = /^\d{1,6}$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return Number.isFinite(seconds)
    ? Math.min(longestWait, Math.max(0, 1000 * seconds))
    : Math.min(longestWait, ordinary);
}
