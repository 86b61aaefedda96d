import type { Kysely } from "kysely";

import { bytesToHex } from "../../core/bytes.ts";
import { HufuError, type ErrorCode } from "../../core/error.ts";
import type { Warning } from "../../core/record/warnings.ts";
import { prepareAccessLog } from "../store/access.ts";
import type { Caller } from "../store/keys.ts";
import type { Store } from "../store/open.ts";
import { insertFiles, prepareInsert, type NewRecord } from "../store/records.ts";
import type { RunCompiled } from "../store/sqlite.ts";
import type { Tables } from "../store/tables.ts";
import { supersede } from "./amendment.ts";
import { decideStatus, STATUS_DECISION } from "./decision.ts";
import { draftRecord, type Draft, type DraftTools } from "./draft.ts";
import { findOriginal } from "./original.ts";
import type { Post } from "./post.ts";

/** What an agency is told of its record. */
export interface Accepted {
  digest: string;
  recordId: string;
  kind: string;
  agency: string;
  /** false: the same content had been accepted before, and this is the first answer again */
  created: boolean;
  /** milliseconds */
  acceptedAt: number;
  /** law guards that the record breaks: written down, never a refusal */
  warnings: readonly Warning[];
}

export interface AcceptDeps {
  store: Store;
  tools: DraftTools;
  /** milliseconds */
  clock: () => number;
  random: (bytes: number) => Uint8Array;
}

export interface Acceptor {
  /**
   * Notarises a post for the caller's agency; resolves when it is durable. Throws INVALID_RECORD, UNKNOWN_KIND, SCOPE_MISSING,
   * KIND_NOT_ALLOWED, and what `supersede`, `decideStatus` and `findOriginal` throw.
   */
  accept(caller: Caller, post: Post): Promise<Accepted>;
  /** The second half of `accept`, for a draft that a worker made. */
  acceptDraft(caller: Caller, draft: Draft): Promise<Accepted>;
}

export function createAcceptor({ store, tools, clock, random }: AcceptDeps): Acceptor {
  const insertRecord = prepareInsert(store.db);
  const logAccess = prepareAccessLog(store.db);

  /** The insert comes first: a repeated post must meet its own record before the rules that this record has made it break. */
  async function storeDraft(tx: Kysely<Tables>, run: RunCompiled, caller: Caller, draft: Draft): Promise<Accepted> {
    const at = clock();
    const created = insertRecord(run, rowOf(draft, at));
    if (!created) {
      const original = await findOriginal(tx, draft, tools.kinds);
      logAccess(run, accessRow(caller, at, original.digest, "repeated"));
      return answer(draft, original.digest, original.accepted_at, false);
    }
    if (draft.publicFiles.length > 0) await insertFiles(tx, fileRows(draft));
    if (draft.amends.length > 0) await supersede(tx, draft, at);
    if (draft.kindName === STATUS_DECISION) await decideStatus(tx, draft, caller, at);
    logAccess(run, accessRow(caller, at, draft.digest, "created"));
    return answer(draft, draft.digest, at, true);
  }

  /** Also what the caller's rights or the record's life forbade is written down. */
  async function acceptDraft(caller: Caller, draft: Draft): Promise<Accepted> {
    try {
      checkRights(caller, draft);
      return await store.write((tx, run) => storeDraft(tx, run, caller, draft));
    } catch (error) {
      if (error instanceof HufuError && refusals.has(error.code)) {
        await store.write((_tx, run) => {
          logAccess(run, accessRow(caller, clock(), null, error.code));
          return Promise.resolve();
        });
      }
      throw error;
    }
  }

  return {
    accept: async (caller, post) => acceptDraft(caller, draftRecord(post, caller.agency, random(32), tools)),
    acceptDraft,
  };
}

const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "SCOPE_MISSING",
  "KIND_NOT_ALLOWED",
  "EFFECT_NOT_ALLOWED",
  "RECORD_CONFLICT",
  "ALREADY_AMENDED",
  "STATUS_TERMINAL",
  "RECORD_ERASED",
]);

function checkRights(caller: Caller, draft: Draft): void {
  const scope = draft.kindName === STATUS_DECISION ? "status:write" : "records:write";
  if (!caller.scopes.has(scope)) throw new HufuError("SCOPE_MISSING", `This key lacks the scope ${scope}.`);
  if ((caller.kinds & (1 << draft.kind)) === 0)
    throw new HufuError("KIND_NOT_ALLOWED", `${caller.agency} may not write records of kind ${draft.kindName}.`);
}

function rowOf(draft: Draft, acceptedAt: number): NewRecord {
  return {
    digest: draft.digest,
    leaf: draft.leaf,
    agency: draft.agency,
    kind: draft.kind,
    record_id: draft.recordId,
    schema_version: draft.schemaVersion,
    algorithm: draft.algorithm,
    amends: draft.amends,
    document_number: draft.documentNumber,
    content: draft.content,
    files: draft.files,
    seed: draft.seed,
    accepted_at: acceptedAt,
  };
}

function fileRows({ digest, publicFiles }: Draft) {
  return publicFiles.map((file) => ({
    sha256: Buffer.from(file.sha256, "hex"),
    digest,
    is_public: file.isPublic ? 1 : 0,
  }));
}

function accessRow(caller: Caller, at: number, digest: Uint8Array | null, outcome: string) {
  return { at, agency: caller.agency, key_id: caller.keyId, action: "record.write", digest, outcome };
}

function answer(draft: Draft, digest: Uint8Array, acceptedAt: number, created: boolean): Accepted {
  const { recordId, kindName: kind, agency, warnings } = draft;
  return { digest: bytesToHex(digest), recordId, kind, agency, created, acceptedAt, warnings };
}
