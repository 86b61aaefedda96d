import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import type { Rpc, RpcCall } from "../../../server/chain/rpc.ts";

/** A test's node on a port of its own, as JSON-RPC over HTTP. */
export interface ServedNode {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** `port`: 0 for any. */
export async function serveNode(rpc: Rpc, port = 0): Promise<ServedNode> {
  const server = createServer((request, response) => {
    void (async () => {
      const calls = JSON.parse(await text(request)) as (RpcCall & { id: number })[];
      const answers = await rpc.batch(calls);
      const body = calls.map(({ id }, index) => {
        const answer = answers[index]!;
        return { jsonrpc: "2.0", id, ...(answer.ok ? { result: answer.result } : { error: answer.error }) };
      });
      response.setHeader("content-type", "application/json").end(JSON.stringify(body));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${own}`,
    port: own,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
