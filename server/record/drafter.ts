import type { Draft } from "./draft.ts";
import { draftOf, type DraftJob, type DraftOutcome } from "./draft-job.ts";
import type { DraftPool } from "./draft-pool.ts";

/** Drafts single posts: those that arrived together go to a thread together, for a message costs as much as some hashes. */
export interface Drafter {
  /** `body`: the post's JSON in UTF-8. Throws MALFORMED_JSON, and what `parsePost` and `draftRecord` throw. */
  draft(agency: string, body: Uint8Array): Promise<Draft>;
}

interface Waiting {
  agency: string;
  body: Uint8Array;
  resolve(draft: Draft): void;
  reject(error: unknown): void;
}

export function createDrafter(pool: DraftPool, random: (bytes: number) => Uint8Array): Drafter {
  let waiting: Waiting[] = [];

  async function sendAll(): Promise<void> {
    const posts = waiting;
    waiting = [];
    try {
      const outcomes = await pool.draft(jobOf(posts, random(32 * posts.length)));
      posts.forEach((post, index) => settle(post, outcomes[index]));
    } catch (error) {
      for (const post of posts) post.reject(error);
    }
  }

  return {
    draft(agency, body) {
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(() => void sendAll());
        waiting.push({ agency, body, resolve, reject });
      });
    },
  };
}

function settle({ resolve, reject }: Waiting, outcome: DraftOutcome | undefined): void {
  try {
    resolve(draftOf(outcome));
  } catch (error) {
    reject(error);
  }
}

function jobOf(posts: readonly Waiting[], seeds: Uint8Array): DraftJob {
  const ends = new Uint32Array(posts.length);
  let length = 0;
  posts.forEach(({ body }, index) => (ends[index] = length += body.length));
  const bytes = new Uint8Array(length);
  posts.forEach(({ body }, index) => bytes.set(body, (ends[index] ?? 0) - body.length));
  return { agencies: posts.map(({ agency }) => agency), bytes, ends, seeds };
}
