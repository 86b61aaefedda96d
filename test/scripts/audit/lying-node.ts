import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createRpc, type Rpc } from "../../../server/chain/rpc.ts";

export interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** A proxy before a real node, which lies or fails in the way that a test chooses. It begins honest. */
export interface LyingNode {
  readonly url: string;
  readonly rpc: Rpc;
  /** every result goes through it before anybody sees it */
  lie: (call: Call, result: unknown) => unknown;
  /** answers a whole request in its own way; true: it did */
  fail: (response: ServerResponse, calls: readonly Call[]) => boolean;
  /** requests that came */
  readonly requests: number;
  honest(): void;
  close(): Promise<void>;
}

const honest = {
  lie: (_call: Call, result: unknown) => result,
  fail: () => false,
};

/** `timeoutMs`: how long its `rpc` waits for it. */
export async function startLyingNode(upstream: string, timeoutMs = 20_000): Promise<LyingNode> {
  async function answer(calls: readonly Call[]): Promise<object[]> {
    const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(calls) };
    const answers = (await (await fetch(upstream, request)).json()) as { id: number; result?: unknown }[]; // as: a node's
    return answers.map((one) => {
      const call = calls.find(({ id }) => id === one.id)!;
      return "result" in one ? { ...one, result: node.lie(call, one.result) } : one;
    });
  }
  const server = createServer((request, response) => {
    void (async () => {
      const calls = JSON.parse(await text(request)) as Call[]; // as: createRpc sends lists
      state.requests++;
      if (node.fail(response, calls)) return;
      response.setHeader("content-type", "application/json").end(JSON.stringify(await answer(calls)));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: it listens on a port
  const state = { ...honest, requests: 0, url, rpc: createRpc({ url: () => url, timeoutMs }) };
  const node: LyingNode = Object.assign(state, {
    honest: () => void Object.assign(node, honest),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  return node;
}

/** Half of an answer, whose length says that there is more. */
export function sendHalf(response: ServerResponse): true {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('[{"jsonrpc":"2.0","id":1,"result":"0x');
  setTimeout(() => response.destroy(), 5);
  return true;
}

export function sendStatus(response: ServerResponse, status: number, retryAfter?: string): true {
  response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end("no");
  return true;
}
