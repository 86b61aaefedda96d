import { HufuError } from "../../core/error.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import type { Store } from "../../server/store/open.ts";

/** `failed`: nothing happened. `failed but done`: it happened, and the answer was lost. */
export type Mode = "failed" | "failed but done";
/** `dies`: after the fault nothing of this process works any more. `goes on`: only the one operation failed. */
export type Aftermath = "dies" | "goes on";

export interface FaultSpec {
  /** "write", or a method of JSON-RPC that the request holds */
  readonly operation: string;
  /** which one of its kind, from 1 */
  readonly nth: number;
  readonly mode: Mode;
  readonly aftermath: Aftermath;
}

/** Stands between the anchoring and what it works on, and makes one operation fail. */
export interface Faults {
  arm(spec: FaultSpec): void;
  hasStruck(): boolean;
  readonly rpc: (rpc: Rpc) => Rpc;
  readonly store: (store: Store) => Store;
}

export function createFaults(): Faults {
  let armed: FaultSpec | null = null;
  let seen = 0;
  let struck = false;

  async function through<T>(operations: readonly string[], error: HufuError, work: () => Promise<T>): Promise<T> {
    if (struck && armed?.aftermath === "dies") throw error;
    if (armed === null || struck || !operations.includes(armed.operation)) return work();
    seen += 1;
    if (seen !== armed.nth) return work();
    struck = true;
    if (armed.mode === "failed but done") await work();
    throw error;
  }

  const unreachable = new HufuError("NODE_UNREACHABLE", "The test cut the line.");
  const storeFailed = new HufuError("STORE_FAILED", "The test broke the disk.");
  return {
    arm(spec) {
      armed = spec;
      seen = 0;
      struck = false;
    },
    hasStruck: () => struck,
    rpc: (rpc) => ({
      call: (method, ...params) => through([method], unreachable, () => rpc.call(method, ...params)),
      batch: (calls) =>
        through(
          calls.map(({ method }) => method),
          unreachable,
          () => rpc.batch(calls),
        ),
    }),
    store: (store) => ({
      ...store,
      db: store.db,
      write: (job) => through(["write"], storeFailed, () => store.write(job)),
    }),
  };
}
