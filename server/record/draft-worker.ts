import { parentPort, workerData } from "node:worker_threads";

import { HufuError } from "../../core/error.ts";
import { parseJson } from "../../core/json/parse.ts";
import type { Kind } from "../../core/kinds/kind.ts";
import { createKindRegistry } from "../../core/kinds/registry.ts";
import { createKeccak } from "../../core/ledger/keccak.ts";
import type { DraftJob, DraftOutcome, DraftReply, DraftRequest } from "./draft-job.ts";
import { draftRecord, type DraftTools } from "./draft.ts";
import { parsePost } from "./post.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The thread's side of draft-pool.ts: reads posts, answers with drafts, keeps nothing. */
async function serve(): Promise<void> {
  const port = parentPort;
  if (!port) throw new HufuError("INVARIANT", "draft-worker.ts runs as a worker");
  const { kinds } = workerData as { kinds: readonly Kind[] }; // as: draft-pool.ts sends exactly this
  const tools: DraftTools = { kinds: createKindRegistry(kinds), keccak: await createKeccak() };
  port.on("message", ({ id, job }: DraftRequest) => {
    const reply: DraftReply = { id, outcomes: draftAll(job, tools) };
    port.postMessage(reply);
  });
}

function draftAll({ agencies, bytes, ends, seeds }: DraftJob, tools: DraftTools): DraftOutcome[] {
  let start = 0;
  return agencies.map((agency, index) => {
    const body = bytes.subarray(start, (start = ends[index] ?? start));
    try {
      const post = parsePost(parseJson(decode(body)));
      return { draft: draftRecord(post, agency, seeds.subarray(32 * index, 32 * index + 32), tools) };
    } catch (error) {
      if (!(error instanceof HufuError)) return { code: "INVARIANT", message: String(error), faults: [] };
      return { code: error.code, message: error.message, faults: error.faults };
    }
  });
}

function decode(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw new HufuError("MALFORMED_JSON", "What was sent is not UTF-8.", { cause });
  }
}

await serve();
