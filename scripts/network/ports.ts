import { createServer } from "node:net";
import { HufuError } from "../../core/error.ts";

/** A free port of the loopback interface that is none of `others`: `wanted` where it is one, 0: any. */
export async function freePort(wanted: number, others: ReadonlySet<number>): Promise<number> {
  for (const candidate of [wanted, ...Array.from({ length: 20 }, () => 0)]) {
    const port = others.has(candidate) ? null : await listenOnce(candidate);
    if (port !== null && !others.has(port)) return port;
  }
  throw new HufuError("CHAIN_FAILED", "This machine has no free port on its loopback interface.");
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
