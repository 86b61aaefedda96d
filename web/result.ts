import type { RecordView, VerificationAnswer } from "./answers.ts";
import type { Result, StandingLine } from "./state.ts";

/** What the gateway says of a record: its verification, and its public view where it has the record. */
export function resultOfAnswer(
  answer: VerificationAnswer,
  record: RecordView | null,
  matchedFile: Result["matchedFile"] = null,
): Result {
  return {
    verdict: answer.verdict,
    reason: record?.status.decision?.reason ?? null,
    sentence: answer.sentence,
    agency: answer.agency ?? record?.agency ?? null,
    kind: answer.kind ?? record?.kind ?? null,
    documentNumber: answer.documentNumber ?? record?.documentNumber ?? null,
    digest: answer.digest ?? record?.digest ?? null,
    asOf: answer.asOf,
    anchoredAt: record?.anchor?.blockTime ?? null,
    sealed: null,
    checkedBy: "gateway",
    checks: answer.checks,
    standings: record === null ? [] : standingsOf(record),
    content: record?.content ?? null,
    contentHidden: record?.contentHidden ?? null,
    notShown: { byLaw: record?.notShown ?? [], byHolder: [] },
    unknown: answer.unknown,
    files: record?.files ?? [],
    record,
    matchedFile,
    certificate: null,
  };
}

/** The record's own standing; how its successor stands, the gateway tells on the successor's page. */
function standingsOf({ digest, status }: RecordView): readonly StandingLine[] {
  const { effect, since, actor, decision } = status;
  if (decision === null) return [];
  const { reason, decisionDate, decisionDocNo, explanation } = decision;
  const grounds = { reason, decisionDate, decisionDocNo, explanation, decision: decision.digest };
  return [{ digest, effect, since, actor, ...grounds, notShown: [], lacks: null }];
}
