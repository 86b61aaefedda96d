import { HufuError } from "../../core/error.ts";
import type { Progress } from "../record/progress.ts";
import type { Caller } from "../store/keys.ts";

/** Requests of one key that may be under way at once, and among them bulk streams. */
const REQUESTS_AT_ONCE = 4_096;
const STREAMS_AT_ONCE = 4;

export interface Limits {
  /** Whether writes are taken. Throws STOPPING, or BACKLOG_FULL while too many records wait for their anchor. */
  checkOpen(): void;
  /** Runs `work` as one of the key's requests or streams. Throws TOO_FAST if it has too many. */
  within<T>(caller: Caller, what: "request" | "stream", work: () => Promise<T>): Promise<T>;
}

export interface LimitsDeps {
  backlog: number;
  progress: () => Progress;
  /** true from SIGTERM on */
  stopping: () => boolean;
}

/** Keeps one agency from taking the gateway's memory, and all of them from running ahead of the chain. */
export function createLimits({ backlog, progress, stopping }: LimitsDeps): Limits {
  const underWay = new Map<string, number>();
  return {
    checkOpen() {
      if (stopping())
        throw new HufuError("STOPPING", "The gateway is stopping: send this again to the one that follows.");
      if (progress().backlog < backlog) return;
      throw new HufuError(
        "BACKLOG_FULL",
        `${backlog} records wait for their anchor, no more are taken: try again later.`,
      );
    },
    async within(caller, what, work) {
      const name = `${what} ${caller.keyId}`;
      const count = underWay.get(name) ?? 0;
      const most = what === "stream" ? STREAMS_AT_ONCE : REQUESTS_AT_ONCE;
      if (count >= most)
        throw new HufuError("TOO_FAST", `This key has ${most} ${what}s under way: wait for one to end.`);
      underWay.set(name, count + 1);
      try {
        return await work();
      } finally {
        const left = (underWay.get(name) ?? 1) - 1;
        if (left > 0) underWay.set(name, left);
        else underWay.delete(name);
      }
    },
  };
}
