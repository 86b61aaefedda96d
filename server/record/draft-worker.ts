import { parentPort, workerData } from "node:worker_threads";

import { HufuError } from "../../core/error.ts";
import { parseJson } from "../../core/json/parse.ts";
import type { Kind } from "../../core/kinds/kind.ts";
import { createKindRegistry } from "../../core/kinds/registry.ts";
import { createKeccak } from "../../core/ledger/keccak.ts";
import type { DraftJob, DraftReply, LineOutcome } from "./draft-job.ts";
import { draftRecord, type DraftTools } from "./draft.ts";
import { parsePost } from "./post.ts";

/** The worker's side of draft-pool.ts: reads lines of posts, answers with drafts, keeps nothing. */
async function serve(): Promise<void> {
  const port = parentPort;
  if (!port) throw new HufuError("INVARIANT", "draft-worker.ts runs as a worker");
  const { kinds } = workerData as { kinds: readonly Kind[] }; // as: draft-pool.ts sends exactly this
  const tools: DraftTools = { kinds: createKindRegistry(kinds), keccak: await createKeccak() };
  port.on("message", (job: DraftJob) => {
    const reply: DraftReply = { id: job.id, outcomes: draftLines(job, tools) };
    port.postMessage(reply);
  });
}

function draftLines({ agency, lines, seeds }: DraftJob, tools: DraftTools): LineOutcome[] {
  return decodeLines(lines).map((line, index) => {
    try {
      if (line === null) throw new HufuError("MALFORMED_JSON", "The line is not UTF-8.");
      return {
        draft: draftRecord(parsePost(parseJson(line)), agency, seeds.subarray(index * 32, index * 32 + 32), tools),
      };
    } catch (error) {
      if (!(error instanceof HufuError)) return { code: "INVARIANT", message: String(error), faults: [] };
      return { code: error.code, message: error.message, faults: error.faults };
    }
  });
}

/** The lines as text; null for one that is not UTF-8. All are decoded at once, and one by one only if that fails. */
function decodeLines(lines: Uint8Array): (string | null)[] {
  const whole = decodeUtf8(lines);
  if (whole !== null) return whole.split("\n");
  const decoded: (string | null)[] = [];
  for (let start = 0; start <= lines.length;) {
    const feed = lines.indexOf(0x0a, start);
    const end = feed < 0 ? lines.length : feed;
    decoded.push(decodeUtf8(lines.subarray(start, end)));
    start = end + 1;
  }
  return decoded;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

await serve();
