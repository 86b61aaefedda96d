import { Worker } from "node:worker_threads";

import { HufuError } from "../../core/error.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import type { DraftJob, DraftOutcome, DraftReply, DraftRequest } from "./draft-job.ts";

/** Threads that read and hash posts, which is most of the work: the main thread keeps the connections and the store. */
export interface DraftPool {
  /** How many jobs it makes sense for one caller to have under way: one for each thread, and one that is stored meanwhile. */
  readonly width: number;
  /** Drafts some posts; takes the job's bytes away from the caller. Rejects with INVARIANT if the thread died. */
  draft(job: DraftJob): Promise<readonly DraftOutcome[]>;
  close(): Promise<void>;
}

interface Thread {
  worker: Worker;
  jobs: Map<number, { resolve(outcomes: readonly DraftOutcome[]): void; reject(error: HufuError): void }>;
}

/** Starts a thread only when a job finds all others busy. */
export function createDraftPool(kinds: KindRegistry, size: number): DraftPool {
  const threads: Thread[] = [];
  let lastId = 0;

  function start(): Thread {
    const worker = new Worker(new URL("./draft-worker.ts", import.meta.url), { workerData: { kinds: kinds.all() } });
    const thread: Thread = { worker, jobs: new Map() };
    worker.unref();
    worker.on("message", (reply: DraftReply) => {
      thread.jobs.get(reply.id)?.resolve(reply.outcomes);
      thread.jobs.delete(reply.id);
    });
    worker.on("error", (cause) => bury(thread, cause));
    worker.on("exit", () => bury(thread, undefined));
    threads.push(thread);
    return thread;
  }

  /** A dead thread's jobs fail, and the next job finds a new one. */
  function bury(thread: Thread, cause: unknown): void {
    const index = threads.indexOf(thread);
    if (index >= 0) threads.splice(index, 1);
    const error = new HufuError("INVARIANT", "A thread that drafts records has died.", { cause });
    for (const job of thread.jobs.values()) job.reject(error);
    thread.jobs.clear();
  }

  function leastBusy(): Thread {
    const idle = threads.find(({ jobs }) => jobs.size === 0);
    if (idle) return idle;
    if (threads.length < size) return start();
    return threads.reduce((best, thread) => (thread.jobs.size < best.jobs.size ? thread : best));
  }

  return {
    width: size + 1,
    draft(job) {
      const { worker, jobs } = leastBusy();
      const request: DraftRequest = { id: ++lastId, job };
      return new Promise((resolve, reject) => {
        jobs.set(request.id, { resolve, reject });
        worker.postMessage(request, [job.bytes.buffer as ArrayBuffer]); // as: the caller's own, not shared memory
      });
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
