import type { Caller } from "../store/keys.ts";
import type { Accepted, Acceptor } from "./accept.ts";
import { draftOf, type DraftJob } from "./draft-job.ts";
import type { DraftPool } from "./draft-pool.ts";

/** Accepts single posts, drafted in a thread. */
export interface SingleAcceptor {
  /** `body`: a post's JSON in UTF-8. Throws MALFORMED_JSON, and what `Acceptor.accept` and `parsePost` throw. */
  accept(caller: Caller, body: Uint8Array): Promise<Accepted>;
}

interface Waiting {
  caller: Caller;
  body: Uint8Array;
  resolve(accepted: Accepted): void;
  reject(error: unknown): void;
}

export interface SingleDeps {
  pool: DraftPool;
  acceptor: Acceptor;
  random: (bytes: number) => Uint8Array;
}

/**
 * Posts that arrive together go to a thread together and are committed together; those that arrive meanwhile make the next group. Nobody waits
 * for a clock: a post that comes alone goes alone. The fuller the groups, the fewer messages and commits for each post.
 */
export function createSingleAcceptor({ pool, acceptor, random }: SingleDeps): SingleAcceptor {
  let waiting: Waiting[] = [];
  let isBusy = false;

  async function settleTogether(posts: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await pool.draft(jobOf(posts, random(32 * posts.length)));
      await Promise.all(
        posts.map(async ({ caller, resolve, reject }, index) => {
          try {
            resolve(await acceptor.acceptDraft(caller, draftOf(outcomes[index])));
          } catch (error) {
            reject(error);
          }
        }),
      );
    } catch (error) {
      for (const { reject } of posts) reject(error);
    }
  }

  async function settleAll(): Promise<void> {
    while (waiting.length > 0) {
      const posts = waiting;
      waiting = [];
      await settleTogether(posts);
    }
    isBusy = false;
  }

  return {
    accept(caller, body) {
      return new Promise((resolve, reject) => {
        waiting.push({ caller, body, resolve, reject });
        if (isBusy) return;
        isBusy = true;
        setImmediate(() => void settleAll());
      });
    },
  };
}

function jobOf(posts: readonly Waiting[], seeds: Uint8Array): DraftJob {
  const ends = new Uint32Array(posts.length);
  let length = 0;
  posts.forEach(({ body }, index) => (ends[index] = length += body.length));
  const bytes = new Uint8Array(length);
  posts.forEach(({ body }, index) => bytes.set(body, (ends[index] ?? 0) - body.length));
  return { agencies: posts.map(({ caller }) => caller.agency), bytes, ends, seeds };
}
