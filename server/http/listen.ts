import { createServer, type RequestListener } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

export interface Listening {
  /** the port that was given, or that the system chose for 0 */
  readonly port: number;
  /** Takes no new connection, lets what is under way finish for `ms` at most, then cuts it off. */
  drain(ms: number): Promise<void>;
}

/** Time that a client has for the head of a request, and for all of it: a bulk body may take long, a head may not. */
const HEAD_MS = 15_000;
const REQUEST_MS = 600_000;
/** Longer than any `Prefer: wait`, or a socket would be closed on somebody who waits. */
const IDLE_MS = 120_000;
const SWEEP_MS = 50;

/** Serves `app`. Rejects with the system's error (EADDRINUSE, EACCES, ...) if it cannot listen. */
export async function listen(app: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer({ headersTimeout: HEAD_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: 10_000 }, app);
  server.setTimeout(IDLE_MS);
  server.listen({ host, port, backlog: 1024 });
  await once(server, "listening");
  const address = server.address() as AddressInfo; // as: a TCP server that listens has one
  return {
    port: address.port,
    async drain(ms) {
      const closed = once(server, "close");
      server.close();
      // A connection that is kept alive becomes idle only once its answer is out.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      const timer = setTimeout(() => server.closeAllConnections(), ms);
      await closed;
      clearInterval(sweep);
      clearTimeout(timer);
    },
  };
}
