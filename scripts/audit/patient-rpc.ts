import { setTimeout as sleep } from "node:timers/promises";
import { HufuError } from "../../core/error.ts";
import type { Rpc } from "../../server/chain/rpc.ts";

/** Milliseconds before the second, third ... attempt. An audit reads alone: whatever it asks may be asked again. */
const pauses = [250, 1000, 4000];

/** A node that is asked again while it gives no answer; after the last attempt it throws NODE_UNREACHABLE. */
export function createPatientRpc(rpc: Rpc): Rpc {
  async function again<T>(attempt: () => Promise<T>): Promise<T> {
    for (const pause of pauses) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof HufuError) || error.code !== "NODE_UNREACHABLE") throw error;
        await sleep(pause);
      }
    }
    return attempt();
  }
  return {
    call: (method, ...params) => again(() => rpc.call(method, ...params)),
    batch: (calls) => again(() => rpc.batch(calls)),
  };
}
