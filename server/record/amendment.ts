import type { Kysely } from "kysely";

import { bytesToHex } from "../../core/bytes.ts";
import { faultsError, HufuError } from "../../core/error.ts";
import { isTerminal } from "../../core/ledger/effect.ts";
import { findByDigest, type RecordRow } from "../store/records.ts";
import { findStanding, orderStatus } from "../store/standing.ts";
import type { Tables } from "../store/tables.ts";
import type { Draft } from "./draft.ts";
import { contentOf } from "./stored.ts";

/**
 * Orders, in the commit that holds the amendment `draft`, that the version it amends is superseded. That it is the newest one
 * the store's unique key has settled. Throws PREDECESSOR_UNKNOWN, PREDECESSOR_MISMATCH, STATUS_TERMINAL or INVALID_RECORD.
 */
export async function supersede(tx: Kysely<Tables>, draft: Draft, now: number): Promise<void> {
  const digest = bytesToHex(draft.amends);
  const predecessor = await findByDigest(tx, draft.amends);
  if (!predecessor)
    throw new HufuError("PREDECESSOR_UNKNOWN", `This gateway has no record ${digest} that could be amended.`);
  if (!samePlace(predecessor, draft))
    throw new HufuError(
      "PREDECESSOR_MISMATCH",
      `Record ${digest} has another agency, kind or record id: only these are amended by it.`,
    );
  const { foreseen } = await findStanding(tx, predecessor);
  if (isTerminal(foreseen))
    throw new HufuError("STATUS_TERMINAL", `Record ${digest} is ${foreseen}: it cannot be amended any more.`);
  checkAgreementVersion(predecessor, draft);
  await orderStatus(tx, {
    actor: draft.agency,
    target: predecessor.digest,
    effect: "SUPERSEDED",
    basis: draft.digest,
    createdAt: now,
  });
}

function samePlace(row: RecordRow, draft: Draft): boolean {
  return row.agency === draft.agency && row.kind === draft.kind && row.record_id === draft.recordId;
}

/** A land agreement's version counts its amendments; of an erased predecessor nobody knows the version any more. */
function checkAgreementVersion(predecessor: RecordRow, draft: Draft): void {
  if (draft.kindName !== "land-agreement") return;
  const before = contentOf(predecessor)?.["version"];
  const now = contentOf(draft)?.["version"];
  if (typeof before !== "number" || now === before + 1) return;
  throw faultsError("INVALID_RECORD", [
    {
      code: "VERSION_NOT_NEXT",
      pointer: "/content/version",
      message: `must be ${String(before + 1)}, one more than the version that it amends`,
      params: { expected: before + 1 },
    },
  ]);
}
