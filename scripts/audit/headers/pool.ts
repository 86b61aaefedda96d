import { Worker } from "node:worker_threads";
import { HufuError } from "../../../core/error.ts";
import type { Keccak } from "../../../core/ledger/keccak.ts";
import type { Consensus } from "../../../core/proofs/consensus.ts";
import { wasmRecover } from "../../../server/chain/recover.ts";
import { factsOf, type HeaderFacts } from "./facts.ts";
import type { HeaderAnswer, HeaderTask } from "./worker.ts";

/** Looks at raw headers, with as many workers as it was given. */
export interface HeaderPool {
  /** In the order of `raws`. */
  facts(raws: readonly Uint8Array[]): Promise<readonly HeaderFacts[]>;
  close(): Promise<void>;
}

export interface HeaderPoolOptions {
  readonly consensus: Consensus;
  readonly keccak: Keccak;
  /** threads; 0: everything is looked at here */
  readonly workers: number;
}

/** Fewer headers than these are looked at here: a worker takes longer to start. */
const worthAWorker = 64;

interface Member {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve: (facts: readonly HeaderFacts[]) => void; reject: (error: Error) => void }>;
}

/** Starts no worker before the first long list. */
export function createHeaderPool({ consensus, keccak, workers }: HeaderPoolOptions): HeaderPool {
  const tools = { keccak, recover: wasmRecover };
  const members: Member[] = [];
  let lastId = 0;

  function ask(member: Member, raws: readonly Uint8Array[]): Promise<readonly HeaderFacts[]> {
    const task: HeaderTask = { id: ++lastId, raws };
    return new Promise((resolve, reject) => {
      member.waiting.set(task.id, { resolve, reject });
      // While it is at work it may be all that keeps the process from ending.
      member.worker.ref();
      member.worker.postMessage(task);
    });
  }

  return {
    async facts(raws) {
      if (workers === 0 || raws.length < worthAWorker) return raws.map((raw) => factsOf(raw, consensus, tools));
      while (members.length < workers) members.push(startMember(consensus));
      const [first, ...others] = [...members].sort((a, b) => a.waiting.size - b.waiting.size);
      if (first === undefined || others.length >= members.length) throw new HufuError("INVARIANT", "no worker");
      return ask(first, raws);
    },
    async close() {
      await Promise.all(members.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}

function startMember(consensus: Consensus): Member {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: consensus });
  const waiting: Member["waiting"] = new Map();
  worker.on("message", (answer: HeaderAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ("facts" in answer) asked?.resolve(answer.facts);
    else asked?.reject(new HufuError("NODE_ANSWER", `A header cannot be read: ${answer.error}`));
  });
  worker.on("error", (cause) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    for (const { reject } of waiting.values())
      reject(new HufuError("INVARIANT", `a worker broke down: ${why}`, { cause }));
    waiting.clear();
  });
  return { worker, waiting };
}
