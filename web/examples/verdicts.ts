import type { RecordStatus, StatusDecision } from "../answers.ts";
import { resultOfAnswer } from "../result.ts";
import {
  answer,
  asOf,
  checks,
  credit,
  decisionDigest,
  fileHash,
  justice,
  record,
  successor,
  type Example,
} from "./base.ts";

const decided = (
  effect: RecordStatus["effect"],
  actor: RecordStatus["actor"],
  decision: Partial<StatusDecision>,
): RecordStatus => ({
  effect,
  since: "2026-09-09T06:20:11Z",
  actor,
  decision: {
    digest: decisionDigest,
    reason: "OBJECTION_ACCEPTED",
    decisionDate: "2026-09-09",
    explanation: "（虚构）当事人对违法事实提出异议，已受理，核查期间予以标注。",
    decisionDocNo: "深坪示信〔2026〕9号",
    successor: null,
    ...decision,
  },
  pending: [],
});

const example = (name: string, found: ReturnType<typeof resultOfAnswer>): Example => ({
  name,
  found: { is: "result", result: found },
});

/** One example for every verdict that the gateway can give of a record. */
export const verdicts: readonly Example[] = [
  example("in-force", resultOfAnswer(answer, record)),
  example(
    "annotated",
    resultOfAnswer(
      {
        ...answer,
        verdict: "annotated",
        sentence: {
          "zh-CN": "真实，有效；2026年9月9日起附有标注：异议受理。",
          en: "Genuine and in force; annotated since 9 September 2026: objection accepted.",
        },
      },
      { ...record, status: decided("ANNOTATED", credit, {}) },
    ),
  ),
  example(
    "ended-repaired",
    resultOfAnswer(
      {
        ...answer,
        verdict: "ended",
        sentence: {
          "zh-CN": "真实；2026年9月9日准予信用修复，这项处罚不再公示。",
          en: "Genuine; credit repaired on 9 September 2026, the penalty is no longer published.",
        },
      },
      {
        ...record,
        content: null,
        contentHidden: "ENDED",
        files: [],
        notShown: [],
        status: decided("ENDED", credit, {
          reason: "REPAIR_GRANTED",
          explanation: "（虚构）最短公示期届满，处罚已履行，并作出信用承诺，准予修复。",
        }),
      },
    ),
  ),
  example(
    "superseded",
    resultOfAnswer(
      {
        ...answer,
        verdict: "superseded",
        sentence: {
          "zh-CN": "真实，但2026年6月29日已被更正后的版本取代，请查看现行版本。",
          en: "Genuine, but superseded by a corrected version on 29 June 2026.",
        },
      },
      {
        ...record,
        amendedBy: successor,
        status: {
          effect: "SUPERSEDED",
          since: "2026-06-29T03:00:09Z",
          actor: record.agency,
          decision: null,
          pending: [],
        },
      },
    ),
  ),
  example(
    "superseded-by-decision",
    resultOfAnswer(
      {
        ...answer,
        verdict: "superseded",
        sentence: {
          "zh-CN": "真实，但2026年9月9日已依更正决定由另一记录取代。",
          en: "Genuine, but superseded by another record on 9 September 2026 by a decision of correction.",
        },
      },
      {
        ...record,
        status: decided("SUPERSEDED", record.agency, {
          reason: "CORRECTED",
          explanation: "（虚构）原决定书当事人名称有误，予以更正。",
          successor,
        }),
      },
    ),
  ),
  example(
    "withdrawn",
    resultOfAnswer(
      {
        ...answer,
        verdict: "withdrawn",
        sentence: {
          "zh-CN": "真实，但2026年10月12日已由坪山示例司法局（虚构）复议撤销。",
          en: "Genuine, but revoked on reconsideration by 坪山示例司法局（虚构） on 12 October 2026.",
        },
      },
      {
        ...record,
        content: null,
        contentHidden: "WITHDRAWN",
        files: [],
        notShown: [],
        status: decided("WITHDRAWN", justice, {
          reason: "REVOKED_ON_RECONSIDERATION",
          decisionDate: "2026-10-12",
          explanation: "（虚构）主要事实不清，行政复议决定撤销原处罚决定。",
          decisionDocNo: "深坪示府复〔2026〕4号",
        }),
      },
    ),
  ),
  example(
    "accepted",
    resultOfAnswer(
      {
        ...answer,
        verdict: "accepted",
        unknown: [],
        sentence: {
          "zh-CN": "2026年6月2日已受理，尚未登记上链，还不能证明。",
          en: "Accepted on 2 June 2026 and not yet anchored: it cannot be proved yet.",
        },
        checks: checks({ batch: "SKIPPED", status: "SKIPPED" }),
      },
      { ...record, state: "batched", anchor: null },
    ),
  ),
  example(
    "unknown",
    resultOfAnswer(
      {
        verdict: "unknown",
        unknown: [],
        sentence: {
          "zh-CN": "本账本中没有这个摘要。这不等于文书是假的。",
          en: "This digest is not in this ledger. That does not mean forged.",
        },
        checks: checks({ digest: "SKIPPED", batch: "SKIPPED", status: "SKIPPED" }),
        asOf,
        agency: null,
        kind: null,
        documentNumber: null,
        digest: record.digest,
      },
      null,
    ),
  ),
  example(
    "altered",
    resultOfAnswer(
      {
        ...answer,
        verdict: "altered",
        unknown: [],
        sentence: {
          "zh-CN": "内容与登记的摘要不符：它在登记以后被改动过，不可采信。",
          en: "The content does not match the digest that was entered: it was altered afterwards. Do not rely on it.",
        },
        checks: checks({ digest: "INVALID" }),
      },
      { ...record, content: null },
    ),
  ),
  example(
    "unreachable",
    resultOfAnswer(
      {
        ...answer,
        verdict: "unreachable",
        unknown: [],
        sentence: {
          "zh-CN": "读不到账本的节点，现在无法核对。这不说明文书的真假。",
          en: "The ledger's node cannot be reached; it could not be checked now. This says nothing about the document.",
        },
        checks: checks({ batch: "ERROR", status: "ERROR" }),
        asOf: null,
      },
      record,
    ),
  ),
  example("change-pending", resultOfAnswer(answer, { ...record, status: { ...record.status, pending: [{}] } })),
  example(
    "not-published",
    resultOfAnswer(answer, { ...record, content: null, contentHidden: "NOT_PUBLISHED", notShown: [], files: [] }),
  ),
  example(
    "deadline-passed",
    resultOfAnswer(answer, { ...record, content: null, contentHidden: "DEADLINE_PASSED", notShown: [], files: [] }),
  ),
  example(
    "content-erased",
    resultOfAnswer(answer, { ...record, content: null, contentHidden: "ERASED", notShown: [], files: [] }),
  ),
  example("file-matched", resultOfAnswer(answer, record, { name: "处罚决定书（扫描）.pdf", sha256: fileHash })),
];
