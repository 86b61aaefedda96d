import type { RecordView, VerificationAnswer } from "./answers.ts";
import type { Result } from "./state.ts";

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
    own: null,
    told: answer.checks,
    content: record?.content ?? null,
    contentHidden: record?.contentHidden ?? null,
    notShown: { byLaw: record?.notShown ?? [], byHolder: [] },
    unknown: answer.unknown,
    files: record?.files ?? [],
    record,
    matchedFile,
  };
}
