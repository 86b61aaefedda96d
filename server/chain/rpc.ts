import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a node says when it will not do a call. `data` is what the contract reverted with. */
export interface RpcFailure {
  readonly code: number;
  readonly message: string;
  readonly data: Hex | null;
}

export type RpcAnswer =
  { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: RpcFailure };

/**
 * A node's JSON-RPC. An answer that does not come is NODE_UNREACHABLE: the call may have been done all the same, so whoever
 * writes asks the chain before it writes again.
 */
export interface Rpc {
  /** Throws NODE_REFUSED, whose cause is the {@link RpcFailure}, or NODE_UNREACHABLE. */
  call(method: string, ...params: readonly unknown[]): Promise<unknown>;
  /** One answer for each call, in their order; throws NODE_UNREACHABLE. */
  batch(calls: readonly RpcCall[]): Promise<RpcAnswer[]>;
}

/** What one request may hold: nodes bound both (anvil 2 MB, Besu 1,024 calls). */
const MAX_REQUEST_CHARACTERS = 1_500_000;
const MAX_REQUEST_CALLS = 200;

/** Speaks JSON-RPC over HTTP. `url` is asked for each request: a restarted development chain may have moved. */
export function createRpc(options: { url: () => string; timeoutMs: number }): Rpc {
  let lastId = 0;

  async function post(bodies: readonly string[], firstId: number): Promise<RpcAnswer[]> {
    const value = await exchange(options.url(), `[${bodies.join(",")}]`, options.timeoutMs);
    if (!Array.isArray(value)) throw unreachable("its answer to a list of calls is no list");
    const answers = new Map(value.map((item: unknown) => answerOf(item)));
    return bodies.map((_, index) => answers.get(firstId + index) ?? missingAnswer);
  }

  async function batch(calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
    const answers: RpcAnswer[] = [];
    let bodies: string[] = [];
    let characters = 0;
    const flush = async (): Promise<void> => {
      if (bodies.length > 0) answers.push(...(await post(bodies, lastId - bodies.length + 1)));
      bodies = [];
      characters = 0;
    };
    for (const { method, params } of calls) {
      const body = JSON.stringify({ jsonrpc: "2.0", id: lastId + 1, method, params });
      if (bodies.length === MAX_REQUEST_CALLS || characters + body.length > MAX_REQUEST_CHARACTERS) await flush();
      lastId += 1;
      bodies.push(body);
      characters += body.length;
    }
    await flush();
    return answers;
  }

  return {
    batch,
    async call(method, ...params) {
      const [answer = missingAnswer] = await batch([{ method, params }]);
      return resultOf(answer, method);
    },
  };
}

/** The code that this client gives a call which the node left out: it may have been done all the same. */
export const NO_ANSWER = -1;

const missingAnswer: RpcAnswer = {
  ok: false,
  error: { code: NO_ANSWER, message: "no answer came for this call", data: null },
};

/** The result of a call that had to succeed. Throws NODE_REFUSED. */
export function resultOf(answer: RpcAnswer | undefined, method: string): unknown {
  if (answer?.ok === true) return answer.result;
  const failure = answer?.error ?? { code: NO_ANSWER, message: "no answer came for this call", data: null };
  throw new HufuError("NODE_REFUSED", `The node refused ${method}: ${failure.message}`, { cause: failure });
}

async function exchange(url: string, body: string, timeoutMs: number): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal,
    });
    const text = await response.text();
    if (!response.ok && !text.startsWith("[")) throw refusalOf(response);
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw unreachable(reasonOf(cause), cause);
  }
}

/** What fetch says is only that it failed; why, its cause says. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error.cause instanceof Error) || error.cause.message === "") return error.message;
  return `${error.message}, ${error.cause.message}`;
}

/** The cause of a NODE_UNREACHABLE whose node answered with a status that is no success; `retryAfter` as its header has it. */
export interface HttpRefusal {
  readonly status: number;
  readonly retryAfter: string | null;
}

function refusalOf({ status, headers }: Response): Error & HttpRefusal {
  return Object.assign(new Error(`HTTP status ${status}`), { status, retryAfter: headers.get("retry-after") });
}

function unreachable(why: string, cause?: unknown): HufuError {
  return new HufuError("NODE_UNREACHABLE", `The chain's node does not answer: ${why}.`, { cause });
}

/** A node is not trusted to write well-formed answers. */
function answerOf(item: unknown): [id: number, answer: RpcAnswer] {
  if (typeof item !== "object" || item === null || !("id" in item) || typeof item.id !== "number")
    return [-1, missingAnswer];
  if (!("error" in item) || item.error === null || item.error === undefined) {
    return [item.id, { ok: true, result: "result" in item ? item.result : null }];
  }
  return [item.id, { ok: false, error: failureOf(item.error) }];
}

function failureOf(error: unknown): RpcFailure {
  if (typeof error !== "object" || error === null) return { code: -32603, message: String(error), data: null };
  const code = "code" in error && typeof error.code === "number" ? error.code : -32603;
  const message = "message" in error && typeof error.message === "string" ? error.message : "no reason given";
  return { code, message, data: "data" in error ? revertData(error.data) : null };
}

/** Nodes put the revert data into `data`, or one level deeper. */
function revertData(data: unknown): Hex | null {
  if (typeof data === "string") {
    const hex = /0x(?:[0-9a-f]{2})*$/i.exec(data)?.[0];
    return hex === undefined ? null : toHex(hex);
  }
  return typeof data === "object" && data !== null && "data" in data ? revertData(data.data) : null;
}

/** Lower case, as everywhere in this program. */
function toHex(text: string): Hex {
  return `0x${text.slice(2).toLowerCase()}`;
}
