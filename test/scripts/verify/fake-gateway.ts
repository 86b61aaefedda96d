import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** A gateway as a verifier sees it: one answer for every path. */
export interface FakeGateway {
  readonly url: string;
  /** what it answers; a text goes as it is */
  answer: { readonly status: number; readonly body: unknown };
  /** paths that were asked for */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startFakeGateway(): Promise<FakeGateway> {
  const server = createServer((request, response) => {
    gateway.asked.push(request.url ?? "");
    const { status, body } = gateway.answer;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // as: it listens on a port
  const gateway: FakeGateway = {
    url: `http://127.0.0.1:${port}`,
    answer: { status: 200, body: {} },
    asked: [],
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return gateway;
}
